"""Owns what speaks for reading some pieces of ink as one digit or sign: the weights of it all.

A score is the logarithm of a probability up to a constant: what the network says (how probable its
best label is, and that it is a digit at all) and what the pieces' places say (`app.ink.grouping`),
weighed against each other. The weights are those of a conditional random field over segmentations
(Lafferty et al. 2001; Zhou, Liu & Nakagawa 2009 use one for strings), fitted on strings of the
digits of those writers whom the network learnt from, some of them varied as in training.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.ink.grouping import Group
from app.ink.marks import DECIMALS, MINUS, Mark
from app.recognition.lattice import Arc
from app.recognition.prediction import Prediction

GEOMETRY_WEIGHTS = (-2.79, -2.01, -2.96, -4.94, -2.88, 0.0, -1.0, -1.98)
"""One for each of app.ink.grouping.GEOMETRY."""
_PLACE_WEIGHTS = (0.0, 0.0, 0.0, *GEOMETRY_WEIGHTS[3:])
"""The same for signs, which have no usual size."""
EACH_DIGIT = -0.65
IN_TWO = 1.64
"""A 4, 5 or 7 of two pieces: most people write them so, and no other digit."""
_OFTEN_IN_TWO = "457"
LABEL_WEIGHT = 1.16
DIGIT_WEIGHT = 0.90
LEAST_LABEL, LEAST_DIGIT = -8.0, -9.0
"""Logarithms of probabilities count no less than this: one odd digit must not outweigh all."""
MINUS_SCORE = -0.73
DECIMAL_SCORE = 0.67
MARK_COST = -1.75
AT_AN_END = -1.51
"""A decimal point before or after all digits."""
BORROWING = -0.8
"""Ink that is another digit's already: where two touch along a line, it belongs to both."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A way to read some pieces: an arc of the lattice."""

    pieces: tuple[int, ...]
    place: float
    """What its geometry adds to its score."""
    mark: str = ""
    """The sign that it is, if it is one."""
    borrowed: tuple[int, ...] = ()
    """Pieces that it is recognised with, though they are covered by a neighbour."""
    is_in_two: bool = False
    """Whether it is of two pieces, neither of them a dot."""
    is_cut: bool = False
    """Whether some of it was cut from other ink."""
    prediction: Prediction | None = None

    @property
    def is_known(self) -> bool:
        """Whether it needs no recognising any more."""
        return bool(self.mark) or self.prediction is not None

    @property
    def text(self) -> str:
        """Its reading; empty if it is not known."""
        return self.prediction.label if self.prediction else self.mark

    @property
    def arc(self) -> Arc:
        """The arc of what is known of it; what is not counts as good as it can be."""
        in_two = self.is_in_two
        if in_two and self.prediction is not None:
            in_two = self.prediction.label in _OFTEN_IN_TWO
        score = self.place + IN_TWO * in_two + _said(self.prediction)
        return Arc(self.pieces, score, self.mark in DECIMALS)


def _said(prediction: Prediction | None) -> float:
    """Return what the network adds to a score, at most 0."""
    if prediction is None:
        return 0.0
    label = math.log(max(prediction.confidence, 1e-9))
    digit = math.log(max(prediction.digit_score, 1e-9))
    return LABEL_WEIGHT * max(label, LEAST_LABEL) + DIGIT_WEIGHT * max(digit, LEAST_DIGIT)


def digit_place(group: Group) -> float:
    """Return what the places of a group's pieces add to its score as a digit."""
    return EACH_DIGIT + _weighed(GEOMETRY_WEIGHTS, group)


def mark_place(mark: Mark, alone: Group, at_an_end: bool) -> float:
    """Return what the place of a piece adds to its score as a sign; `alone`: the piece's group.

    `at_an_end`: whether it is the first or the last piece of all.
    """
    kind = MINUS_SCORE if mark.text == MINUS else DECIMAL_SCORE + AT_AN_END * at_an_end
    return kind + MARK_COST * mark.cost + _weighed(_PLACE_WEIGHTS, alone)


def _weighed(weights: Sequence[float], group: Group) -> float:
    return sum(w * feature for w, feature in zip(weights, group.features, strict=True))
