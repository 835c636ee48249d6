"""A model's outputs for labelled rasters, and measures of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from app.batch.outputs import Outputs, RasterOutputs
from app.batch.run import share
from app.batch.work import Sharing
from app.errors import ModelError
from app.i18n import _
from app.recognition.alphabet import CHARACTERS, DIGITS, Alphabet
from app.recognition.model import Recogniser
from app.recognition.model_card import read_card
from training.data.corpus import NOT_A_DIGIT, LabelledRasters

Floats = NDArray[np.float64]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ModelOutputs:
    """A model's outputs for n rasters: logits (n, 10), or as many as the model has labels, digit
    logits (n,); and the labels (n,)."""

    logits: Floats
    digit: Floats
    labels: NDArray[np.int16]
    embeddings: Floats = field(default_factory=lambda: np.zeros((0, 1)))
    """(n, k); none where several processes have shared the work."""

    @property
    def is_digit(self) -> NDArray[np.bool_]:
        """Which of the rasters are digits by their label, (n,)."""
        digits: NDArray[np.bool_] = self.labels != NOT_A_DIGIT
        return digits

    @property
    def digit_scores(self) -> Floats:
        """The probabilities of being a digit at all, (n,)."""
        scores: Floats = 1.0 / (1.0 + np.exp(-self.digit))
        return scores

    def digits(self) -> "ModelOutputs":
        """Return the outputs for the rasters that are digits."""
        chosen = self.is_digit
        return ModelOutputs(self.logits[chosen], self.digit[chosen], self.labels[chosen])

    def accuracy(self) -> float:
        """Return the share of the digits whose most probable label is right, 0 to 1."""
        count = int(self.is_digit.sum())
        return (count - self.mistakes()) / count

    def mistakes(self) -> int:
        """Return how many of the digits are not recognised."""
        digits = self.digits()
        return int((digits.logits.argmax(axis=1) != digits.labels).sum())


SharedBy = Callable[[RasterOutputs], Sharing[Outputs]]
"""Makes the processes that share a model's work."""


def outputs_of(
    path: Path,
    part: LabelledRasters,
    shared_by: SharedBy | None = None,
    alphabet: Alphabet = DIGITS,
) -> ModelOutputs:
    """Return the outputs of the model in `path` (.tflite with its card, or .keras) for `part`.

    Processes may share the work of a .tflite; TensorFlow uses all processors itself.
    """
    if path.suffix != ".tflite":
        from training.fitting.checkpoint import load_network  # a .tflite needs no TensorFlow

        return network_outputs(load_network(path, len(alphabet.labels)), part)
    card = path.with_suffix(".json")
    if not card.exists():
        wrong = _("{path} needs its card beside it, {name}.")
        raise ModelError(wrong.format(path=path, name=card.name))
    if alphabet == DIGITS:
        check_is_of_digits(path)
    if shared_by is None or not len(part):
        return litert_outputs(Recogniser(path, read_card(card, alphabet)), part)
    return _shared_outputs(RasterOutputs(path), part, shared_by)


def is_of_characters(model: Path) -> bool:
    """Return whether the card beside a model has the 94 labels of app.recognition.alphabet."""
    try:
        read_card(model.with_suffix(".json"), CHARACTERS)
    except ModelError:  # there is none, or one of digits, or a damaged one
        return False
    return True


def check_is_of_digits(model: Path) -> None:
    """Raise ModelError for a model of the 94 characters."""
    if is_of_characters(model):
        raise ModelError(_("{path} has other labels than the digits.").format(path=model))


def _shared_outputs(
    model: RasterOutputs, part: LabelledRasters, shared_by: SharedBy
) -> ModelOutputs:
    """Return what `litert_outputs` returns, from the same batches."""
    found: list[Outputs] = []
    share(_batches(part), _BATCH, shared_by(model), found.append)
    logits, digit = model.joined(found)
    return ModelOutputs(logits.astype(np.float64), digit[:, 0].astype(np.float64), part.labels)


def _batches(part: LabelledRasters) -> list[NDArray[np.uint8]]:
    return np.array_split(part.images, math.ceil(len(part) / _BATCH))


def network_outputs(network: Any, part: LabelledRasters) -> ModelOutputs:
    """Return the outputs of a network (keras.Model) with the three outputs for `part`."""
    if not len(part):
        return ModelOutputs(np.zeros((0, 10)), np.zeros(0), part.labels)
    batches = [  # not predict, which would keep a second copy of a large set as float32
        {name: np.asarray(value) for name, value in network(_rasters(images)[..., None]).items()}
        for images in _batches(part)
    ]
    outputs = {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    return ModelOutputs(
        np.asarray(outputs["logits"], np.float64),
        np.asarray(outputs["digit"], np.float64)[:, 0],
        part.labels,
        np.asarray(outputs["embedding"], np.float64),
    )


def litert_outputs(recogniser: Recogniser, part: LabelledRasters) -> ModelOutputs:
    """Return the outputs of a LiteRT model for `part`."""
    if not len(part):
        return ModelOutputs(np.zeros((0, 10)), np.zeros(0), part.labels)
    batches = [recogniser.infer_many(_rasters(images)) for images in _batches(part)]
    logits, embeddings, digit = (
        np.concatenate(outputs).astype(np.float64) for outputs in zip(*batches, strict=True)
    )
    return ModelOutputs(logits, digit[:, 0], part.labels, embeddings)


def temperature_of(path: Path) -> float:
    """Return the temperature in the card beside a model, .tflite or .keras; 1 without a card."""
    cards = [path.with_suffix(".json")]
    if path.suffix == ".keras":  # a run's best.keras has the card of its digits.tflite
        cards.append(path.with_name("digits.json"))
    return next((read_card(card).temperature for card in cards if card.exists()), 1.0)


def probabilities(logits: Floats) -> Floats:
    """Return the softmax of logits (n, k) by row."""
    normalised: Floats = softmax(logits, axis=1)
    return normalised


def cross_entropy(logits: Floats, labels: NDArray[np.integer]) -> float:
    """Return the mean of -log p of the right label, in nats."""
    return float(-log_softmax(logits, axis=1)[np.arange(len(labels)), labels].mean())


def auroc(digits: Floats, others: Floats) -> float:
    """Return how often a score of `digits` is above one of `others`, 0 to 1 (Mann-Whitney)."""
    others = np.sort(others)
    below = np.searchsorted(others, digits, "left") + np.searchsorted(others, digits, "right")
    return float(below.mean() / 2 / len(others))


def _rasters(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return uint8 images as float32 in [0, 1]."""
    return images.astype(np.float32) / 255.0
