"""Owns what the window knows of a whole number: what it is, and what is chosen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ink.geometry import Rect
    from app.numbers.number import Number, NumberCharacter


_LOW = 0.35
"""The share of a box's height in which points are set."""


class NumberState:
    """The number on the canvas and the one of its digits and signs that is chosen."""

    def __init__(self) -> None:
        self.number: Number | None = None
        self.index = 0
        """Of the mark that is chosen."""
        self._kept: Rect | None = None
        """The box of the mark that the user chose; None: the newest ink's is chosen."""

    @property
    def marks(self) -> tuple[NumberCharacter, ...]:
        """The digits and signs, from the left."""
        return () if self.number is None else self.number.characters

    @property
    def chosen(self) -> NumberCharacter | None:
        """The mark that is chosen; None without a number."""
        return self.marks[self.index] if self.number is not None else None

    def take(self, number: Number | None) -> None:
        """Take a new reading; what the user chose stays chosen where it still is."""
        self.number = number
        self.index = 0
        if number is None:
            self._kept = None
            return
        if self._kept is not None:
            shares = [_overlap(mark.box, self._kept) for mark in number.characters]
            if max(shares) > 0:
                self.index = shares.index(max(shares))
                return
            self._kept = None
        newest = [max(mark.strokes, default=-1) for mark in number.characters]
        self.index = newest.index(max(newest))

    def choose(self, index: int) -> None:
        """Choose a mark; it stays chosen."""
        self.index = index
        self._kept = self.marks[index].box

    def step(self, by: int) -> bool:
        """Choose the mark so many to the right, round the ends; return whether there are any."""
        if self.number is None:
            return False
        self.choose((self.index + by) % len(self.marks))
        return True

    def at(self, x: float, y: float) -> int | None:
        """Return the mark in whose box a place lies, in drawing units: the narrowest one.

        Low in a box it lies in none, unless on ink: there a decimal point is set, as under a 7.
        """
        inside = [
            (mark.box.right - mark.box.left, index)
            for index, mark in enumerate(self.marks)
            if mark.box.left <= x <= mark.box.right
            and mark.box.top <= y <= mark.box.bottom
            and (not _is_low(y, mark.box) or _is_on_ink(x, y, mark))
        ]
        return min(inside)[1] if inside else None


def _is_low(y: float, box: Rect) -> bool:
    return y > box.bottom - _LOW * (box.bottom - box.top)


def _is_on_ink(x: float, y: float, mark: NumberCharacter) -> bool:
    """Whether a place lies on the ink; a picture's is not looked at."""
    if mark.content.background is not None:
        return True
    return any(
        (point.x - x) ** 2 + (point.y - y) ** 2 <= stroke.width**2
        for stroke in mark.content.strokes
        for point in stroke.points
    )


def _overlap(a: Rect, b: Rect) -> float:
    """Return how much of two boxes lies over each other: more than 0 where they meet at all."""
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return (across + 1e-9) * (down + 1e-9) if across >= 0 and down >= 0 else 0.0
