"""Owns the way from a checkpoint to what the program runs: LiteRT with 8-bit weights."""

import tempfile
from pathlib import Path

import keras
import tensorflow as tf

from app.errors import StorageError
from app.i18n import _
from app.storage.atomic_write import replacing, write_atomically
from training.fitting.checkpoint import load_checkpoint, load_network
from training.networks.heads import EMBEDDING, OUTPUTS


def export_litert(checkpoint: Path, path: Path) -> int:
    """Write the checkpoint's network to `path` (.tflite) and return its embedding's size, k.

    Input float32 (1, 28, 28, 1); outputs float32 logits (1, 10), embedding (1, k), digit (1, 1).
    Weights are int8 with a scale for each channel, activations are quantised as they come (dynamic
    range): a quarter of the size, a third of the time, and hardly an answer differs.
    """
    trained = load_network(checkpoint)
    outputs = [trained.output[name] for name in OUTPUTS]
    network = keras.Model(trained.input, outputs)
    write_atomically(path, _converted(network))
    return int(trained.output[EMBEDDING].shape[-1])


def _converted(network: keras.Model) -> bytes:
    try:
        with tempfile.TemporaryDirectory() as folder:
            network.export(
                folder,
                format="tf_saved_model",
                verbose=False,
                input_signature=[tf.TensorSpec((1, 28, 28, 1), tf.float32)],
            )
            converter = tf.lite.TFLiteConverter.from_saved_model(folder)
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            model: bytes = converter.convert()
            return model
    except (OSError, tf.errors.OpError) as error:
        raise StorageError(
            _("The model could not be exported; is there room in {folder}? ({problem})").format(
                folder=tempfile.gettempdir(), problem=str(error).splitlines()[0]
            )
        ) from error


def without_optimizer(checkpoint: Path, path: Path) -> None:
    """Write the checkpoint's network to `path` (.keras) without the optimizer's state."""
    with replacing(path) as temporary:
        load_checkpoint(checkpoint).save(temporary, include_optimizer=False)
