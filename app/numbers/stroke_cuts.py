"""Owns cutting a stroke in which the pen was not lifted between digits.

A cut is worth trying where nearly all of the stroke before it lies on one side and all after it on
the other: the ligature from digit to digit. Which cuts are right, the recogniser decides.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

from app.ink.stroke import Point, Stroke
from app.numbers.segments import Piece, piece_of

_OVERLAP = 0.12
"""How far both sides of a cut may reach into each other, in heights."""
_LEAST = 0.12
"""What is cut off is at least so wide, in heights, or high."""
_MOST_CUTS = 12
_MOST_BETWEEN, _MOST_ADDED = 50, 5_000
"""So many points are added between two, and to a stroke: its cuts are found in bounded time."""
_FINE = 0.02
"""The stroke is looked at in steps of so many heights."""


def stroke_cut(piece: Piece, height: float) -> list[Piece]:
    """Return the parts of a piece that is one stroke, in the order of writing; alone if uncut.

    Neighbouring parts share the point of the cut, so together they are the stroke's ink again.
    """
    if len(piece.ink) != 1:
        return [piece]
    stroke: Stroke = piece.ink[0]
    points = _refined(stroke.points, _FINE * height)
    cuts = _cuts(np.array([point[:2] for point in points], np.float64), height)
    ends = [0, *cuts, len(points) - 1]
    parts = [points[first : last + 1] for first, last in itertools.pairwise(ends)]
    return [piece_of(Stroke(part, stroke.width), piece.sources[0]) for part in parts]


def _refined(points: tuple[Point, ...], step: float) -> tuple[Point, ...]:
    """Return the points, with more between those farther apart than three steps.

    A fast pen crosses from digit to digit in one leap: there has to be a point to cut at.
    """
    places = np.array([point[:2] for point in points], np.float64)
    lengths = np.hypot(*np.diff(places, axis=0).T)
    counts = np.minimum(lengths / (3 * step), _MOST_BETWEEN).astype(int)
    if counts.sum() > _MOST_ADDED:  # no writing, but a scribble
        return points
    result = [points[0]]
    for (before, after), count in zip(itertools.pairwise(points), counts.tolist(), strict=True):
        for index in range(1, count + 1):
            share = index / (count + 1)
            result.append(Point(*(a + (b - a) * share for a, b in zip(before, after, strict=True))))
        result.append(after)
    return tuple(result)


def _cuts(places: NDArray[np.float64], height: float) -> list[int]:
    """Return at which points to cut, in order."""
    x = places[:, 0] if places[-1, 0] >= places[0, 0] else -places[:, 0]
    before = np.maximum.accumulate(x)
    after = np.minimum.accumulate(x[::-1])[::-1]
    overlap = (before - after) / height
    possible = overlap <= _OVERLAP
    cuts: list[int] = []
    for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(possible)) + 1):
        if possible[run[0]]:
            cuts += _of_run(run, x, overlap)
    wanted = [cut for cut in cuts if _is_worth(cut, places, height)]
    step = max(len(wanted) / _MOST_CUTS, 1.0)
    return [wanted[int(index * step)] for index in range(min(len(wanted), _MOST_CUTS))]


def _of_run(
    run: NDArray[np.int64], x: NDArray[np.float64], overlap: NDArray[np.float64]
) -> list[int]:
    """Return the middle of the best part of a run of points at which it may be cut."""
    best = run[overlap[run] <= overlap[run].min() + 0.02]
    middle = (x[best[0]] + x[best[-1]]) / 2
    return [int(best[np.abs(x[best] - middle).argmin()])]


def _is_worth(cut: int, places: NDArray[np.float64], height: float) -> bool:
    """Return whether there is enough of the stroke on both sides."""
    sides = (places[: cut + 1], places[cut:])
    return all(float(np.ptp(side, axis=0).max()) >= _LEAST * height for side in sides)
