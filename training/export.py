"""Owns the way from a checkpoint to what the program runs: LiteRT with 16-bit weights."""

import tempfile
from pathlib import Path

import keras
import tensorflow as tf

from app.errors import ModelError
from app.storage.atomic import replacing, write_atomically
from app.translation import _
from training.networks.heads import EMBEDDING, OUTPUTS, with_heads


def load_checkpoint(path: Path) -> keras.Model:
    """Return the model in a `.keras` file, in safe mode: no code of the file's is run.

    Raises ModelError.
    """
    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(
            _("{path} is not a Keras model that can be loaded safely.").format(path=path)
        ) from error


def load_network(path: Path) -> keras.Model:
    """Return the model in a `.keras` file with the three outputs; raises ModelError."""
    return with_heads(load_checkpoint(path))


def export_litert(checkpoint: Path, path: Path) -> int:
    """Write the checkpoint's network to `path` (.tflite) and return its embedding's size, k.

    Input float32 (1, 28, 28, 1); outputs float32 logits (1, 10), embedding (1, k), digit (1, 1).
    Weights are float16: half the size, and the answers differ in the fourth digit only.
    """
    trained = load_network(checkpoint)
    outputs = [trained.output[name] for name in OUTPUTS]
    network = keras.Model(trained.input, outputs)
    with tempfile.TemporaryDirectory() as folder:
        network.export(
            folder,
            format="tf_saved_model",
            verbose=False,
            input_signature=[tf.TensorSpec((1, 28, 28, 1), tf.float32)],
        )
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
        write_atomically(path, converter.convert())
    return int(trained.output[EMBEDDING].shape[-1])


def without_optimizer(checkpoint: Path, path: Path) -> None:
    """Write the checkpoint's network to `path` (.keras) without the optimizer's state."""
    with replacing(path) as temporary:
        load_checkpoint(checkpoint).save(temporary, include_optimizer=False)
