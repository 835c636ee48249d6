"""The Number: the characters that ink is read as, and its most probable readings."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.recognition.prediction import Prediction

MAX_READINGS = 5
_LABELS_PER_DIGIT = 3
"""The most probable labels of each digit that make readings."""
_BEAM_WIDTH = 12


@dataclass(frozen=True, slots=True)
class NumberCharacter:
    """One character of a number: a digit, a minus sign, a decimal point or comma."""

    text: str
    """The most probable label, or "-", ".", ","."""
    box: Rect
    """Around the centre lines of its ink (in a picture: its pixels), in drawing units."""
    confidence: float
    """The label's probability if this ink is one digit; the probability of punctuation."""
    strokes: tuple[int, ...]
    """The indices of its strokes in the drawing; empty for a picture."""
    content: Content
    """The ink that was recognised, as a drawing of its own."""
    is_known: bool
    """Whether it is accepted in a number: punctuation always, a digit by its digit score."""
    prediction: Prediction | None = None
    """None for punctuation."""

    @property
    def known_score(self) -> float:
        """The probability that it may stand in a number, 0 to 1."""
        return self.confidence if self.prediction is None else self.prediction.known_score

    @property
    def probabilities(self) -> dict[str, float]:
        """The probability of each label; of punctuation, its own."""
        if self.prediction is None:
            return {self.text: self.confidence}
        return dict(zip(self.prediction.labels, self.prediction.probabilities, strict=True))


@dataclass(frozen=True, slots=True)
class Number:
    """The answer to ink that may be a whole number."""

    characters: tuple[NumberCharacter, ...]
    """From left to right; at least one."""
    readings: tuple[tuple[str, float], ...]
    """The most probable texts with their probabilities, best first, at most MAX_READINGS."""
    is_sure: bool = True
    """Whether `confidence` reaches the model card's threshold."""

    @property
    def label(self) -> str:
        """The best reading, whether or not all of it are digits."""
        return "".join(character.text for character in self.characters)

    @property
    def text(self) -> str:
        """The number as text, such as "-12.5"; empty if something in it is no digit."""
        return self.label if self.is_known else ""

    @property
    def confidence(self) -> float:
        """The probability of the best reading."""
        return dict(self.readings).get(self.label, 0.0)

    @property
    def is_known(self) -> bool:
        """Whether all characters are accepted."""
        return all(character.is_known for character in self.characters)

    @property
    def known_score(self) -> float:
        """The lowest digit score of its characters."""
        return min(character.known_score for character in self.characters)

    @property
    def matches_samples(self) -> bool:
        """Whether the user's samples raised the score of one of its digits."""
        predictions = (character.prediction for character in self.characters)
        return any(one is not None and one.matches_samples for one in predictions)


def reading_probabilities(
    segmentations: Sequence[tuple[float, Sequence[Prediction | str]]],
) -> list[tuple[str, float]]:
    """Return the texts that may be read and their probabilities, best first; their sum is ≤ 1.

    A segmentation is its probability and its characters from left to right: predictions or
    punctuation. A text's probability is the sum, over the segmentations, of the segmentation's
    probability times the product of its labels' (given the segmentation, digits are independent).
    Each segmentation's texts are found by beam search.
    """
    total: dict[str, float] = {}
    for weight, characters in segmentations:
        beam = [("", weight)]
        for character in characters:
            if isinstance(character, str):
                labels = [(character, 1.0)]
            else:
                labels = character.ranked[:_LABELS_PER_DIGIT]
            extended = [(text + label, p * q) for text, p in beam for label, q in labels]
            beam = sorted(extended, key=lambda reading: -reading[1])[:_BEAM_WIDTH]
        for text, probability in beam:
            total[text] = total.get(text, 0.0) + probability
    return sorted(total.items(), key=lambda reading: -reading[1])
