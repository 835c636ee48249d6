"""Owns telling a minus sign, a decimal point and a comma by where they stand beside the digits.

A point and a comma are told by shape alone, never by the system's language: the same ink is the
same text everywhere. What is long and upright is a comma, anything else a point.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.ink.geometry import Rect
from app.numbers.segments import Piece, box_of, columns_of

MINUS = "-"
POINT = "."
COMMA = ","
DECIMALS = (POINT, COMMA)

_TALL = 0.55
"""A column of ink so high, in heights of a usual digit, stands on the line and reaches the top."""
_PART = 0.3
"""Pieces lower than this say nothing of where the line is."""
_POINT_SIDE = 0.12
_COMMA_LENGTH = 0.13
_COMMA_SLENDER = 1.2
"""A comma's height over its width is at least this."""
_MOST = 0.5
"""No point and no comma is longer, in heights."""
_MOST_COST = 3.0
"""What fits worse than this is no mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece that may be a mark, and what its shape and place say against that."""

    piece: int
    text: str
    """MINUS, POINT or COMMA."""
    cost: float
    """0 where everything fits, about 1 where something is odd."""


def marks_of(pieces: Sequence[Piece], height: float) -> list[Mark]:
    """Return all marks that there may be; `pieces` come from the left, `height` is a digit's."""
    parts = [piece for piece in pieces if piece.height >= _PART * height]
    columns = [box_of(column) for column in columns_of(parts)] if parts else []
    tall = [box for box in columns if box.bottom - box.top >= _TALL * height]
    sources = Counter(source for piece in pieces for source in piece.sources)
    found = []
    for index, piece in enumerate(pieces):
        if any(sources[source] > 1 for source in piece.sources):
            continue  # a part that was cut off is no mark: those stand alone
        beside = [box for box in tall if not _inside(box, piece.box)]
        if beside:
            found.append(_decimal(index, piece, beside, height))
            if index == 0:
                found.append(_minus(piece, beside, height))
    return [mark for mark in found if mark.cost <= _MOST_COST]


def _inside(box: Rect, other: Rect) -> bool:
    """Whether a box is another one or lies in it: then it is no neighbour."""
    return box.left >= other.left and box.right <= other.right and box.bottom <= other.bottom


def _decimal(index: int, piece: Piece, tall: Sequence[Rect], height: float) -> Mark:
    """Return the point or the comma that a piece would be, by its shape."""
    line = _line_at(piece.middle, tall)
    wide, high = piece.width / height, piece.height / height
    above = (line - (piece.box.top + piece.box.bottom) / 2) / height
    if high >= _COMMA_LENGTH and high >= _COMMA_SLENDER * wide:
        foot = (piece.box.bottom - line) / height
        cost = _beyond(high, 0.08, 0.32, 0.15) + _beyond(foot, -0.02, 0.35, 0.1)
        cost += _beyond(above, -0.3, 0.1, 0.1) + _beyond(wide, 0.0, 0.25, 0.1)
        return Mark(index, COMMA, cost if max(wide, high) <= _MOST else _MOST_COST + 1)
    cost = _beyond(max(wide, high), 0.0, _POINT_SIDE, 0.1) + _beyond(above, -0.12, 0.15, 0.1)
    return Mark(index, POINT, cost if max(wide, high) <= _MOST else _MOST_COST + 1)


def _minus(piece: Piece, tall: Sequence[Rect], height: float) -> Mark:
    """Return the minus sign that the leftmost piece would be."""
    after = min(tall, key=lambda box: box.left)
    wide, high = piece.width / height, piece.height / height
    place = (piece.box.top + piece.box.bottom) / 2 - after.top
    down = place / (after.bottom - after.top)
    into = (piece.box.right - after.left) / height
    cost = _beyond(wide, 0.15, 1.1, 0.2) + _beyond(high / max(wide, 1e-6), 0.0, 0.35, 0.15)
    return Mark(0, MINUS, cost + _beyond(down, 0.25, 0.75, 0.1) + _beyond(into, -0.9, 0.0, 0.1))


def _line_at(x: float, tall: Sequence[Rect]) -> float:
    """Return where the line runs at x: at the feet of the tall columns on both sides."""
    before = [box for box in tall if box.left + box.right <= 2 * x]
    after = [box for box in tall if box.left + box.right > 2 * x]
    feet = [max(before, key=lambda box: box.right).bottom] if before else []
    feet += [min(after, key=lambda box: box.left).bottom] if after else []
    return sum(feet) / len(feet)


def _beyond(value: float, low: float, high: float, scale: float) -> float:
    """Return how far a value lies outside a range, in units of `scale`, squared."""
    return float((max(low - value, value - high, 0.0) / scale) ** 2)
