"""Log-linear score of a segment or candidate read as one character.

The score is a log-probability up to a constant: the weighted sum of features from the geometry
(`candidates`, `punctuation`) and from the network (the log-probabilities of its best label, and of
being a digit at all). The weights are those of a conditional random field over segmentations
(Lafferty et al. 2001; for strings: Zhou, Liu & Nakagawa 2009).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.numbers.best_path import Arc
from app.numbers.candidates import GEOMETRY, Candidate
from app.numbers.punctuation import DECIMALS, MINUS, Punctuation
from app.numbers.weights import WEIGHTS
from app.recognition.prediction import Prediction

_SIZES = 3
"""The first features of GEOMETRY do not count for punctuation, which has no usual size."""
_CHARACTER = (
    "digit",
    "cut",
    "borrowed",
    "minus",
    "decimal",
    "punctuation cost",
    "outer decimal",
)
_NETWORK = ("two strokes", "log label", "log digit")
FEATURES = (*GEOMETRY, *_CHARACTER, *_NETWORK)
"""The names of all features. "digit", "minus" and "decimal" are 1 for such a character (a bias),
"cut" for a digit with ink that was cut from other ink. "borrowed": the number of neighbouring
segments that it is recognised with, though they belong to another digit: where two digits touch
along a line, the line is part of both. "outer decimal": a decimal point before or after all digits.
"two strokes": a 4, 5 or 7 of two segments, as most people write them. "log label", "log digit": the
network's log-probabilities."""
_GEOMETRY_WEIGHTS = tuple(WEIGHTS[name] for name in (*GEOMETRY, *_CHARACTER))
_NETWORK_WEIGHTS = tuple(WEIGHTS[name] for name in _NETWORK)
"""At least 0: a hypothesis that is not recognised yet counts as if the network were certain, so
recognising it may only lower the score."""
_TWO_STROKE_DIGITS = "457"
_MIN_LOG_LABEL, _MIN_LOG_DIGIT = -8.0, -9.0
"""Lower log-probabilities count as these, so that one odd digit does not outweigh all others."""


@dataclass(slots=True, eq=False)
class Hypothesis:
    """Some segments read as one character: an arc of the lattice, recognised or not yet."""

    segments: tuple[int, ...]
    features: tuple[float, ...]
    """All of FEATURES but the last three."""
    punctuation: str = ""
    """The punctuation mark that it is; "" for a digit."""
    borrowed: tuple[int, ...] = ()
    """Neighbouring segments that it is recognised with but does not cover."""
    has_two_strokes: bool = False
    """Whether it is of two segments, neither of them a dot."""
    prediction: Prediction | None = None
    """The network's, once it is recognised; None for punctuation."""
    geometry_score: float = 0.0
    """The weighted sum of `features`."""

    def __post_init__(self) -> None:
        """Compute the part of the score that does not depend on the network."""
        self.geometry_score = _dot(_GEOMETRY_WEIGHTS, self.features)

    @property
    def is_recognised(self) -> bool:
        """Whether the network has recognised it, or need not."""
        return bool(self.punctuation) or self.prediction is not None

    @property
    def is_cut(self) -> bool:
        """Whether some of its ink was cut from other ink."""
        return bool(self.features[FEATURES.index("cut")])

    @property
    def text(self) -> str:
        """The character; "" for a digit that is not recognised yet."""
        return self.prediction.label if self.prediction else self.punctuation

    @property
    def arc(self) -> Arc:
        """The arc with the score so far: an upper bound until it is recognised."""
        score = self.geometry_score + _dot(_NETWORK_WEIGHTS, self.network_features)
        return Arc(self.segments, score, at_most_once=self.punctuation in DECIMALS)

    @property
    def network_features(self) -> tuple[float, float, float]:
        """The last three of FEATURES; the best possible ones if it is not recognised yet."""
        if self.prediction is None:
            return float(self.has_two_strokes), 0.0, 0.0
        label = math.log(max(self.prediction.confidence, 1e-9))
        digit = math.log(max(self.prediction.known_score, 1e-9))
        two_strokes = self.has_two_strokes and self.prediction.label in _TWO_STROKE_DIGITS
        return float(two_strokes), max(label, _MIN_LOG_LABEL), max(digit, _MIN_LOG_DIGIT)


def digit_features(candidate: Candidate, is_cut: bool, borrowed: int) -> tuple[float, ...]:
    """Return the features, but the network's, of a candidate as a digit.

    `borrowed`: the number of segments that it is recognised with but does not cover.
    """
    return (*candidate.features, 1.0, float(is_cut), float(borrowed), 0.0, 0.0, 0.0, 0.0)


def punctuation_features(
    mark: Punctuation, candidate: Candidate, is_outermost: bool
) -> tuple[float, ...]:
    """Return the features, but the network's, of a segment as punctuation.

    `candidate` is of that segment alone; `is_outermost`: it is the first or last of all segments.
    """
    is_minus = mark.text == MINUS
    geometry = (*((0.0,) * _SIZES), *candidate.features[_SIZES:])
    is_outer_decimal = is_outermost and not is_minus
    character = (0.0, 0.0, 0.0, float(is_minus), float(not is_minus), mark.cost)
    return (*geometry, *character, float(is_outer_decimal))


def _dot(weights: Sequence[float], features: Sequence[float]) -> float:
    """Return the sum of the features, each times its weight."""
    return sum(w * f for w, f in zip(weights, features, strict=True) if f)
