"""Owns the eraser: what remains of strokes after something round has passed over them."""

import itertools
import math
from collections.abc import Iterator, Sequence

from app.ink.stroke import Bounds, Point, Stroke

Path = Sequence[tuple[float, float]]
"""Where the eraser's centre went, in drawing units; one point or more."""


def erased(strokes: tuple[Stroke, ...], path: Path, radius: float) -> tuple[Stroke, ...]:
    """Return the strokes without the parts whose centre line lies within `radius` of `path`.

    Drawing units. A stroke that is cut becomes several; one that is not touched stays the same
    object.
    """
    left, right = min(x for x, _ in path), max(x for x, _ in path)
    top, bottom = min(y for _, y in path), max(y for _, y in path)
    reach = Bounds(left, top, right, bottom).grown(radius)
    remaining: list[Stroke] = []
    for stroke in strokes:
        if _apart(stroke.bounds, reach):
            remaining.append(stroke)
        else:
            remaining.extend(_cut(stroke, path, radius))
    return tuple(remaining)


def _apart(a: Bounds, b: Bounds) -> bool:
    return a.right < b.left or b.right < a.left or a.bottom < b.top or b.bottom < a.top


def _cut(stroke: Stroke, path: Path, radius: float) -> Iterator[Stroke]:
    """Yield the runs of the stroke that the eraser has not reached."""
    pieces = list(zip(path, path[1:] or path, strict=False))
    touched = False
    run: list[tuple[Point, bool]] = []
    for point, original in _dense(stroke.points, max(radius / 4, 0.25)):
        if any(_distance(point, *piece) <= radius for piece in pieces):
            touched = True
            if run:
                yield _from_run(run, stroke.width)
            run = []
        else:
            run.append((point, original))
    if not touched:
        yield stroke
    elif run:
        yield _from_run(run, stroke.width)


def _from_run(run: list[tuple[Point, bool]], width: float) -> Stroke:
    """Return the stroke of a run: the pen's own points, and where it was cut."""
    inner = [point for point, original in run[1:-1] if original]
    ends = [run[0][0], *inner, run[-1][0]] if len(run) > 1 else [run[0][0]]
    return Stroke(tuple(ends), width)


def _dense(points: tuple[Point, ...], step: float) -> Iterator[tuple[Point, bool]]:
    """Yield the points, with more between those farther apart than `step`; True marks the pen's."""
    yield points[0], True
    for before, after in itertools.pairwise(points):
        count = min(int(math.hypot(after.x - before.x, after.y - before.y) / step), 10_000)
        for index in range(1, count + 1):
            share = index / (count + 1)
            yield Point(*(a + (b - a) * share for a, b in zip(before, after, strict=True))), False
        yield after, True


def _distance(point: Point, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of a point to a straight piece."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = ((point.x - start[0]) * dx + (point.y - start[1]) * dy) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point.x - start[0] - share * dx, point.y - start[1] - share * dy)
