"""Owns the Number: what a whole number on the page is read as, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.recognition.prediction import Prediction

_LABELS = 3
"""So many labels of each digit make readings."""
_BEAM = 12
MOST_READINGS = 5


@dataclass(frozen=True, slots=True)
class NumberMark:
    """One digit of a number, its sign, its decimal point or comma."""

    text: str
    """The most probable label, or "-", ".", ","."""
    box: Rect
    """Around its ink's centre lines (of a picture: its ink), in drawing units."""
    confidence: float
    """The label's probability if this ink is one digit; of a sign, that it is this sign."""
    strokes: tuple[int, ...]
    """The drawing's strokes that it is of, by number; empty for a picture."""
    content: Content
    """What it was recognised from, as a drawing of its own."""
    is_digit: bool
    """Whether it may stand in a number: a sign does, a digit if it is one."""
    prediction: Prediction | None = None
    """None for a sign."""

    @property
    def digit_score(self) -> float:
        """How surely it may stand in a number, 0 to 1."""
        return self.confidence if self.prediction is None else self.prediction.digit_score

    @property
    def probabilities(self) -> dict[str, float]:
        """Every label's probability; of a sign, its own."""
        if self.prediction is None:
            return {self.text: self.confidence}
        return dict(zip(self.prediction.labels, self.prediction.probabilities, strict=True))


@dataclass(frozen=True, slots=True)
class Number:
    """What a page is read as."""

    marks: tuple[NumberMark, ...]
    """From the left; at least one."""
    readings: tuple[tuple[str, float], ...]
    """The most probable readings, at most MOST_READINGS, the best first: see `readings_of`."""
    is_sure: bool = True
    """Whether `confidence` reaches the model card's threshold."""

    @property
    def label(self) -> str:
        """The best reading, whether or not all of it are digits."""
        return "".join(mark.text for mark in self.marks)

    @property
    def text(self) -> str:
        """The number as text, such as "-12.5"; empty if something in it is no digit."""
        return self.label if self.is_digit else ""

    @property
    def confidence(self) -> float:
        """The probability of the best reading."""
        return dict(self.readings).get(self.label, 0.0)

    @property
    def is_digit(self) -> bool:
        """Whether all of it are digits and signs."""
        return all(mark.is_digit for mark in self.marks)

    @property
    def digit_score(self) -> float:
        """The least score of its marks."""
        return min(mark.digit_score for mark in self.marks)

    @property
    def matches_samples(self) -> bool:
        """Whether the user's samples raised the score of one of its digits."""
        return any(
            mark.prediction is not None and mark.prediction.matches_samples for mark in self.marks
        )


def readings_of(
    segmentations: Sequence[tuple[float, Sequence[Prediction | str]]],
) -> list[tuple[str, float]]:
    """Return what may be read and how probably, the best first; the probabilities add up to ≤ 1.

    A segmentation is its probability and what it consists of, from the left: predictions or signs.
    A reading's probability is the sum over segmentations of theirs times the product of its labels'
    probabilities (total probability; digits are independent of each other given where they are).
    """
    total: dict[str, float] = {}
    for weight, marks in segmentations:
        beam = [("", weight)]
        for mark in marks:
            chances = [(mark, 1.0)] if isinstance(mark, str) else mark.ranked[:_LABELS]
            grown = [(text + label, p * q) for text, p in beam for label, q in chances]
            beam = sorted(grown, key=lambda reading: -reading[1])[:_BEAM]
        for text, probability in beam:
            total[text] = total.get(text, 0.0) + probability
    return sorted(total.items(), key=lambda reading: -reading[1])
