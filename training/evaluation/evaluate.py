"""Owns measuring a model: what it answers to labelled rasters, and how often that is right."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.recognition.model import Recogniser
from app.recognition.model_card import read_card
from app.stdio import silence_native_stderr
from training.data.corpus import NOT_A_DIGIT, Images, LabelledRasters

Floats = NDArray[np.float64]
_BATCH = 500


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


def answers_of(path: Path, part: LabelledRasters) -> Answers:
    """Return what the model in `path` (.tflite with its card, or .keras) says to `part`."""
    if path.suffix == ".tflite":
        return _litert_answers(path, part)
    from training.fitting.checkpoint import load_network

    return network_answers(load_network(path), part)


def network_answers(network: Any, part: LabelledRasters) -> Answers:
    """Return what a network (keras.Model) with the three outputs says to `part`."""
    pieces = [  # not predict, which would keep a second copy of a large set as float32
        {name: np.asarray(value) for name, value in network(_rasters(piece)).items()}
        for piece in np.array_split(part.images, math.ceil(len(part) / _BATCH))
    ]
    said = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    return Answers(
        np.asarray(said["logits"], np.float64),
        np.asarray(said["digit"], np.float64)[:, 0],
        part.labels,
    )


def _rasters(images: Images) -> NDArray[np.float32]:
    return images[..., None].astype(np.float32) / 255.0


def _litert_answers(path: Path, part: LabelledRasters) -> Answers:
    if not path.with_suffix(".json").exists():
        raise ModelError(
            _("{path} needs its card beside it, {name}.").format(
                path=path, name=path.with_suffix(".json").name
            )
        )
    with silence_native_stderr():
        recogniser = Recogniser(path)
    outputs = [recogniser.infer(image.astype(np.float32) / 255.0) for image in part.images]
    return Answers(
        np.array([logits for logits, _embedding, _digit in outputs], np.float64),
        np.array([digit[0] for _logits, _embedding, digit in outputs], np.float64),
        part.labels,
    )


def temperature_of(path: Path) -> float:
    """Return the temperature in the card beside a model, .tflite or .keras; 1 without a card."""
    cards = [path.with_suffix(".json")]
    if path.suffix == ".keras":  # a run's best.keras is what its digits.tflite was made of
        cards.append(path.with_name("digits.json"))
    return next((read_card(card).temperature for card in cards if card.exists()), 1.0)
