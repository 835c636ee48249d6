"""Conversion of a Keras model from elsewhere: checked, exported, calibrated, measured."""

import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.recognition.alphabet import DIGITS
from app.recognition.model import Recogniser, check_embedding_size
from app.recognition.model_card import is_printable
from training.data.corpus import LabelledRasters
from training.data.library import Library
from training.data.mnist import MNIST
from training.evaluation.evaluate import litert_outputs, network_outputs
from training.evaluation.test_sets import data_named
from training.export.litert import export_litert
from training.export.model_card import Calibration, calibrate, write_card
from training.fitting.checkpoint import load_network
from training.fitting.run_folder import MODEL
from training.networks.heads import EMBEDDING

_VALIDATION = 5_000
_MAX_LAYER = 1_000_000
"""Values that a layer gives for one image: in the shipped network at most 25,000."""
_MAX_WEIGHTS = 100_000_000


def convert(path: Path, folder: Path, library: Library) -> dict[str, Any]:
    """Write digits.tflite, its card and a copy of the .keras into `folder`; return the card.

    `path` is a .keras classifier of 28 × 28 images, loaded in safe mode. It is calibrated on
    MNIST's last 5,000 training images and measured on its test set; where MNIST is not here, it
    gets the default calibration and no metrics: nothing is downloaded. Raises ModelError,
    StorageError.
    """
    network = load_network(path)
    check_embedding_size(path.name, network.output[EMBEDDING].shape[-1], len(DIGITS.labels))
    _check_size(network)
    _check_finite(path, network.get_weights())
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as incoming:
            card = _write_model(path, network, Path(incoming), library)
            for file in Path(incoming).iterdir():
                file.replace(folder / file.name)
    except BaseException:
        if is_new:
            shutil.rmtree(folder)
        raise
    return card


def _check_size(network: keras.Model) -> None:
    """Raise ModelError for a network that would take all memory, or minutes for an answer."""
    largest = max(_layer_sizes(network))
    if largest > _MAX_LAYER or network.count_params() > _MAX_WEIGHTS:
        wrong = _(
            "The network is too large: {weights:,} weights, and a layer with {values:,} values."
        )
        raise ModelError(wrong.format(values=largest, weights=network.count_params()))


def _layer_sizes(network: keras.Model) -> Iterator[int]:
    """Yield the number of values that each operation gives for one image, nested ones too."""
    for operation in network.operations:
        if isinstance(operation, keras.Model):
            yield from _layer_sizes(operation)
        for tensor in keras.tree.flatten(operation.output):
            yield math.prod(side or 1 for side in tensor.shape[1:])


def _write_model(
    path: Path, network: keras.Model, folder: Path, library: Library
) -> dict[str, Any]:
    """Do what `convert` does, in a folder of its own."""
    export_litert(network, folder / MODEL)
    calibration = Calibration()
    has_mnist = library.folder_of(MNIST) is not None
    if has_mnist:
        mnist = library.load(MNIST)
        images, labels = mnist.x_train[-_VALIDATION:], mnist.y_train[-_VALIDATION:].astype(np.int16)
        validation = network_outputs(network, LabelledRasters(images, labels))
        _check_finite(path, [validation.logits, validation.digit])
        calibration = calibrate(validation)
    card = write_card(
        folder / MODEL,
        name=path.stem if is_printable(path.stem) else "Keras model",
        recipe={"name": path.name},
        embedding_size=network.output[EMBEDDING].shape[-1],
        calibration=calibration,
        measure=lambda exported: _metrics(exported, library) if has_mnist else {},
    )
    shutil.copyfile(path, folder / "digits.keras")
    return card


def _metrics(exported: Recogniser, library: Library) -> dict[str, float]:
    """Return the accuracy of the exported model on MNIST's test set, 0 to 1."""
    test = litert_outputs(exported, data_named("mnist", library))
    return {"mnist_test_accuracy": test.accuracy()}


def _check_finite(path: Path, arrays: Iterable[NDArray[np.floating]]) -> None:
    if not all(np.isfinite(array).all() for array in arrays):
        wrong = _("The numbers in {name} are not finite, so its training failed; train it again.")
        raise ModelError(wrong.format(name=path.name))
