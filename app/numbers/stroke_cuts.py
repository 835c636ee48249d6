"""Cuts a stroke in which the pen was not lifted between digits.

A cut is tried where nearly all of the stroke before it lies on one side and all after it on the
other: at the ligature between digits. The recogniser decides which of the parts belong together.
All lengths are in heights of a usual digit.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

from app.ink.stroke import Point, Stroke
from app.numbers.segments import Points, Segment, stroke_segment

_MAX_OVERLAP = 0.12
"""How far the two sides of a cut may overlap horizontally."""
_MIN_SIDE = 0.12
"""The least width or height of the ink on each side of a cut."""
_MAX_CUTS = 12
_STEP = 0.02
"""Points are added where two are farther apart than three of these."""
_MAX_ADDED_BETWEEN, _MAX_ADDED = 50, 5_000
"""The most points added between two points, and to a stroke, to bound the time."""
_SIMILAR_OVERLAP = 0.02
"""Overlaps that differ by less are equally good."""


def cut_stroke(segment: Segment, height: float) -> list[Segment]:
    """Return the parts of a segment that is one stroke, in the order of writing.

    Neighbouring parts share the point of the cut, so that together they are the same ink. A stroke
    that has no ligature, and a segment of several strokes, are returned whole. `height` is that of
    a usual digit, in drawing units.
    """
    if len(segment.parts) != 1:
        return [segment]
    stroke: Stroke = segment.parts[0]
    points = _refined(stroke.points, _STEP * height)
    cuts = _cuts(np.array([point[:2] for point in points], np.float64), height)
    ends = [0, *cuts, len(points) - 1]
    parts = [points[first : last + 1] for first, last in itertools.pairwise(ends)]
    return [stroke_segment(Stroke(part, stroke.width), segment.sources[0]) for part in parts]


def _refined(points: tuple[Point, ...], step: float) -> tuple[Point, ...]:
    """Return the points with more between those that are farther apart than three steps.

    A fast pen may cross from digit to digit between two points: there has to be one to cut at.
    """
    xy = np.array([point[:2] for point in points], np.float64)
    lengths = np.hypot(*np.diff(xy, axis=0).T)
    counts = np.minimum(lengths / (3 * step), _MAX_ADDED_BETWEEN).astype(int)
    if counts.sum() > _MAX_ADDED:  # a scribble
        return points
    result = [points[0]]
    for (before, after), count in zip(itertools.pairwise(points), counts.tolist(), strict=True):
        for index in range(1, count + 1):
            share = index / (count + 1)
            result.append(Point(*(a + (b - a) * share for a, b in zip(before, after, strict=True))))
        result.append(after)
    return tuple(result)


def _cuts(points: Points, height: float) -> list[int]:
    """Return the indices of the points to cut at, in order, at most _MAX_CUTS."""
    x = points[:, 0] if points[-1, 0] >= points[0, 0] else -points[:, 0]
    farthest_before = np.maximum.accumulate(x)
    nearest_after = np.minimum.accumulate(x[::-1])[::-1]
    overlap = (farthest_before - nearest_after) / height
    is_possible = overlap <= _MAX_OVERLAP
    found = []
    for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(is_possible)) + 1):
        if is_possible[run[0]]:
            cut = _best_of_run(run, x, overlap)
            if _has_ink_on_both_sides(cut, points, height):
                found.append(cut)
    step = max(len(found) / _MAX_CUTS, 1.0)
    return [found[int(index * step)] for index in range(min(len(found), _MAX_CUTS))]


def _best_of_run(
    run: NDArray[np.int64], x: NDArray[np.float64], overlap: NDArray[np.float64]
) -> int:
    """Return the middle of those points of a run that have the least overlap."""
    best = run[overlap[run] <= overlap[run].min() + _SIMILAR_OVERLAP]
    middle = (x[best[0]] + x[best[-1]]) / 2
    return int(best[np.abs(x[best] - middle).argmin()])


def _has_ink_on_both_sides(cut: int, points: Points, height: float) -> bool:
    sides = (points[: cut + 1], points[cut:])
    return all(float(np.ptp(side, axis=0).max()) >= _MIN_SIDE * height for side in sides)
