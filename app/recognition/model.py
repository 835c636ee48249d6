"""Runs a model on one thread, checked against its card before it is loaded.

The SHA-256 is compared first, because a truncated file can end the process inside the runtime
(LiteRT #10080).
"""

import copy
import hashlib
import math
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import RASTER_SIDE, Raster, rasterize
from app.ink.stroke import Stroke
from app.recognition.alphabet import CHARACTERS, DIGITS, Alphabet, look_alike_group
from app.recognition.model_card import ModelCard, read_card
from app.recognition.prediction import Outputs, Prediction
from app.recognition.runtime import load_runtime
from app.resources import shipped_model
from app.stdio import silence_native_stderr

MAX_OUTPUT = 1e6
"""No output of a sound model comes near it."""
_LEAST_SHARE = 0.01
"""Ink that is one of an alphabet's labels, or looks like one, with less probability is none."""
_KNOWN_INK = (
    [Stroke.of([(0.0, 0.0), (0.0, 1.0)])],
    [Stroke.of([(0.0, 0.0), (10.0, 10.0)]), Stroke.of([(10.0, 0.0), (0.0, 10.0)])],
)
"""A dot and a cross: a model must answer both before it is used."""


class Recogniser:
    """A loaded model. Not for two threads at once."""

    def __init__(self, path: Path, card: ModelCard | None = None) -> None:
        """Load `path` (.tflite) with `card` or the one beside it (.json), and let it answer twice.

        Raises ModelError if a file is missing or damaged, if the tensors have other shapes or two
        outputs the same, or if the model fails on known ink or its outputs there are not finite.
        """
        self._name = path.name
        self.card = card or read_card(path.with_suffix(".json"))
        content = _checked_content(path, self.card)
        check_embedding_size(path.name, self.card.embedding_size, len(self.card.labels))
        output_sizes = (len(self.card.labels), self.card.embedding_size, 1)
        self._threshold_logit = _logit(self.card.digit_threshold)
        self.alphabet = DIGITS if self.card.labels == DIGITS.labels else CHARACTERS
        """The labels that it chooses from."""
        self._narrow: _Narrow | None = None
        self.content = content
        """The .tflite file."""
        try:
            self._runtime = load_runtime(content, output_sizes)
            with silence_native_stderr():
                # The runtime allocates memory at the first call: the user's need not wait for it.
                for strokes in _KNOWN_INK:
                    raster = rasterize(strokes)
                    assert raster is not None
                    self.calibrated_outputs(raster)
        except (RuntimeError, ValueError, MemoryError) as error:  # of a damaged model
            raise ModelError(_unsuitable(path.name)) from error

    def narrowed(self, alphabet: Alphabet) -> Self:
        """Return the same loaded model, which chooses from these of its labels alone."""
        narrowed = copy.copy(self)
        narrowed.alphabet = alphabet
        narrowed._narrow = _Narrow(self.card.labels, alphabet.labels)
        return narrowed

    def predict(self, raster: Raster) -> Prediction:
        """Return the prediction for one raster, float32 (28, 28) in [0, 1]."""
        return self.prediction(self.calibrated_outputs(raster), raster)

    def calibrated_outputs(self, raster: Raster) -> Outputs:
        """Return the outputs for one raster, by the card's temperature and digit threshold.

        Raises ModelError if one is not finite, or beyond MAX_OUTPUT.
        """
        (outputs,) = self.calibrated_many(raster[None])
        if isinstance(outputs, ModelError):
            raise outputs
        return outputs

    def calibrated_many(self, rasters: NDArray[np.float32]) -> list[Outputs | ModelError]:
        """Return for each of several rasters (n, 28, 28) what `calibrated_outputs` returns.

        The error that it would raise stands in its place.
        """
        logits, embeddings, digits = outputs = self.infer_many(rasters)
        good = np.logical_and.reduce([(np.abs(o) <= MAX_OUTPUT).all(axis=1) for o in outputs])
        calibrated = logits / np.float32(self.card.temperature)
        narrow = self._narrow or (lambda outputs: outputs)
        return [
            narrow(
                Outputs(
                    calibrated[index], float(digits[index, 0]) - self._threshold_logit, embedding
                )
            )
            if good[index]
            else ModelError(
                _("The model {name} gives no finite answer; choose another model.").format(
                    name=self._name
                )
            )
            for index, embedding in enumerate(embeddings)
        ]

    def prediction(
        self, outputs: Outputs, raster: Raster, matches_samples: bool = False
    ) -> Prediction:
        """Return the prediction that calibrated outputs for `raster` make."""
        prediction = Prediction(
            labels=self.alphabet.labels,
            probabilities=_softmax(outputs.logits),
            known_score=_sigmoid(outputs.known_margin + self._threshold_logit),
            is_known=outputs.known_margin >= 0,
            embedding=tuple(outputs.embedding.tolist()),
            raster=raster,
            matches_samples=matches_samples,
            alphabet=self.alphabet.name,
        )
        card = self.card
        threshold = card.sure_thresholds.get(self.alphabet.name, card.sure_threshold)
        return (
            prediction if prediction.certainty >= threshold else replace(prediction, is_sure=False)
        )

    def infer(self, raster: Raster) -> list[NDArray[np.float32]]:
        """Return the network's outputs, not calibrated: logits, embedding (n,), digit (1,).

        There are as many logits as labels in the card. The last output is the logit of "this is
        one of them at all".
        """
        return [output[0] for output in self.infer_many(raster[None])]

    def infer_many(self, rasters: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return the outputs of `infer` for several rasters (n, 28, 28), n ≥ 1, each with n rows.

        They are the same as one by one, to 1e-5.
        """
        if rasters.shape[1:] != (RASTER_SIDE, RASTER_SIDE):
            raise ValueError(f"a raster is (28, 28), not {rasters.shape[1:]}")
        return self._runtime.run(rasters)


class _Narrow:
    """Turns a model's calibrated outputs into those of some of its labels.

    Ink whose probability lies almost all outside of these, and of what looks like one of them, is
    none of them.
    """

    def __init__(self, labels: tuple[str, ...], chosen: tuple[str, ...]) -> None:
        self._columns = [labels.index(label) for label in chosen]
        groups = set(map(look_alike_group, chosen))
        self._is_alike = np.array([look_alike_group(label) in groups for label in labels])

    def __call__(self, outputs: Outputs) -> Outputs:
        logits, is_alike = outputs.logits, self._is_alike
        margin = outputs.known_margin
        if not is_alike.all():
            inside = _log_sum(logits[is_alike]) - _log_sum(logits[~is_alike])
            margin = min(margin, inside - _logit(_LEAST_SHARE))
        return Outputs(logits[self._columns], margin, outputs.embedding)


def shipped_recogniser() -> Recogniser:
    """Return the shipped model for digits, loaded; raises ModelError."""
    return Recogniser(shipped_model())


def characters_recogniser() -> Recogniser:
    """Return the shipped model for all characters, loaded; raises ModelError."""
    path = shipped_model(CHARACTERS.name)
    return Recogniser(path, read_card(path.with_suffix(".json"), CHARACTERS))


def check_embedding_size(name: str, size: int, labels: int) -> None:
    """Raise ModelError if the embedding is as large as another output: sizes tell them apart."""
    if size in (labels, 1):
        wrong = _(
            "The model {name} cannot be used, because its embedding has as many values as another "
            "output ({size}): train one whose layer before the last has another size."
        )
        raise ModelError(wrong.format(name=name, size=size))


def _checked_content(path: Path, card: ModelCard) -> bytes:
    """Return the model's file, if it has the card's SHA-256; raises ModelError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(
            _("The model {name} is missing; install the program again.").format(name=path.name)
        ) from error
    except OSError as error:
        raise ModelError(
            _("The model {name} cannot be read: {problem}.").format(
                name=path.name, problem=error.strerror
            )
        ) from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ModelError(
            _("The model {name} is not the one that its card describes; install it again.").format(
                name=path.name
            )
        )
    return content


def _log_sum(logits: NDArray[np.float32]) -> float:
    """Return log Σ exp of some logits."""
    most = float(logits.max())
    return most + math.log(float(np.exp(logits.astype(np.float64) - most).sum()))


def _softmax(logits: NDArray[np.float32]) -> tuple[float, ...]:
    values = logits.tolist()
    most = max(values)
    powers = [math.exp(value - most) for value in values]  # numpy takes three times as long for ten
    total = sum(powers)
    return tuple(power / total for power in powers)


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def _logit(probability: float) -> float:
    """Return the inverse of `_sigmoid`; finite for 0 and 1 as well."""
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(probability / (1 - probability))


def _unsuitable(name: str) -> str:
    return _("The model {name} is not a recogniser for this program.").format(name=name)
