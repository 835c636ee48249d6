"""Loading `.keras` files in safe mode, and resuming a training from them."""

import zipfile
import zlib
from pathlib import Path

import keras
import tensorflow as tf

from app.errors import ModelError, StorageError
from app.i18n import _
from training.errors import os_errors_as
from training.networks.heads import with_heads
from training.recipes.recipe import RecipeError

_DAMAGED = (
    *(AttributeError, KeyError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, tf.errors.OpError),
)


def load_checkpoint(path: Path, compiled: bool = False) -> keras.Model:
    """Return the model in a `.keras` file; safe mode runs no code from the file.

    `compiled`: with its optimizer and losses. Raises ModelError, StorageError.
    """
    if path.suffix != ".keras":
        raise ModelError(_("{path} is neither a .keras nor a .tflite file.").format(path=path))
    with os_errors_as(StorageError, _("{path} cannot be read: {problem}."), path=path):
        path.open("rb").close()
    try:
        return keras.models.load_model(path, compile=compiled, safe_mode=True)
    except (tf.errors.ResourceExhaustedError, MemoryError) as error:
        wrong = _("The network in {path} is too large for the memory of this computer.")
        raise ModelError(wrong.format(path=path)) from error
    except _DAMAGED as error:
        wrong = _("{path} is not a Keras model that can be loaded safely, or it is damaged.")
        raise ModelError(wrong.format(path=path)) from error


def load_network(path: Path, labels: int = 10) -> keras.Model:
    """Return the model in a `.keras` file with the three outputs; raises ModelError."""
    return with_heads(load_checkpoint(path), labels)


def copy_weights(path: Path, model: keras.Model) -> None:
    """Set the model's weights to those of a checkpoint of the same network.

    Raises RecipeError if it is of another network.
    """
    weights = load_checkpoint(path).get_weights()
    if [w.shape for w in weights] != [w.shape for w in model.get_weights()]:
        wrong = _(
            "The shipped model has a different network: train this recipe with --start scratch."
        )
        raise RecipeError(wrong)
    model.set_weights(weights)


def restore_training(path: Path, model: keras.Model) -> None:
    """Set weights, optimizer state and the state of dropout to those after a checkpoint's epoch."""
    saved = load_checkpoint(path, compiled=True)
    for variable, value in zip(
        [*model.weights, *model.optimizer.variables],
        [*saved.weights, *saved.optimizer.variables],
        strict=True,
    ):
        variable.assign(value)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            # Keras does not save it: (seed, number of masks drawn), one mask for each batch.
            seed, drawn = keras.ops.convert_to_numpy(layer.seed_generator.state)
            layer.seed_generator.state.assign([seed, drawn + int(model.optimizer.iterations)])
