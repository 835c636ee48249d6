"""A run, from a recipe to a shipped model: fit, export, model card.

The lowest validation loss chooses best.keras; last.keras is for resuming. What else the folder of a
run holds: see `run_folder`.
"""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from app.errors import StorageError
from app.i18n import _
from app.recognition.alphabet import ALPHABETS, DIGITS
from app.resources import shipped_model
from app.storage.atomic_write import replacing, write_atomically
from training.augmentation.batches import steps_per_epoch, training_batches, validation_batches
from training.cli.events import Events, silent
from training.data.corpus import Corpus
from training.data.library import Library
from training.evaluation.figures import curves, save
from training.export.gate import COMPARISON, gate
from training.export.litert import export_litert
from training.export.model_card import write_run_card
from training.fitting.callbacks import AveragedWeights, BestCheckpoint, LastCheckpoint, Progress
from training.fitting.checkpoint import (
    copy_weights,
    load_checkpoint,
    load_network,
    restore_training,
)
from training.fitting.compilation import compiled
from training.fitting.device import release_memory
from training.fitting.interpolation import interpolate
from training.fitting.run_folder import (
    BEST,
    CURVES,
    HISTORY,
    INTERPOLATED,
    LAST,
    SUMMARY,
    checkpoint_of,
    claimed,
    is_finished,
    is_finished_run_of,
    model_in,
    model_of,
    overrides_of,
    read_history,
    write_json,
)
from training.networks.heads import has_heads, with_heads
from training.recipes.recipe import Recipe, RecipeError


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a run that its result does not depend on."""

    resume: bool = False
    """Whether a run that is in the folder may be continued."""
    events: Events = silent
    tensorboard: bool = False
    against: Path | None = None
    """A model (.tflite with its card) to compare the new one with at the end."""


def run(
    recipe: Recipe,
    make_corpus: Callable[[], Corpus],
    library: Library,
    folder: Path,
    options: Options,
) -> dict[str, Any]:
    """Train `recipe` in `folder`, export its best checkpoint and return the model's card.

    A finished run is left as it is, and compared if `options` ask for it. Raises InklingError.
    """
    if options.against is not None and recipe.alphabet != DIGITS.name:
        raise RecipeError(_("Only models of digits are compared; leave --against out."))
    model = model_of(recipe, folder)
    with claimed(folder, recipe, options.resume):
        corpus: Corpus | None = None
        if is_finished_run_of(folder, recipe):
            card: dict[str, Any] = json.loads(model.with_suffix(".json").read_bytes())
        else:
            corpus = make_corpus()
            checkpoint = _train(recipe, corpus, folder, options)
            corpus = corpus.without_training_parts()
            release_memory()
            network = load_network(checkpoint, len(recipe.labels))
            export_litert(network, model)
            release_memory()
            card = write_run_card(recipe, corpus, library, network, model)
        if options.against is not None:
            if corpus is None:
                corpus = make_corpus().without_training_parts()
            comparison = gate(options.against, model, corpus, library)
            write_json(folder / COMPARISON, comparison.as_json())
            options.events("compared", **json.loads((folder / COMPARISON).read_bytes()))
        _finish(folder, options, card["metrics"])
    return card


def fit_only(
    recipe: Recipe, make_corpus: Callable[[], Corpus], folder: Path, options: Options
) -> None:
    """Train `recipe` in `folder` without exporting and without using the test set."""
    with claimed(folder, recipe, options.resume):
        _train(recipe, make_corpus(), folder, options)
        _finish(folder, options, {})


def ship(folder: Path, models: Path) -> None:
    """Put a finished run's model, card and checkpoint into `models`; raises StorageError."""
    if not is_finished(folder):
        wrong = _("{folder} holds no finished run; finish it with --resume.")
        raise StorageError(wrong.format(folder=folder))
    models.mkdir(parents=True, exist_ok=True)
    model = model_in(folder)
    network = load_checkpoint(checkpoint_of(folder))
    if has_heads(network):  # without what only served training
        network = with_heads(network, len(ALPHABETS[model.stem].labels))
    with replacing(models / f"{model.stem}.keras") as temporary:
        network.save(temporary, include_optimizer=False)
    for path in (model, model.with_suffix(".json")):
        write_atomically(models / path.name, path.read_bytes())


def _train(recipe: Recipe, corpus: Corpus, folder: Path, options: Options) -> Path:
    """Fit, draw the curves and return the checkpoint to export."""
    best = fit(recipe, corpus, folder, options)
    save(curves(read_history(folder / HISTORY), recipe.name), folder / CURVES)
    if recipe.start != "shipped" or not len(corpus.validation_own):
        return best
    share = interpolate(_shipped_checkpoint(), best, folder / INTERPOLATED, corpus)
    options.events("interpolated", share=share)
    return folder / INTERPOLATED


def _finish(folder: Path, options: Options, metrics: dict[str, float]) -> None:
    history = read_history(folder / HISTORY)
    options.events(
        "finished",
        folder=str(folder),
        seconds=round(sum(row["seconds"] for row in history), 1),
        best_val_loss=min((row["val_loss"] for row in history), default=math.nan),
        metrics=metrics,
    )


def fit(recipe: Recipe, corpus: Corpus, folder: Path, options: Options) -> Path:
    """Train the recipe's network in `folder` and return the path of its best checkpoint.

    Continues after the last whole epoch if the folder holds one of this recipe's run; the result is
    the same as without the interruption. Raises DivergedError if the loss is not finite,
    StorageError if disk or memory is full, ModelError if a checkpoint to resume from is damaged.
    """
    release_memory()  # of reading the corpus
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    steps = steps_per_epoch(recipe, corpus)
    validation = validation_batches(recipe, corpus)
    model = compiled(recipe, steps)
    if recipe.start == "shipped":
        copy_weights(_shipped_checkpoint(), model)
    best_loss = _resume(model, folder, validation)
    first_epoch = int(model.optimizer.iterations) // steps
    _write_summary(model, folder / SUMMARY)
    options.events(
        "run_started",
        recipe=recipe.name,
        overrides=overrides_of(recipe),
        folder=str(folder),
        parameters=model.count_params(),
        epochs=recipe.epochs,
        batches=steps,
        first_epoch=first_epoch + 1,
    )
    with _tensorflow_errors():
        model.fit(
            training_batches(recipe, corpus, first_step=first_epoch * steps),
            steps_per_epoch=steps,
            epochs=recipe.epochs,
            initial_epoch=first_epoch,
            validation_data=validation,
            callbacks=_callbacks(folder, best_loss, first_epoch, options),
            verbose=0,
            shuffle=False,  # the batches are shuffled already
        )
    return folder / BEST


def _callbacks(
    folder: Path, best_loss: float | None, first_epoch: int, options: Options
) -> list[keras.callbacks.Callback]:
    """Return the callbacks in the order in which they are called."""
    return [
        AveragedWeights(),
        BestCheckpoint(folder / BEST, best_loss, options.events),
        Progress(folder / HISTORY, folder / BEST, first_epoch, options.events),
        *([keras.callbacks.TensorBoard(folder / "tensorboard")] if options.tensorboard else []),
        LastCheckpoint(folder / LAST),
    ]


def _write_summary(model: keras.Model, path: Path) -> None:
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    write_atomically(path, ("\n".join(lines) + "\n").encode("utf-8"))


def _resume(model: keras.Model, folder: Path, validation: tf.data.Dataset) -> float | None:
    """Restore the state after the folder's last whole epoch, if there is one.

    Returns the validation loss that a better checkpoint must be below. It is measured, not saved:
    a run may have been stopped after it wrote best.keras and before its epoch was complete.
    """
    if not (folder / LAST).exists():
        return None
    restore_training(folder / LAST, model)
    if not (folder / BEST).exists():
        return None
    best = load_checkpoint(folder / BEST, compiled=True)
    return float(best.evaluate(validation, verbose=0, return_dict=True)["loss"])


def _shipped_checkpoint() -> Path:
    return shipped_model().with_suffix(".keras")


@contextmanager
def _tensorflow_errors() -> Iterator[None]:
    """Raise StorageError when TensorFlow runs out of memory or cannot write its logs."""
    try:
        yield
    except (tf.errors.ResourceExhaustedError, tf.errors.UnknownError) as error:
        wrong = _("TensorFlow has run out of memory or of room on the disk: {problem}")
        raise StorageError(wrong.format(problem=error.message.splitlines()[0])) from error
