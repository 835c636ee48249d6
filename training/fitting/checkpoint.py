"""Owns reading a `.keras` file: in safe mode, checked, every failure in a sentence."""

import zipfile
import zlib
from pathlib import Path

import keras

from app.errors import ModelError, StorageError
from app.i18n import _
from training.networks.heads import with_heads


def load_checkpoint(path: Path, compiled: bool = False) -> keras.Model:
    """Return the model in a `.keras` file, in safe mode: no code of the file's is run.

    `compiled`: with its optimizer and losses. Raises ModelError, StorageError.
    """
    if path.suffix != ".keras":
        raise ModelError(_("{path} is neither a .keras nor a .tflite file.").format(path=path))
    try:
        path.open("rb").close()
    except OSError as error:
        raise StorageError(
            _("{path} cannot be read: {problem}.").format(path=path, problem=error.strerror)
        ) from error
    try:
        return keras.models.load_model(path, compile=compiled, safe_mode=True)
    except (
        AttributeError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ModelError(
            _("{path} is not a Keras model that can be loaded safely, or it is damaged.").format(
                path=path
            )
        ) from error


def load_network(path: Path) -> keras.Model:
    """Return the model in a `.keras` file with the three outputs; raises ModelError."""
    return with_heads(load_checkpoint(path))
