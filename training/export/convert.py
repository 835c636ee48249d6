"""Owns taking a Keras model from elsewhere: checked, exported, with a card of what it is worth."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from app.storage.atomic_write import write_atomically
from training.data.corpus import LabelledRasters
from training.data.dataset import DataError
from training.data.library import Library
from training.data.mnist import MNIST
from training.evaluation.evaluate import answers_of
from training.evaluation.test_sets import data_named
from training.export.calibration import digit_threshold, sure_threshold, temperature
from training.export.litert import export_litert
from training.export.model_card import as_bytes, identity
from training.fitting.run_folder import CARD, MODEL

_VALIDATION = 5_000


def convert(path: Path, folder: Path, library: Library) -> dict[str, Any]:
    """Write digits.tflite, its card and a copy of the checkpoint into `folder`; return the card.

    `path` is a .keras classifier of 28 × 28 images, loaded in safe mode. Temperature and thresholds
    are measured on MNIST's last training images; where MNIST cannot be had, they are 1, 0.5, 0.9.
    Raises ModelError, StorageError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    size = export_litert(path, folder / MODEL)
    card = {
        **identity(path.stem, {"name": path.name}, folder / MODEL, size, refuses=False),
        "temperature": 1.0,
        "digit_threshold": 0.5,
        "sure_threshold": 0.9,
        "data": {},
        "metrics": {},
    }
    try:
        mnist = library.load(MNIST)
        kept = slice(-_VALIDATION, None)
        part = LabelledRasters(mnist.x_train[kept], mnist.y_train[kept].astype(np.int8))
        answers = answers_of(path, part)
        warmth = temperature(answers)
        test = answers_of(path, data_named("mnist", library))
        card |= {
            "temperature": warmth,
            "digit_threshold": digit_threshold(answers),
            "sure_threshold": sure_threshold(answers, warmth),
            "metrics": {"mnist_test_accuracy": test.accuracy()},
        }
    except DataError:  # it answers all the same
        pass
    write_atomically(folder / CARD, as_bytes(card))
    shutil.copyfile(path, folder / "digits.keras")
    return card
