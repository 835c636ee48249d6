"""Owns the words that the command line of training takes."""

import argparse
from pathlib import Path

from app.i18n import _
from training.recipes.recipe import OVERRIDES


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs; each sets `verb`."""
    whole = argparse.ArgumentParser("inkling", description=_("Train and measure networks."))
    verbs = whole.add_subparsers(dest="verb", required=True)
    _train(verbs.add_parser("train", help=_("train a recipe into a run folder")))
    _evaluate(verbs.add_parser("evaluate", help=_("measure a .tflite or .keras model")))
    trials = verbs.add_parser(
        "trials", help=_("put a model through everything people do to digits")
    )
    trials.add_argument("model", type=Path, metavar="MODEL")
    trials.add_argument("--json", action="store_true", help=_("a JSON object for each row"))
    convert = verbs.add_parser("convert", help=_("make a .keras from elsewhere usable here"))
    convert.add_argument("model", type=Path, metavar="MODEL")
    convert.add_argument("--out", type=Path, metavar="DIR", required=True)
    _with_parent(convert)
    ship = verbs.add_parser("ship", help=_("put a finished run's model into models/"))
    ship.add_argument("run", type=Path, metavar="DIR")
    verbs.add_parser("self-test", help=_("train two batches of made-up data, export, read again"))
    _compare(verbs.add_parser("compare", help=_("train recipes and set them side by side")))
    _search(verbs.add_parser("search", help=_("look for better numbers in a recipe")))
    _data(verbs.add_parser("data", help=_("list, fetch or import data sets")))
    for verb in verbs.choices.values():
        _places(verb, default=None)
    return whole


def overrides(arguments: argparse.Namespace) -> dict[str, object]:
    """Return what the person wants changed of the recipe."""
    given = ((name, getattr(arguments, name)) for name in OVERRIDES)
    return {name: value for name, value in given if value is not None}


def _places(verb: argparse.ArgumentParser, default: str | None) -> None:
    verb.add_argument(
        "--profile",
        metavar="DIR",
        default=default,
        help=_("keep what is stored in DIR (also: INKLING_PROFILE)"),
    )
    verb.add_argument(
        "--data-folder",
        type=Path,
        metavar="DIR",
        default=default,
        help=_("look for data sets there first (also: INKLING_DATA)"),
    )


def _with_parent(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--with-parent",
        action="store_true",
        help=_("end when standard input closes, for programs that start this one"),
    )


def _train(train: argparse.ArgumentParser) -> None:
    train.add_argument("recipe", metavar="RECIPE", nargs="?")
    train.add_argument("--list", action="store_true", help=_("list the recipes, and do nothing"))
    train.add_argument("--json", action="store_true", help=_("with --list: a JSON object each"))
    train.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=_("the run's folder; else one where the user's data are"),
    )
    train.add_argument(
        "--resume", action="store_true", help=_("go on from the last epoch of an interrupted run")
    )
    train.add_argument(
        "--events",
        action="store_true",
        help=_("write what happens as JSON Lines, for another program"),
    )
    train.add_argument(
        "--tensorboard", action="store_true", help=_("write logs for TensorBoard into the run")
    )
    train.add_argument(
        "--fit-only",
        action="store_true",
        help=_("neither export the model nor look at the test set"),
    )
    train.add_argument(
        "--against",
        type=Path,
        metavar="MODEL",
        help=_("compare the new model with this one (.tflite) when it is done"),
    )
    _with_parent(train)
    _device(train)
    _overrides(train)


def _evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("model", type=Path, metavar="MODEL")
    evaluate.add_argument("--data", default="mnist", metavar="NAME", help=_("default: mnist"))
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument("--figures", type=Path, metavar="DIR", help=_("draw figures into DIR"))


def _compare(compare: argparse.ArgumentParser) -> None:
    compare.add_argument("recipes", metavar="RECIPE", nargs="+")
    compare.add_argument(
        "--seeds", type=_count, default=1, metavar="N", help=_("runs of each recipe; default: 1")
    )
    compare.add_argument(
        "--splits",
        action="store_true",
        help=_("with every seed, keep another fifth of the pen set's writers for validation"),
    )
    compare.add_argument(
        "--out", type=Path, metavar="DIR", help=_("the folder of the runs, table and figure")
    )


def _search(search: argparse.ArgumentParser) -> None:
    search.add_argument("recipe", metavar="RECIPE")
    search.add_argument("--trials", type=_count, default=20, metavar="N", help=_("default: 20"))
    search.add_argument(
        "--storage",
        metavar="URL",
        help=_("a journal file (the default, in --out), or postgresql://… for many machines"),
    )
    search.add_argument("--study", metavar="NAME", help=_("default: the recipe's name"))
    search.add_argument("--out", type=Path, metavar="DIR", help=_("the folder of the trials"))
    _overrides(search)


def _count(text: str) -> int:
    """Return a number from 1 on; argparse says what is wrong with another."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("must be 1 or more"))
    return number


def _data(data: argparse.ArgumentParser) -> None:
    actions = data.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help=_("say where each data set is"))
    fetch = actions.add_parser("fetch", help=_("download a data set"))
    fetch.add_argument("name", metavar="NAME")
    files = actions.add_parser("import", help=_("take a data set from files, however packed"))
    files.add_argument("files", metavar="FILE", type=Path, nargs="+")
    for action in actions.choices.values():
        _places(action, default=argparse.SUPPRESS)  # given before the action, they hold as well


def _device(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--device",
        default="auto",
        metavar="NAME",
        help=_("auto (a GPU where there is one), cpu, gpu, gpu:1"),
    )


def _overrides(verb: argparse.ArgumentParser) -> None:
    changes = verb.add_argument_group(_("to change the recipe (recorded in the run)"))
    changes.add_argument(
        "--optimizer",
        "--optimiser",
        metavar="NAME",
        help="SGD, Adagrad, Adadelta, Adam, Adamax, Nadam, RMSprop",
    )
    changes.add_argument("--learning-rate", type=float, metavar="X")
    changes.add_argument("--batch", type=int, metavar="N")
    changes.add_argument("--epochs", type=int, metavar="N")
    changes.add_argument("--dropout", type=float, metavar="X")
    changes.add_argument("--width", type=float, metavar="X", help=_("times as many channels"))
    changes.add_argument(
        "--augmentation",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("warp every image anew in every epoch, or not"),
    )
    changes.add_argument("--seed", type=int, metavar="N")
    changes.add_argument(
        "--data",
        type=lambda text: tuple(text.split(",")),
        metavar="NAMES",
        help=_("what to learn from, of mnist,pen,samples (your own)"),
    )
    changes.add_argument("--start", metavar="WHERE", help=_("scratch, or shipped: its weights"))
    changes.add_argument(
        "--split",
        type=int,
        metavar="N",
        help=_("which fifth of the pen set's writers is for validation, 0 to 4"),
    )
