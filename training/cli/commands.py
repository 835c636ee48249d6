"""The verbs other than `train`. Each imports what is slow to import itself."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import StorageError
from app.i18n import _, ngettext, translated
from app.resources import shipped_model
from app.stdio import silence_native_stderr
from app.storage.paths import user_folders
from training.cli.arguments import overrides
from training.cli.events import Events
from training.cli.process import end_on_request
from training.curation.shares import Share

_MANY = 2_000
"""So many rasters are worth starting processes."""


def say(text: str) -> None:
    """Write a line on standard output at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def library_of(events: Events) -> Any:
    """Return the library of data sets, whose downloads emit events."""
    from training.data.library import Library

    return Library(
        progress=lambda name, done, total: events("download", file=name, done=done, total=total)
    )


def _evaluate(arguments: argparse.Namespace, events: Events) -> int:
    from training.evaluation.evaluate import outputs_of, probabilities, temperature_of
    from training.evaluation.metrics import metrics_of
    from training.evaluation.test_sets import data_named

    model, data = _existing(arguments.model), arguments.data
    part = data_named(data, library_of(events))
    outputs = outputs_of(model, part, _shared_by(arguments, len(part)))
    temperature = temperature_of(model)
    metrics = metrics_of(outputs, temperature)
    if arguments.figures:
        from training.evaluation.figures import save_evaluation

        calibrated = probabilities(outputs.logits / temperature)
        save_evaluation(arguments.figures, part, calibrated, metrics, f"{model.name}, {data}")
    if arguments.json:
        say(json.dumps({"model": str(model), "data": data, **asdict(metrics)}))
    else:
        say(metrics.as_text(str(model), data))
    return 0


def _shared_by(arguments: argparse.Namespace, count: int) -> Any:
    """Return what makes the processes that measure a model; None if one is to do it alone."""
    from app.batch.pool import Pool
    from app.batch.run import default_jobs
    from app.cluster.connect import connect

    if arguments.scheduler:
        return partial(connect, arguments.scheduler)
    jobs = arguments.jobs or default_jobs()
    return partial(Pool, jobs=jobs) if jobs > 1 and count >= _MANY else None


def _trials(arguments: argparse.Namespace, events: Events) -> int:
    from training.robustness.report import as_line, trial_rows

    for row in trial_rows(_existing(arguments.model), library_of(events)):
        say(json.dumps(asdict(row)) if arguments.json else as_line(row))
    return 0


def _strangers(arguments: argparse.Namespace, events: Events) -> int:
    from training.evaluation.evaluate import is_of_characters
    from training.robustness.characters import character_rows
    from training.robustness.report import as_line
    from training.robustness.strangers import stranger_rows

    share: Share = "validation" if arguments.validation else "test"
    model = _existing(arguments.model)
    rows = character_rows if is_of_characters(model) else stranger_rows
    for row in rows(model, library_of(events), share):
        say(json.dumps(asdict(row)) if arguments.json else as_line(row))
    return 0


def _clean(arguments: argparse.Namespace, events: Events) -> int:
    from training.curation import character_labels, cross_validation

    clean = character_labels.clean if arguments.characters else cross_validation.clean
    clean(library_of(events), say)
    return 0


def _convert(arguments: argparse.Namespace, events: Events) -> int:
    end_on_request(arguments.with_parent)
    from training.export.convert import convert

    card = convert(_existing(arguments.model), arguments.out, library_of(events))
    if not card["metrics"]:
        say(
            _(
                "The model could not be measured, because MNIST is not here. To measure it, first "
                "get MNIST (inkling data fetch mnist), then convert it again."
            )
        )
    done = _("Converted; import it with: inkling models import {path}")
    say(done.format(path=arguments.out / "digits.tflite"))
    return 0


def _existing(model: Path) -> Path:
    if not os.path.isfile(model):  # noqa: PTH113 - Path.is_file raises where it may not look
        raise StorageError(_("There is no model {path}.").format(path=model))
    return model


def _compare(arguments: argparse.Namespace, _events: Events) -> int:
    from training.evaluation.compare import FIGURE, TABLE, as_text, compare, summaries
    from training.evaluation.figures import comparison, save
    from training.fitting.run_folder import write_csv
    from training.recipes.catalogue import recipe_named

    recipes = [recipe_named(name) for name in dict.fromkeys(arguments.recipes)]
    folder = arguments.out or user_folders().data / "compare"
    results = []
    for result in compare(recipes, arguments.seeds, folder, arguments.splits):
        results.append(result)
        # Written each time: kept if the next run fails.
        write_csv(folder / TABLE, [asdict(row) for row in summaries(results)])
    rows = summaries(results)
    save(comparison(rows), folder / FIGURE)
    say(as_text(rows))
    files = _("Also in {folder} as {table} and {figure}.")
    say(files.format(folder=folder, table=TABLE, figure=FIGURE))
    return 0


def _search(arguments: argparse.Namespace, _events: Events) -> int:
    from training.evaluation.figures import save
    from training.recipes.catalogue import recipe_named
    from training.recipes.recipe import as_values, overridden
    from training.search.search import best_arguments, search
    from training.search.studies import SearchError, open_study
    from training.search.study_figure import study_figure

    recipe = overridden(recipe_named(arguments.recipe), overrides(arguments))
    name = arguments.study or recipe.name
    folder = (arguments.out or user_folders().data / "search") / name
    study = open_study(name, arguments.storage, folder, as_values(recipe))
    search(study, recipe, arguments.trials, folder, say)
    if not any(trial.value is not None for trial in study.trials):
        wrong = _("No trial was completed; look at their folders in {folder}.")
        raise SearchError(wrong.format(folder=folder))
    path = save(study_figure(study), folder / "study.png")
    say(
        ngettext(
            "Best of {count} trial: validation loss {loss:.5f}.",
            "Best of {count} trials: validation loss {loss:.5f}.",
            arguments.trials,
        ).format(count=arguments.trials, loss=study.best_value)
    )
    say(_("Train it with: inkling train {words}").format(words=best_arguments(study, recipe)))
    say(_("The study as a figure: {path}").format(path=path))
    return 0


def _data(arguments: argparse.Namespace, events: Events) -> int:
    from training.data.registry import DATA_SETS, data_set_named

    library = library_of(events)
    if arguments.action == "list":
        for data_set in DATA_SETS:
            say(f"{data_set.name:<10}  {library.folder_of(data_set) or _missing(data_set)}")
    elif arguments.action == "fetch":
        library.load(data_set_named(arguments.name))
        say(_("{name} is ready.").format(name=arguments.name))
    else:
        data_set = library.import_files(arguments.files, DATA_SETS)
        folder = library.cache / data_set.name
        imported = _("These files are {title}; they are kept in {folder}.")
        say(imported.format(title=translated(data_set.title), folder=folder))
    return 0


def _missing(data_set: Any) -> str:
    if data_set.mirrors:
        return _("not here; downloaded when it is needed")
    missing = _("not here; put {file} into the folder that INKLING_DATA names")
    return missing.format(file=data_set.patterns[0])


def _ship(arguments: argparse.Namespace, _events: Events) -> int:
    from training.fitting.run import ship

    ship(arguments.run, shipped_model().parent)
    return 0


def _self_test(_arguments: argparse.Namespace, _events: Events) -> int:
    with silence_native_stderr():  # TensorFlow logs its start there
        from training.cli.self_test import self_test

    say(json.dumps(self_test()))
    return 0


VERBS: dict[str, Callable[[argparse.Namespace, Events], int]] = {
    "evaluate": _evaluate,
    "trials": _trials,
    "strangers": _strangers,
    "clean": _clean,
    "convert": _convert,
    "compare": _compare,
    "search": _search,
    "data": _data,
    "ship": _ship,
    "self-test": _self_test,
}
