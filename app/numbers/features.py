"""Owns what speaks for reading some pieces of ink as one digit or sign: the weights of it all.

A score is the logarithm of a probability up to a constant: what the network says (how probable its
best label is, and that it is a digit at all) and what the pieces' places say (`candidates`),
weighed against each other. The weights are those of a conditional random field over segmentations
(Lafferty et al. 2001; Zhou, Liu & Nakagawa 2009 use one for strings); `number_weights` has them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.numbers.best_path import Arc
from app.numbers.candidates import GEOMETRY, Group
from app.numbers.punctuation import DECIMALS, MINUS, Mark
from app.recognition.prediction import Prediction

_SIZES = 3
"""The first of app.numbers.candidates.GEOMETRY say nothing of signs, which have no usual size."""
_PLACE = ("digit", "cut", "borrowed", "minus", "decimal", "mark cost", "at an end")
_SAID = ("in two", "label", "is digit")
FEATURES = (*GEOMETRY, *_PLACE, *_SAID)
"""What is weighed. "in two": a 4, 5 or 7 of two pieces; most people write them so, and no other
digit. "cut": ink of which some was cut from other ink. "borrowed": pieces that are another digit's
already; where two touch along a line, it belongs to both. "at an end": a decimal point before or
after all digits. "label" and "is digit" are logarithms of the network's probabilities."""
_OFTEN_IN_TWO = "457"
LEAST_LABEL, LEAST_DIGIT = -8.0, -9.0
"""Logarithms of probabilities count no less than this: one odd digit must not outweigh all."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much everything weighs that speaks for a reading."""

    place: tuple[float, ...]
    """For all of FEATURES but the last three."""
    said: tuple[float, ...]
    """For the last three. None is negative: what is not known yet counts as good as can be."""

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Weights":
        """Return weights given by name."""
        values = tuple(weights[name] for name in FEATURES)
        if min(values[-len(_SAID) :]) < 0:
            raise ValueError(f"a negative weight of one of {_SAID}")
        return cls(values[: -len(_SAID)], values[-len(_SAID) :])


@dataclass(slots=True, eq=False)
class Candidate:
    """A way to read some pieces: an arc of the lattice."""

    pieces: tuple[int, ...]
    features: tuple[float, ...]
    """All of FEATURES but the last three."""
    weights: Weights
    mark: str = ""
    """The sign that it is, if it is one."""
    borrowed: tuple[int, ...] = ()
    """Pieces that it is recognised with, though they are covered by a neighbour."""
    is_in_two: bool = False
    """Whether it is of two pieces, neither of them a dot."""
    prediction: Prediction | None = None
    place: float = 0.0
    """What `features` add to its score."""

    def __post_init__(self) -> None:
        """Weigh what does not depend on the network."""
        self.place = weighed(self.weights.place, self.features)

    @property
    def is_known(self) -> bool:
        """Whether it needs no recognising any more."""
        return bool(self.mark) or self.prediction is not None

    @property
    def is_cut(self) -> bool:
        """Whether some of it was cut from other ink."""
        return bool(self.features[FEATURES.index("cut")])

    @property
    def text(self) -> str:
        """Its reading; empty if it is not known."""
        return self.prediction.label if self.prediction else self.mark

    @property
    def arc(self) -> Arc:
        """The arc of what is known of it; what is not counts as good as it can be."""
        score = self.place + weighed(self.weights.said, self.said)
        return Arc(self.pieces, score, self.mark in DECIMALS)

    @property
    def said(self) -> tuple[float, float, float]:
        """The last three of FEATURES: what the network adds, if it has been asked."""
        if self.prediction is None:
            return float(self.is_in_two), 0.0, 0.0
        label = math.log(max(self.prediction.confidence, 1e-9))
        digit = math.log(max(self.prediction.digit_score, 1e-9))
        in_two = self.is_in_two and self.prediction.label in _OFTEN_IN_TWO
        return float(in_two), max(label, LEAST_LABEL), max(digit, LEAST_DIGIT)


def digit_features(group: Group, is_cut: bool, borrowed: int) -> tuple[float, ...]:
    """Return what a group's places say of it as a digit that is seen with pieces `borrowed`."""
    return (*group.features, 1.0, float(is_cut), float(borrowed), 0.0, 0.0, 0.0, 0.0)


def mark_features(mark: Mark, alone: Group, at_an_end: bool) -> tuple[float, ...]:
    """Return what the place of a piece says of it as a sign; `alone`: the piece's group.

    `at_an_end`: whether it is the first or the last piece of all.
    """
    is_minus = mark.text == MINUS
    place = (*((0.0,) * _SIZES), *alone.features[_SIZES:])
    end = float(at_an_end and not is_minus)
    return (*place, 0.0, 0.0, 0.0, float(is_minus), float(not is_minus), mark.cost, end)


def weighed(weights: Sequence[float], features: Sequence[float]) -> float:
    """Return the sum of features, each times its weight."""
    return sum(w * f for w, f in zip(weights, features, strict=True) if f)
