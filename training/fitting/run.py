"""Owns a whole run: fit, curves, export, card; and shipping what it made.

The folder then holds what fit leaves there, curves.png, digits.tflite and its card digits.json.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import StorageError
from app.i18n import _
from app.resources import shipped_model
from app.storage.atomic_write import write_atomically
from training.data.corpus import Corpus
from training.data.library import Library
from training.evaluation.figures import curves, save
from training.export.gate import COMPARISON, gate, write_comparison
from training.export.litert import export_litert, without_optimizer
from training.export.model_card import write_card
from training.fitting.fit import Options, fit
from training.fitting.history import HISTORY, read_history
from training.fitting.interpolation import interpolate
from training.fitting.memory import give_back
from training.fitting.run_folder import (
    CARD,
    CURVES,
    INTERPOLATED,
    MODEL,
    checkpoint_of,
    claimed,
    is_finished,
    is_finished_run_of,
)
from training.recipes.recipe import Recipe

KERAS = "digits.keras"


def run(
    recipe: Recipe,
    make_corpus: Callable[[], Corpus],
    library: Library,
    folder: Path,
    options: Options,
) -> dict[str, Any]:
    """Train `recipe` in `folder`, export its best checkpoint and return the model's card.

    A run that is finished stays as it is. Raises InklingError, worded for a person, for whatever is
    missing, full or cannot go on.
    """
    with claimed(folder, recipe, options.resume):
        if is_finished_run_of(folder, recipe):
            card: dict[str, Any] = json.loads((folder / CARD).read_bytes())
        else:
            corpus = make_corpus()
            checkpoint = _fitted(recipe, corpus, folder, options)
            corpus = corpus.without_training_parts()
            give_back()
            size = export_litert(checkpoint, folder / MODEL)
            give_back()
            card = write_card(recipe, corpus, library, checkpoint, folder / MODEL, size)
            if options.against is not None:
                comparison = gate(options.against, folder / MODEL, corpus, library)
                write_comparison(comparison, folder)
        if options.against is not None and (folder / COMPARISON).exists():
            options.events("compared", **json.loads((folder / COMPARISON).read_bytes()))
        _finish(folder, options, card["metrics"])
    return card


def fit_only(
    recipe: Recipe, make_corpus: Callable[[], Corpus], folder: Path, options: Options
) -> None:
    """Train `recipe` in `folder` and look at nothing but validation data."""
    with claimed(folder, recipe, options.resume):
        _fitted(recipe, make_corpus(), folder, options)
        _finish(folder, options, {})


def _fitted(recipe: Recipe, corpus: Corpus, folder: Path, options: Options) -> Path:
    checkpoint = fit(recipe, corpus, folder, options)
    save(curves(read_history(folder / HISTORY), recipe.name), folder / CURVES)
    if recipe.start != "shipped" or not len(corpus.validation_own):
        return checkpoint
    began = shipped_model().with_suffix(".keras")
    share = interpolate(began, checkpoint, folder / INTERPOLATED, corpus)
    options.events("interpolated", share=share)
    return folder / INTERPOLATED


def _finish(folder: Path, options: Options, metrics: dict[str, float]) -> None:
    history = read_history(folder / HISTORY)
    options.events(
        "finished",
        folder=str(folder),
        seconds=round(sum(row["seconds"] for row in history), 1),
        best_val_loss=min(row["val_loss"] for row in history),
        metrics=metrics,
    )


def ship(folder: Path, models: Path) -> None:
    """Put a finished run's model, card and checkpoint into `models`; raises StorageError."""
    if not is_finished(folder):
        raise StorageError(
            _("{folder} holds no finished run; finish it with --resume.").format(folder=folder)
        )
    models.mkdir(parents=True, exist_ok=True)
    without_optimizer(checkpoint_of(folder), models / KERAS)
    for name in (MODEL, CARD):
        write_atomically(models / name, (folder / name).read_bytes())
