"""Entry point of the training package: `inkling train …` and the other verbs run it."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from app.errors import InklingError
from app.i18n import _, translated
from app.recognition.alphabet import DIGITS
from app.stdio import escaped, silence_native_stderr, status_of
from app.storage.paths import PROFILE_VARIABLE, user_folders
from training.cli.arguments import overrides, parser
from training.cli.commands import VERBS, library_of, say
from training.cli.events import Events, JsonLines, Terminal
from training.cli.process import end_on_request
from training.data.dataset import FOLDER_VARIABLE, DownloadError
from training.errors import DivergedError
from training.evaluation.text_table import text_table
from training.recipes.catalogue import RECIPES, recipe_named
from training.recipes.recipe import Recipe, RecipeError, overridden

_STOPPED = 130  # a shell's exit status for a program that was ended by Ctrl+C


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; return the exit status."""
    arguments = parser().parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # Standard output is for results; the progress of `train` is its result.
    events: Events = Terminal(sys.stdout if arguments.verb == "train" else sys.stderr)
    if getattr(arguments, "events", False):
        events = JsonLines(sys.stdout)
    with _folders(arguments):
        return status_of(lambda: _run(arguments, events))


def _run(arguments: argparse.Namespace, events: Events) -> int:
    """Run the verb and return the exit status; expected failures are reported in one sentence."""
    try:
        return _VERBS[arguments.verb](arguments, events)
    except InklingError as error:
        kinds = {"diverged": DivergedError, "download": DownloadError}
        fields = {name: isinstance(error, kind) for name, kind in kinds.items()}
        return _failed(events, str(error), 1, **fields)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("app", "training"):
            raise
        sentence = _("{name} is not installed. Get it with: pip install 'inkling[training]'")
        return _failed(events, sentence.format(name=error.name), 1)
    except KeyboardInterrupt:
        next_step = {
            "train": _("Stopped; --resume continues after the last epoch."),
            "compare": _("Stopped; the same command continues after the last epoch."),
            "search": _("Stopped; the same command continues the study."),
        }
        return _failed(events, next_step.get(arguments.verb, _("Stopped.")), _STOPPED)
    except BrokenPipeError:
        raise
    except Exception as error:
        events("failed", error=repr(error), stopped=False, diverged=False, download=False)
        raise


@contextmanager
def _folders(arguments: argparse.Namespace) -> Iterator[None]:
    """Set the named folders in the environment, for this process and those that it starts."""
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


def _failed(
    events: Events, sentence: str, status: int, diverged: bool = False, download: bool = False
) -> int:
    sys.stderr.write(f"inkling: {escaped(sentence)}\n")
    stopped = status == _STOPPED
    events("failed", error=sentence, stopped=stopped, diverged=diverged, download=download)
    return status


def _train(arguments: argparse.Namespace, events: Events) -> int:
    from training.fitting.run_folder import saved_overrides

    if arguments.list:
        recipes = RECIPES.values()
        say("\n".join(map(_as_json, recipes) if arguments.json else _listed(recipes)))
        return 0
    if not arguments.recipe:
        raise RecipeError(_("Which recipe? There are: {names}.").format(names=", ".join(RECIPES)))
    base = recipe_named(arguments.recipe)
    folder = arguments.out or user_folders().data / "runs" / base.name
    saved = saved_overrides(folder, base) if arguments.resume else {}
    recipe = overridden(base, {**saved, **overrides(arguments)})
    end_on_request(arguments.with_parent)
    with silence_native_stderr():  # TensorFlow logs its start there
        import tensorflow  # noqa: F401
    from training.curation.character_corpus import corpus_of
    from training.fitting.device import use_device
    from training.fitting.run import Options, fit_only, run

    use_device(arguments.device)
    library = library_of(events)
    options = Options(arguments.resume, events, arguments.tensorboard, arguments.against)
    if arguments.fit_only:
        fit_only(recipe, lambda: corpus_of(recipe, library), folder, options)
    else:
        run(recipe, lambda: corpus_of(recipe, library), library, folder, options)
    return 0


def _as_json(recipe: Recipe) -> str:
    """Return what other programs need to know of a recipe before they start it, as JSON."""
    ink = recipe.ink
    drawings = (ink.pen_digits + ink.negatives if ink else 0) + (
        recipe.own_digits if "samples" in recipe.data else 0
    )
    return json.dumps(
        {
            "name": recipe.name,
            "about": recipe.about,  # in English: the reader translates it
            "parameters": recipe.parameters,
            "epochs": recipe.epochs,
            "images": (recipe.mnist_digits or 60_000 - recipe.mnist_validation) + drawings,
            "us_per_image": recipe.us_per_image,
            "data": recipe.data,
            "start": recipe.start,
            "network": recipe.network,
            "alphabet": recipe.alphabet,
        }
    )


def _listed(recipes: Iterable[Recipe]) -> list[str]:
    """Return a table of recipes: name, parameters, epochs, expected accuracy, description."""
    head = [_("recipe"), _("parameters"), _("epochs"), _("MNIST test")]
    rows = [
        [
            *(r.name, f"{r.parameters:,}", str(r.epochs)),
            f"{r.expected_accuracy:.2%}" if r.alphabet == DIGITS.name else "–",
        ]
        for r in recipes
    ]
    abouts = ["", *(translated(r.about) for r in recipes)]
    table = zip(text_table([head, *rows]), abouts, strict=True)
    return [f"{line}  {about}".rstrip() for line, about in table]


_VERBS: dict[str, Callable[[argparse.Namespace, Events], int]] = {"train": _train, **VERBS}

if __name__ == "__main__":
    status = main()
    if status == _STOPPED:
        # In the middle of a training, Python's end and TensorFlow's threads may wait for each other
        # for ever.
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)
