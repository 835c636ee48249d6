"""The whole number that was read, and which of its digits is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.settings import DIGITS
from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.ink.geometry import Rect
    from app.ink.rasterize import Raster
    from app.numbers.number import Number, NumberCharacter
    from app.recognition.prediction import Prediction
    from app.storage.settings import Settings
    from app.ui.preferences import Preferences
    from app.ui.recognition_client import RecognitionClient
    from app.worker import Answer


class NumberSelection:
    """Follows the answers; in digit mode there is no number, and nothing to select."""

    def __init__(self, *, recognition: RecognitionClient, preferences: Preferences) -> None:
        self._recognition = recognition
        self._preferences = preferences
        self.number: Number | None = None
        self.index = 0
        """Of the selected digit or sign, from the left."""
        self.raster: Raster | None = None
        """The latest answer's raster, where it has one."""
        self.changed: Signal[[]] = Signal()
        """Emitted for every answer, and when another digit is selected."""
        self._pinned: Rect | None = None
        """The box of the character that the user selected; None: the newest ink's is selected."""
        recognition.answered.connect(self._answered)
        preferences.changed.connect(self._preferences_changed)

    @property
    def is_possible(self) -> bool:
        """Whether drawings are read as digits, which numbers are made of."""
        return self._preferences.settings.alphabet == DIGITS

    @property
    def is_on(self) -> bool:
        """Whether the drawing is read as a whole number."""
        return self._preferences.settings.reads_number

    @property
    def characters(self) -> tuple[NumberCharacter, ...]:
        """The digits and signs, from the left."""
        return () if self.number is None else self.number.characters

    @property
    def selected(self) -> NumberCharacter | None:
        """The selected digit or sign; None without a number."""
        return self.characters[self.index] if self.number is not None else None

    @property
    def prediction(self) -> Prediction | None:
        """The prediction whose bars are shown: the selected digit's, or the drawing's."""
        if self.is_on:
            return None if self.selected is None else self.selected.prediction
        answer = self._recognition.answer
        return None if answer is None else answer.prediction

    def switch(self, on: bool) -> None:
        """Read the drawing as a whole number from now on, or as one digit."""
        self._preferences.change(number=on)

    def set_number(self, number: Number | None) -> None:
        """Take a new reading; the user's selection stays where its digit is still there."""
        self.number = number
        self.index = self._index_in(number)
        self.changed.emit()

    def select(self, index: int) -> None:
        """Select a digit or sign; it stays selected in later readings."""
        self.index = index
        self._pinned = self.characters[index].box
        self.changed.emit()

    def step(self, by: int) -> None:
        """Select the character that is `by` further to the right, wrapping at the ends."""
        if self.number is not None:
            self.select((self.index + by) % len(self.characters))

    def _answered(self, answer: Answer) -> None:
        self.raster = answer.raster
        self.set_number(answer.number if self.is_on else None)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            self.set_number(None)

    def _index_in(self, number: Number | None) -> int:
        if number is None:
            self._pinned = None
            return 0
        if self._pinned is not None:
            shares = [_overlap(character.box, self._pinned) for character in number.characters]
            if max(shares) > 0:
                return shares.index(max(shares))
            self._pinned = None
        newest = [max(character.strokes, default=-1) for character in number.characters]
        return newest.index(max(newest))


def _overlap(a: Rect, b: Rect) -> float:
    """Return the area that two boxes share; more than 0 even where they only touch."""
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return (across + 1e-9) * (down + 1e-9) if across >= 0 and down >= 0 else 0.0
