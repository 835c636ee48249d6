"""Owns what each verb of training does. `inkling train …` and the others run the same."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.errors import InklingError
from app.i18n import _, translated
from app.stdio import silence_native_stderr
from app.storage.paths import PROFILE_VARIABLE, user_folders
from training.cli.arguments import overrides, parser
from training.cli.commands import VERBS, library_of, say
from training.cli.events import Events, JsonLines, Terminal
from training.cli.process import listen_for_the_end
from training.data.dataset import FOLDER_VARIABLE
from training.errors import DivergedError
from training.evaluation.text_table import columns

_STOPPED = 130  # as a shell says of a program that Ctrl+C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; return the exit status."""
    arguments = parser().parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # Only a training's own story goes where other verbs write their answers.
    events: Events = Terminal(sys.stdout if arguments.verb == "train" else sys.stderr)
    if getattr(arguments, "events", False):
        events = JsonLines(sys.stdout)
    try:
        with _places(arguments):
            return _done(arguments, events)
    except BrokenPipeError:  # whoever read this has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _done(arguments: argparse.Namespace, events: Events) -> int:
    """Do what the verb says; return the exit status, every expected failure told in a sentence."""
    try:
        return _VERBS[arguments.verb](arguments, events)
    except InklingError as error:
        return _failed(events, str(error), 1, diverged=isinstance(error, DivergedError))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("app", "training"):
            raise
        sentence = _("{name} is not installed. Get it with: pip install 'inkling[training]'")
        return _failed(events, sentence.format(name=error.name), 1)
    except KeyboardInterrupt:
        how = {
            "train": _("Stopped; --resume goes on from the last epoch."),
            "compare": _("Stopped; the same command goes on from the last epoch."),
            "search": _("Stopped; the same command goes on with the study."),
        }
        return _failed(events, how.get(arguments.verb, _("Stopped.")), _STOPPED)
    except BrokenPipeError:
        raise
    except Exception as error:
        events("failed", error=repr(error), stopped=False, diverged=False)
        raise


@contextmanager
def _places(arguments: argparse.Namespace) -> Iterator[None]:
    """Let the folders that were named hold here and in the processes that this one starts."""
    before = dict(os.environ)
    if arguments.data_folder:
        os.environ[FOLDER_VARIABLE] = str(arguments.data_folder)
    if arguments.profile:
        os.environ[PROFILE_VARIABLE] = arguments.profile
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _failed(events: Events, sentence: str, status: int, diverged: bool = False) -> int:
    sys.stderr.write(f"inkling: {sentence}\n")
    events("failed", error=sentence, stopped=status == _STOPPED, diverged=diverged)
    return status


def _train(arguments: argparse.Namespace, events: Events) -> int:
    from training.fitting.run_folder import kept_overrides
    from training.recipes.catalogue import RECIPES, recipe_named
    from training.recipes.recipe import RecipeError, overridden

    if arguments.list:
        for line in (
            map(_as_json, RECIPES.values()) if arguments.json else _listed(RECIPES.values())
        ):
            say(line)
        return 0
    if not arguments.recipe:
        raise RecipeError(_("Which recipe? There are: {names}.").format(names=", ".join(RECIPES)))
    base = recipe_named(arguments.recipe)
    folder = arguments.out or user_folders().data / "runs" / base.name
    kept = kept_overrides(folder, base) if arguments.resume else {}
    recipe = overridden(base, {**kept, **overrides(arguments)})
    listen_for_the_end(arguments.with_parent)
    with silence_native_stderr():  # TensorFlow greets there, unasked
        import tensorflow  # noqa: F401
    from training.data.corpus import build_corpus
    from training.fitting.device import use_device
    from training.fitting.fit import Options
    from training.fitting.run import fit_only, run

    use_device(arguments.device)
    library = library_of(events)
    options = Options(arguments.resume, events, arguments.tensorboard, arguments.against)
    if arguments.fit_only:
        fit_only(recipe, lambda: build_corpus(recipe, library), folder, options)
    else:
        run(recipe, lambda: build_corpus(recipe, library), library, folder, options)
    return 0


def _as_json(recipe: Any) -> str:
    """Return what other programs want to know of a recipe before they start it."""
    ink = recipe.ink
    drawn = (ink.pen_digits + ink.negatives if ink else 0) + (
        recipe.own_digits if "samples" in recipe.data else 0
    )
    return json.dumps(
        {
            "name": recipe.name,
            "about": recipe.about,  # in English: `app.i18n.translated` says it
            "parameters": recipe.parameters,
            "epochs": recipe.epochs,
            "images": (recipe.mnist_digits or 60_000 - recipe.mnist_validation) + drawn,
            "us_per_image": recipe.us_per_image,
            "data": recipe.data,
            "start": recipe.start,
            "network": recipe.network,
        }
    )


def _listed(recipes: Any) -> list[str]:
    """Return a table of recipes: name, parameters, epochs, accuracy to expect, what it is."""
    head = (_("recipe"), _("parameters"), _("epochs"), _("MNIST test"), "")
    rows = [
        (
            r.name,
            f"{r.parameters:,}",
            str(r.epochs),
            f"{r.expected_accuracy:.2%}",
            translated(r.about),
        )
        for r in recipes
    ]
    table = columns([row[:4] for row in [head, *rows]])
    return [
        f"{line}  {about}".rstrip()
        for line, (*_numbers, about) in zip(table, [head, *rows], strict=True)
    ]


_VERBS: dict[str, Callable[[argparse.Namespace, Events], int]] = {"train": _train, **VERBS}

if __name__ == "__main__":
    sys.exit(main())
