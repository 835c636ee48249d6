"""Owns the pieces of a number: the smallest parts of its ink that a digit is put together from.

A piece is a stroke, a part of one, or a part of a picture's ink; all that is asked of it here is
where it lies. Their number is bounded, whatever is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.ink.geometry import Rect
from app.ink.stroke import Stroke

Places = NDArray[np.float64]
"""Points of ink, float64 (n, 2), in drawing units or pixels."""

MAX_PIECES = 48
_SAMPLES = 24
_PAD = 0.08
"""Ink is taken to be so much wider, in heights of the whole, where columns of ink are sought."""
_IN_A_COLUMN = 3
"""So many pieces of a digit are kept apart; digits in more strokes are put together first."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of the ink that belongs to one digit or mark as a whole."""

    box: Rect
    places: Places
    """Some points of it, at most 24, in the unit of the box."""
    sources: tuple[int, ...]
    """The strokes that it is of, by their number; of a picture, the number of its component."""
    ink: tuple[Any, ...]
    """What it is drawn from: strokes, or labels of a picture."""

    @property
    def middle(self) -> float:
        """The middle of its box, from the left."""
        return (self.box.left + self.box.right) / 2

    @property
    def height(self) -> float:
        """The height of its box."""
        return self.box.height

    @property
    def width(self) -> float:
        """The width of its box."""
        return self.box.width


def stroke_pieces(strokes: Sequence[Stroke]) -> list[Piece]:
    """Return the pieces of strokes, from the left, at most MAX_PIECES, in no order of time."""
    pieces = [piece_of(stroke, number) for number, stroke in enumerate(strokes)]
    return bounded(pieces)


def piece_of(stroke: Stroke, number: int) -> Piece:
    """Return a stroke, or a part of stroke `number`, as a piece."""
    points = stroke.points
    step = max((len(points) - 1) / (_SAMPLES - 1), 1.0)
    chosen = sorted({round(index * step) for index in range(_SAMPLES)} & set(range(len(points))))
    places = np.array([points[index][:2] for index in chosen], np.float64)
    return Piece(stroke.bounds, places, (number,), (stroke,))


def united(pieces: Sequence[Piece]) -> Piece:
    """Return pieces as one."""
    places = np.concatenate([piece.places for piece in pieces])
    if len(places) > _SAMPLES:
        places = places[np.linspace(0, len(places) - 1, _SAMPLES).astype(int)]
    return Piece(
        box_of(pieces),
        places,
        tuple(sorted({source for piece in pieces for source in piece.sources})),
        tuple(ink for piece in pieces for ink in piece.ink),
    )


def box_of(pieces: Sequence[Piece]) -> Rect:
    """Return the box around pieces."""
    lefts, tops, rights, bottoms = zip(*(piece.box.edges for piece in pieces), strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def usual_height(pieces: Sequence[Piece]) -> float:
    """Return how high a digit usually is here, more than 0, in the pieces' unit.

    It is the columns' median height, each weighing as much as it is high: points say little.
    """
    boxes = [box_of(column) for column in columns_of(pieces)]
    heights = np.sort([box.bottom - box.top for box in boxes])
    if heights[-1] <= 0:  # only dots and level lines
        return max(box.right - box.left for box in boxes) or 1.0
    weights = np.cumsum(heights)
    return float(heights[np.searchsorted(weights, weights[-1] / 2)])


def columns_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces in columns, from the left: in one lies what overlaps from side to side."""
    whole = box_of(pieces)
    pad = _PAD * (whole.bottom - whole.top) / 2
    columns: list[list[Piece]] = []
    edge = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.box.left, piece.box.right)):
        left, right = piece.box.left - pad, piece.box.right + pad
        narrower = min(right - left, edge - min(p.box.left for p in columns[-1])) if columns else 0
        if columns and edge - left > 0.4 * narrower:
            columns[-1].append(piece)
            edge = max(edge, right)
        else:
            columns.append([piece])
            edge = right
    return columns


def bounded(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces from the left, small ones put together where there are too many.

    Digits drawn as dots or in many short strokes become a few pieces; so does any scribble.
    """
    pieces = _few(pieces)
    result: list[Piece] = []
    height = usual_height(pieces)
    for column in columns_of(pieces):
        box = box_of(column)
        digits = max(round((box.right - box.left) / (0.7 * height)), 1)
        result += _merged(column, _IN_A_COLUMN * digits + 1)
    return from_the_left(_merged(result, MAX_PIECES))


def from_the_left(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces in the order of their middles, whatever the order they come in."""
    return sorted(pieces, key=lambda piece: (piece.middle, piece.box.top, piece.box.edges))


def _few(pieces: Sequence[Piece]) -> list[Piece]:
    """Return at most three times MAX_PIECES: what lies in one cell of a grid becomes one piece."""
    found = from_the_left(pieces)
    cell = usual_height(found) / 12 if len(found) > 3 * MAX_PIECES else 1.0
    while len(found) > 3 * MAX_PIECES:
        cells: dict[tuple[float, float], list[Piece]] = {}
        for piece in found:
            middle = (piece.box.top + piece.box.bottom) / 2
            cells.setdefault((piece.middle // cell, middle // cell), []).append(piece)
        found = [united(together) for together in cells.values()]
        cell *= 1.5
    return found


def _merged(pieces: list[Piece], limit: int) -> list[Piece]:
    """Return at most `limit` pieces: again and again the two that make the smallest one are put."""
    while len(pieces) > limit:
        boxes = np.array([piece.box.edges for piece in pieces])
        low = np.minimum(boxes[:, None, :2], boxes[None, :, :2])
        high = np.maximum(boxes[:, None, 2:], boxes[None, :, 2:])
        size = np.hypot(*(high - low).transpose(2, 0, 1))
        np.fill_diagonal(size, np.inf)
        first, second = divmod(int(size.argmin()), len(pieces))
        together = united([pieces[first], pieces[second]])
        pieces = [p for i, p in enumerate(pieces) if i not in (first, second)] + [together]
    return pieces
