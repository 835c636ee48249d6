"""Owns measuring a model: what it answers to labelled rasters, and how often that is right."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.recognition.card import read_card
from app.recognition.recogniser import Recogniser
from training.corpus import NOT_A_DIGIT, Labelled

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


def temperature_of(path: Path) -> float:
    """Return the temperature in the card beside a model, .tflite or .keras; 1 without a card."""
    card = path.with_suffix(".json")
    return read_card(card).temperature if card.exists() else 1.0
