"""The eraser: what remains of strokes after a disc has passed over them."""

import itertools
import math
from collections.abc import Iterator, Sequence

from app.ink.curve import beziers, place_at
from app.ink.geometry import Rect
from app.ink.stroke import Point, Stroke

EraserPath = Sequence[tuple[float, float]]
"""Positions of the eraser's centre, in drawing units; at least one."""


def erase(strokes: tuple[Stroke, ...], path: EraserPath, radius: float) -> tuple[Stroke, ...]:
    """Return the strokes without the parts whose curve lies within `radius` of `path`.

    Drawing units. A stroke that is cut becomes several; an untouched one stays the same object.
    """
    xs, ys = [x for x, _ in path], [y for _, y in path]
    reach = Rect(min(xs), min(ys), max(xs), max(ys)).grown(radius)
    remaining: list[Stroke] = []
    for stroke in strokes:
        if stroke.bounds.intersects(reach):
            remaining.extend(_cut(stroke, path, radius))
        else:
            remaining.append(stroke)
    return tuple(remaining)


def _cut(stroke: Stroke, path: EraserPath, radius: float) -> Iterator[Stroke]:
    """Yield the runs of the stroke that lie beyond the eraser; the stroke itself if it all does."""
    segments = list(zip(path, path[1:] or path, strict=False))
    touched = False
    run: list[tuple[Point, bool]] = []
    for point, is_original in _resampled(stroke.points, max(radius / 4, 0.25)):
        if any(_distance(point, *segment) <= radius for segment in segments):
            touched = True
            if run:
                yield _stroke_of(run, stroke.width)
            run = []
        else:
            run.append((point, is_original))
    if not touched:
        yield stroke
    elif run:
        yield _stroke_of(run, stroke.width)


def _stroke_of(run: list[tuple[Point, bool]], width: float) -> Stroke:
    """Return the stroke of a run: its two ends, and between them the pen's own points only."""
    inner = [point for point, is_original in run[1:-1] if is_original]
    points = [run[0][0], *inner, run[-1][0]] if len(run) > 1 else [run[0][0]]
    return Stroke(tuple(points), width)


def _resampled(points: tuple[Point, ...], step: float) -> Iterator[tuple[Point, bool]]:
    """Yield the points, with some of the curve where two are farther apart than `step`.

    True marks the pen's own.
    """
    yield points[0], True
    curve = beziers(points)
    for before, after in itertools.pairwise(points):
        if before[:2] != after[:2]:
            bezier = next(curve)
            count = min(int(math.hypot(after.x - before.x, after.y - before.y) / step), 10_000)
            for index in range(1, count + 1):
                share = index / (count + 1)
                time = before.t + (after.t - before.t) * share
                yield Point(*place_at(bezier, share), time), False
        yield after, True


def _distance(point: Point, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of a point to a line segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = ((point.x - start[0]) * dx + (point.y - start[1]) * dy) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point.x - start[0] - share * dx, point.y - start[1] - share * dy)
