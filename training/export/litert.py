"""Export of a network to what the program runs: LiteRT with 8-bit weights."""

from pathlib import Path

import keras
import tensorflow as tf

from app.errors import StorageError
from app.i18n import _
from app.storage.atomic_write import write_atomically
from app.storage.temporary import temporary_folder
from training.networks.heads import OUTPUTS


def export_litert(network: keras.Model, path: Path) -> None:
    """Write a network with the three outputs to `path` (.tflite); raises StorageError.

    Input float32 (1, 28, 28, 1); outputs float32 logits (1, n), embedding (1, k), digit (1, 1).
    Weights are int8 with a scale for each channel, activations are quantised at run time (dynamic
    range): a quarter of the size, a third of the time, and hardly any answer differs.
    """
    # Keras would number the name, and the same weights give another file in a second export.
    outputs = [network.output[name] for name in OUTPUTS]
    model = keras.Model(network.input, outputs, name="digits")
    try:
        with temporary_folder(path.parent) as folder:
            model.export(
                str(folder),
                format="tf_saved_model",
                verbose=False,
                input_signature=[tf.TensorSpec((1, 28, 28, 1), tf.float32)],
            )
            converter = tf.lite.TFLiteConverter.from_saved_model(str(folder))
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            content = converter.convert()
    except (OSError, tf.errors.OpError) as error:
        wrong = _("The model could not be exported; is there room in {folder}? ({problem})")
        problem = str(error).splitlines()[0]
        raise StorageError(wrong.format(folder=path.parent, problem=problem)) from error
    write_atomically(path, content)
