"""Owns training a network: a function of (recipe, data, folder) that ends in the best checkpoint.

best.keras (ModelCheckpoint) has the lowest validation loss, of the averaged weights where the
recipe averages; last.keras is what a resumed run goes on from.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import keras
import tensorflow as tf

from app.errors import StorageError
from app.i18n import _
from app.resources import shipped_model
from app.storage.atomic_write import write_atomically
from training.augmentation.batches import steps_per_epoch, training_batches, validation_batches
from training.cli.events import Events, silent
from training.data.corpus import Corpus
from training.fitting.callbacks import (
    AveragedWeights,
    Batches,
    BestCheckpoint,
    History,
    LastCheckpoint,
)
from training.fitting.checkpoint import load_checkpoint
from training.fitting.history import HISTORY
from training.fitting.memory import give_back
from training.fitting.run_folder import BEST, LAST, SUMMARY, overrides_of
from training.networks import build
from training.networks.heads import DIGIT, EMBEDDING, LOGITS, has_heads
from training.recipes.optimizers import optimizer_of
from training.recipes.recipe import Recipe, RecipeError

DIGIT_WEIGHT = 0.1
"""Of "this is a digit" beside the ten logits. Families of non-digits that are held out are learnt
worse the longer the training goes on: weighing more, they alone would choose the checkpoint."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done, which its outcome does not depend on."""

    resume: bool = False
    """Whether a run that is there already may be gone on with."""
    events: Events = silent
    tensorboard: bool = False
    against: Path | None = None
    """A model (.tflite with its card) that the new one is compared with when the run is done."""


def fit(recipe: Recipe, corpus: Corpus, folder: Path, options: Options) -> Path:
    """Train the recipe in `folder` and return the path of its best checkpoint.

    Where the folder holds the last whole epoch of this recipe's run, it goes on from there. Raises
    DivergedError if the loss is no number any more, StorageError if the disk is full, ModelError if
    what it should go on from is damaged.
    """
    give_back()  # what the corpus was made of
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    steps = steps_per_epoch(recipe, corpus)
    validation = validation_batches(recipe, corpus.validation)
    model = compiled(recipe, steps)
    if recipe.start == "shipped":
        _take_weights(model, shipped_model().with_suffix(".keras"))
    best = _restored(model, folder, validation)
    first = int(model.optimizer.iterations) // steps
    write_atomically(folder / SUMMARY, _summary(model).encode("utf-8"))
    options.events(
        "run_started",
        recipe=recipe.name,
        overrides=overrides_of(recipe),
        folder=str(folder),
        parameters=model.count_params(),
        epochs=recipe.epochs,
        batches=steps,
        first_epoch=first + 1,
    )
    with _said_in_a_sentence():
        model.fit(
            training_batches(recipe, corpus, first_step=first * steps),
            steps_per_epoch=steps,
            epochs=recipe.epochs,
            initial_epoch=first,
            validation_data=validation,
            callbacks=_callbacks(folder, best, first, options),
            verbose=0,
            shuffle=False,  # the batches come shuffled
        )
    return folder / BEST


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    """Turn TensorFlow's own failures, of memory or of its log files, into one of ours."""
    try:
        yield
    except (tf.errors.ResourceExhaustedError, tf.errors.UnknownError) as error:
        raise StorageError(
            _("TensorFlow has run out of memory or of room on the disk: {problem}").format(
                problem=error.message.splitlines()[0]
            )
        ) from error


def _callbacks(
    folder: Path, best: float | None, first: int, options: Options
) -> list[keras.callbacks.Callback]:
    """Return what happens after batches and epochs, in this order."""
    callbacks = [
        Batches(folder / BEST, options.events),
        AveragedWeights(),
        BestCheckpoint(folder / BEST, best, options.events),
        History(folder / HISTORY, first, options.events),
    ]
    if options.tensorboard:
        callbacks.append(keras.callbacks.TensorBoard(folder / "tensorboard"))
    return [*callbacks, LastCheckpoint(folder / LAST)]


def compiled(recipe: Recipe, steps: int) -> keras.Model:
    """Return the recipe's network with its optimizer and losses, for `steps` batches an epoch."""
    model = build(recipe)
    optimizer = optimizer_of(recipe, steps)
    if has_heads(model):
        model.compile(
            optimizer,
            loss={
                LOGITS: keras.losses.CategoricalCrossentropy(from_logits=True),
                DIGIT: keras.losses.BinaryCrossentropy(from_logits=True),
                EMBEDDING: None,
            },
            loss_weights={LOGITS: 1.0, DIGIT: DIGIT_WEIGHT, EMBEDDING: 0.0},
            metrics={LOGITS: DigitAccuracy(name="accuracy")},
            weighted_metrics=[],
        )
        return model
    from_logits = model.layers[-1].activation is keras.activations.linear
    losses = {
        "categorical": keras.losses.CategoricalCrossentropy(from_logits=from_logits),
        "sparse": keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits),
    }
    model.compile(optimizer, loss=losses[recipe.loss], metrics=["accuracy"], weighted_metrics=[])
    return model


def _take_weights(model: keras.Model, path: Path) -> None:
    """Give the model the weights of a checkpoint of the same network; raises RecipeError."""
    weights = load_checkpoint(path).get_weights()
    if [w.shape for w in weights] != [w.shape for w in model.get_weights()]:
        raise RecipeError(
            _("The shipped model is of another network: train this recipe with --start scratch.")
        )
    model.set_weights(weights)


def _restored(model: keras.Model, folder: Path, validation: tf.data.Dataset) -> float | None:
    """Give the model the state of the folder's last epoch, if there is one.

    Returns the validation loss that a better checkpoint has to beat. That loss is measured, not
    remembered: whenever the run was cut off, it is best.keras's own.
    """
    if not (folder / LAST).exists():
        return None
    kept = load_checkpoint(folder / LAST, compiled=True)
    model.optimizer.build(model.trainable_variables)
    for variable, value in zip(
        [*model.weights, *model.optimizer.variables],
        [*kept.weights, *kept.optimizer.variables],
        strict=True,
    ):
        variable.assign(value)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            # Keras does not save it: (seed, how many masks were drawn), and every batch draws one.
            seed, drawn = keras.ops.convert_to_numpy(layer.seed_generator.state)
            layer.seed_generator.state.assign([seed, drawn + int(model.optimizer.iterations)])
    if not (folder / BEST).exists():
        return None
    best = load_checkpoint(folder / BEST, compiled=True)
    return float(best.evaluate(validation, verbose=0, return_dict=True)["loss"])


def _summary(model: keras.Model) -> str:
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    return "\n".join(lines) + "\n"


@keras.saving.register_keras_serializable("inkling")
class DigitAccuracy(keras.metrics.Mean):  # type: ignore[misc]
    """The share of right answers among digits; drawings that are no digit do not count."""

    def update_state(
        self,
        y_true: tf.Tensor,
        y_pred: tf.Tensor,
        sample_weight: tf.Tensor | None = None,  # noqa: ARG002 - Keras' own signature
    ) -> None:
        """Count a batch: targets (b, 10), flat for what is no digit, and logits (b, 10)."""
        right = tf.argmax(y_true, axis=-1) == tf.argmax(y_pred, axis=-1)
        is_digit = tf.reduce_max(y_true, axis=-1) > 0.5
        super().update_state(tf.cast(right, tf.float32), tf.cast(is_digit, tf.float32))
