"""The command line of training: verbs and their options."""

import argparse
from pathlib import Path

from app.i18n import _
from training.recipes.recipe import OVERRIDES


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs; each sets `verb`."""
    main = argparse.ArgumentParser("inkling", description=_("Train and measure networks."))
    verbs = main.add_subparsers(dest="verb", required=True)
    _train(verbs.add_parser("train", help=_("train with a recipe; the result is a run folder")))
    _evaluate(verbs.add_parser("evaluate", help=_("measure a .tflite or .keras model")))
    trials = verbs.add_parser("trials", help=_("measure a model on digits drawn in many ways"))
    trials.add_argument("model", type=Path, metavar="MODEL")
    trials.add_argument("--json", action="store_true", help=_("a JSON object for each row"))
    strangers = verbs.add_parser(
        "strangers", help=_("measure a model on people and signs that it was not trained on")
    )
    strangers.add_argument("model", type=Path, metavar="MODEL")
    chosen = _("those that a recipe is chosen by; default: those that choose nothing")
    strangers.add_argument("--validation", action="store_true", help=chosen)
    strangers.add_argument("--json", action="store_true", help=_("a JSON object for each row"))
    clean = verbs.add_parser("clean", help=_("find wrong labels again, and write the list of them"))
    of_characters = _("those of the 94 characters; default: those of digits")
    clean.add_argument("--characters", action="store_true", help=of_characters)
    convert = verbs.add_parser("convert", help=_("convert a .keras model for this program"))
    convert.add_argument("model", type=Path, metavar="MODEL")
    convert.add_argument("--out", type=Path, metavar="DIR", required=True)
    _with_parent(convert)
    ship = verbs.add_parser("ship", help=_("put a finished run's model into models/"))
    ship.add_argument("run", type=Path, metavar="DIR")
    verbs.add_parser(
        "self-test", help=_("test training: train on two made-up batches, export, load")
    )
    _compare(verbs.add_parser("compare", help=_("train several recipes and compare them")))
    _search(verbs.add_parser("search", help=_("search for better values of a recipe")))
    _data(verbs.add_parser("data", help=_("list, download or import data sets")))
    for verb in verbs.choices.values():
        _folders(verb, default=None)
    return main


def overrides(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the fields of the recipe that the command line changes."""
    given = ((name, getattr(arguments, name)) for name in OVERRIDES)
    return {name: value for name, value in given if value is not None}


def _folders(verb: argparse.ArgumentParser, default: str | None) -> None:
    profile = _("store all of the program's files in DIR (also: INKLING_PROFILE)")
    verb.add_argument("--profile", metavar="DIR", default=default, help=profile)
    data = _("look for data sets there first (also: INKLING_DATA)")
    verb.add_argument("--data-folder", type=Path, metavar="DIR", default=default, help=data)


def _with_parent(verb: argparse.ArgumentParser) -> None:
    about = _("end when standard input closes, for programs that start this one")
    verb.add_argument("--with-parent", action="store_true", help=about)


def _train(train: argparse.ArgumentParser) -> None:
    option = train.add_argument
    option("recipe", metavar="RECIPE", nargs="?")
    option("--list", action="store_true", help=_("only list the recipes"))
    option("--json", action="store_true", help=_("with --list: one JSON object for each recipe"))
    out = _("the run's folder; default: one in the user's data folder")
    option("--out", type=Path, metavar="DIR", help=out)
    resume = _("continue an interrupted run after its last epoch")
    option("--resume", action="store_true", help=resume)
    events = _("write events as JSON Lines, for another program")
    option("--events", action="store_true", help=events)
    tensorboard = _("write logs for TensorBoard into the run")
    option("--tensorboard", action="store_true", help=tensorboard)
    fit_only = _("do not export the model, and do not use the test set")
    option("--fit-only", action="store_true", help=fit_only)
    against = _("compare the new model with this one (.tflite) when it is done")
    option("--against", type=Path, metavar="MODEL", help=against)
    _with_parent(train)
    device = _("auto (a GPU where there is one), cpu, gpu, gpu:1")
    option("--device", default="auto", metavar="NAME", help=device)
    _overrides(train)


def _evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("model", type=Path, metavar="MODEL")
    evaluate.add_argument("--data", default="mnist", metavar="NAME", help=_("default: mnist"))
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument("--figures", type=Path, metavar="DIR", help=_("draw figures into DIR"))
    processes = evaluate.add_mutually_exclusive_group()
    jobs = _("share a .tflite's work among N processes (default: one for each processor)")
    processes.add_argument("--jobs", type=_count, metavar="N", help=jobs)
    scheduler = _("share much work among a Dask cluster's workers, such as of tcp://host:8786")
    processes.add_argument("--scheduler", metavar="ADDRESS", help=scheduler)


def _compare(compare: argparse.ArgumentParser) -> None:
    option = compare.add_argument
    option("recipes", metavar="RECIPE", nargs="+")
    seeds = _("runs of each recipe; default: 1")
    option("--seeds", type=_count, default=1, metavar="N", help=seeds)
    splits = _("with every seed, hold out another fifth of the pen set's writers for validation")
    option("--splits", action="store_true", help=splits)
    option("--out", type=Path, metavar="DIR", help=_("the folder of the runs, table and figure"))


def _search(search: argparse.ArgumentParser) -> None:
    option = search.add_argument
    option("recipe", metavar="RECIPE")
    option("--trials", type=_count, default=20, metavar="N", help=_("default: 20"))
    storage = _("a journal file (the default, in --out), or postgresql://… for many machines")
    option("--storage", metavar="URL", help=storage)
    option("--study", metavar="NAME", help=_("default: the recipe's name"))
    option("--out", type=Path, metavar="DIR", help=_("the folder of the trials"))
    _overrides(search)


def _count(text: str) -> int:
    """Return a number from 1 on; argparse reports any other text."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("must be 1 or more"))
    return number


def _data(data: argparse.ArgumentParser) -> None:
    actions = data.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help=_("list the data sets and where each is"))
    fetch = actions.add_parser("fetch", help=_("download a data set"))
    fetch.add_argument("name", metavar="NAME")
    files = actions.add_parser("import", help=_("import a data set from files in any packaging"))
    files.add_argument("files", metavar="FILE", type=Path, nargs="+")
    for action in actions.choices.values():
        _folders(action, default=argparse.SUPPRESS)  # they may be given before the action, too


def _overrides(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group(_("to change the recipe (recorded in the run)"))
    option = group.add_argument
    optimizers = "SGD, Adagrad, Adadelta, Adam, Adamax, Nadam, RMSprop"
    option("--optimizer", "--optimiser", metavar="NAME", help=optimizers)
    option("--learning-rate", type=float, metavar="X")
    option("--batch", type=int, metavar="N")
    option("--epochs", type=int, metavar="N")
    option("--dropout", type=float, metavar="X")
    option("--width", type=float, metavar="X", help=_("multiplies the number of channels"))
    augmentation = _("warp every image differently in every epoch, or not")
    option("--augmentation", action=argparse.BooleanOptionalAction, default=None, help=augmentation)
    option("--seed", type=int, metavar="N")
    data = _("what to train on, of mnist,pen,unipen,symbols,samples (your own)")
    option("--data", type=lambda text: tuple(text.split(",")), metavar="NAMES", help=data)
    option("--start", metavar="WHERE", help=_("scratch, or shipped: the shipped model's weights"))
    split = _("which fifth of the pen set's writers is used for validation, 0 to 4")
    option("--split", type=int, metavar="N", help=split)
