"""Owns measuring a model: what it answers to labelled rasters, and how often that is right."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.recognition.recogniser import Recogniser
from app.translation import _
from training.corpus import NOT_A_DIGIT, Labelled, as_written
from training.data.folder import DataError
from training.data.mnist import load_mnist
from training.data.pendigits import load_pendigits
from training.recipes import INKLING

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says to n rasters: logits (n, 10), digit logits (n,), for labels (n,)."""

    logits: Floats
    digit: Floats
    labels: NDArray[np.int8]

    @property
    def is_digit(self) -> NDArray[np.bool_]:
        """Which of the rasters are digits by their label."""
        digits: NDArray[np.bool_] = self.labels != NOT_A_DIGIT
        return digits

    def accuracy(self) -> float:
        """Return the share of the digits whose most probable label is right, 0 to 1."""
        right = self.logits.argmax(axis=1) == self.labels
        return float(right[self.is_digit].mean())


def answers_of(path: Path, part: Labelled) -> Answers:
    """Return what the model in `path` (.tflite with its card, or .keras) says to `part`."""
    if path.suffix == ".tflite":
        return _litert_answers(path, part)
    from training.export import load_checkpoint

    said = load_checkpoint(path).predict(
        part.images[..., None].astype(np.float32) / 255.0, batch_size=500, verbose=0
    )
    return Answers(
        np.asarray(said["logits"], np.float64),
        np.asarray(said["digit"], np.float64)[:, 0],
        part.labels,
    )


def _litert_answers(path: Path, part: Labelled) -> Answers:
    recogniser = Recogniser(path)
    outputs = [recogniser.outputs(image.astype(np.float32) / 255.0) for image in part.images]
    return Answers(
        np.array([logits for logits, _embedding, _digit in outputs], np.float64),
        np.array([digit[0] for _logits, _embedding, digit in outputs], np.float64),
        part.labels,
    )


def _mnist_test() -> Labelled:
    mnist = load_mnist()
    return Labelled(mnist.x_test, mnist.y_test.astype(np.int8))


def _pen_validation() -> Labelled:
    writers = set(INKLING.validation_writers)
    return as_written([digit for digit in load_pendigits() if digit.writer in writers])


DATA = {"mnist": _mnist_test, "pendigits": _pen_validation}
"""The data sets by the name that `evaluate --data` knows; neither was trained on."""


def data_named(name: str) -> Labelled:
    """Return a data set by its name; raises DataError with the names there are."""
    if name not in DATA:
        raise DataError(
            _("There is no data set {name}; there are: {names}.").format(
                name=name, names=", ".join(DATA)
            )
        )
    return DATA[name]()
