"""Owns which pieces of ink may be one digit together, and what their places say for and against it.

Pure geometry, in heights of a usual digit: the same at any size and place, in any order of strokes.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ink.geometry import Rect
from app.numbers.segments import Piece

Matrix = NDArray[np.float64]

WINDOW = 6
"""A piece may be joined with so many that come after it from the left."""
_MOST_PIECES = 5
"""The most pieces of one digit: more strokes than that have been put together before."""
_MOST_WIDTH = 1.7
"""The widest digit, in heights, of more than one piece."""
_FAR = 0.45
"""Pieces with more paper between them are not of one digit, in heights."""
_PAD = 0.06
"""How much wider ink is taken to be where its overlap from side to side is measured, in heights."""
_CROSSING = 0.03
"""Ink so near, in heights, touches."""
_SEVERED = 0.15
"""Parts of one stroke, or of ink that hangs together, were cut from each other if so near."""

GEOMETRY = ("small", "tall", "wide", "loose", "overlapped", "crossed", "severed", "manifold")
"""What Group.features has, in this order."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that may be one digit."""

    pieces: tuple[int, ...]
    """From the left, by their number; the first one is the leftmost."""
    box: Rect
    features: tuple[float, ...]
    """One for each of GEOMETRY, 0 where nothing speaks against it."""


def groups_of(pieces: Sequence[Piece], height: float, pen: float = 0.0) -> list[Group]:
    """Return all groups that may be a digit; every piece alone is one of them.

    `pieces` come from the left; `height` is that of a usual digit, `pen` the width of the lines
    where the pieces are not their middles, both in the pieces' unit.
    """
    near = _Nearness(pieces, height, pen)
    groups = []
    for first in range(len(pieces)):
        for chosen, box in _choices((first,), pieces[first].box, pieces, height):
            looseness = _looseness(chosen, near)
            if looseness <= _FAR:
                groups.append(Group(chosen, box, _features(chosen, box, near, looseness)))
    return groups


def _choices(
    chosen: tuple[int, ...], box: Rect, pieces: Sequence[Piece], height: float
) -> Iterator[tuple[tuple[int, ...], Rect]]:
    """Yield the pieces chosen and their box, and all that can be added to them within the window.

    Of ink that was cut, neighbouring parts only: nothing in between is left out.
    """
    yield chosen, box
    if len(chosen) == _MOST_PIECES:
        return
    for index in range(chosen[-1] + 1, min(chosen[0] + 1 + WINDOW, len(pieces))):
        piece = pieces[index]
        wider = box.union(piece.box)
        if wider.right - wider.left > _MOST_WIDTH * height:
            continue
        if not _leaves_a_gap(chosen, index, pieces):
            yield from _choices((*chosen, index), wider, pieces, height)


def _leaves_a_gap(chosen: tuple[int, ...], index: int, pieces: Sequence[Piece]) -> bool:
    """Return whether a part of the same ink, between those chosen and this one, is left out."""
    source = pieces[index].sources
    alike = [one for one in chosen if pieces[one].sources == source]
    if not alike:
        return False
    return any(pieces[one].sources == source for one in range(alike[-1] + 1, index))


class _Nearness:
    """How near pieces are to each other, in heights; inf where it does not matter."""

    def __init__(self, pieces: Sequence[Piece], height: float, pen: float) -> None:
        count = len(pieces)
        self.height = height
        self.apart = np.full((count, count), np.inf)
        self.overlap = np.zeros((count, count))
        self.severed = np.zeros((count, count))
        for a, b in itertools.combinations(range(count), 2):
            gap, overlap = _gap_and_overlap(pieces[a].box, pieces[b].box, height)
            if gap > _FAR:
                continue
            away = pieces[a].places[:, None] - pieces[b].places[None]
            distance = float(np.sqrt((away * away).sum(axis=2).min())) / height
            self.apart[a, b] = self.apart[b, a] = distance
            self.overlap[a, b] = self.overlap[b, a] = overlap
            same = bool(set(pieces[a].sources) & set(pieces[b].sources))
            distance += 0.0 if same else pen / height
            cut = same and distance < _SEVERED
            self.severed[a, b] = self.severed[b, a] = cut
        self.rows: list[list[float]] = self.apart.tolist()
        self.crossing = (self.apart < _CROSSING).astype(float)


def _gap_and_overlap(a: Rect, b: Rect, height: float) -> tuple[float, float]:
    """Return the paper between two boxes in heights, and the overlap's share of the narrower."""
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    gap = max(across, down, 0.0) / height
    pad = _PAD * height
    narrower = min(a.right - a.left, b.right - b.left) + pad
    return gap, min(max(pad - across, 0.0) / narrower, 1.0)


def _looseness(chosen: tuple[int, ...], near: _Nearness) -> float:
    """Return the longest edge of the shortest tree that joins the pieces, in heights (Prim)."""
    rest = {index: near.rows[chosen[0]][index] for index in chosen[1:]}
    longest = 0.0
    while rest:
        nearest = min(rest, key=rest.__getitem__)
        longest = max(longest, rest.pop(nearest))
        for index, distance in rest.items():
            rest[index] = min(distance, near.rows[nearest][index])
    return longest


def _features(
    chosen: tuple[int, ...], box: Rect, near: _Nearness, looseness: float
) -> tuple[float, ...]:
    width, high = (box.right - box.left) / near.height, (box.bottom - box.top) / near.height
    size = max(high, 0.5 * width, 1e-3)
    outside = np.ones(len(near.apart), bool)
    outside[list(chosen)] = False
    inside = list(chosen)
    return (
        max(float(np.log(0.75 / size)), 0.0),
        max(float(np.log(size / 1.3)), 0.0),
        max(width - 0.9, 0.0),
        looseness,
        # Half: the group on the other side counts it as well.
        float(near.overlap[inside][:, outside].sum()) / 2,
        float(near.crossing[inside][:, outside].sum()) / 2,
        float(near.severed[inside][:, outside].sum()) / 2,
        float(len(chosen) - 1),
    )
