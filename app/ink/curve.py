"""The curve of a stroke: a centripetal Catmull–Rom spline through its points, as cubic Béziers.

Plain Python: imported before the window is up. Canvas, rendered pictures and SVG all draw it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise

from app.ink.geometry import Rect
from app.ink.stroke import Stroke

Place = tuple[float, float]
"""x and y, in any unit."""
Bezier = tuple[Place, Place, Place, Place]
"""A cubic: its start, two control points, its end."""

PIXEL_TOLERANCE = 0.05
"""The farthest that what is drawn lies from the curve, in pixels."""
_CORNER_COSINE = 0.17
"""Of the turn from which on a point is a corner: 80°. A circle of five points turns by 72°."""
_MANY_POINTS = 5000
_MAX_PIECES = 100
"""Line segments for one cubic, however large it is."""


def beziers(points: Iterable[Sequence[float]]) -> Iterator[Bezier]:
    """Yield a cubic from each point (x, y, …) to the next; points at the same place count once.

    Knots lie the square root of the distance apart, so there are no cusps or loops between points
    (C. Yuksel et al., Parameterization and applications of Catmull–Rom curves, 2011). Tangents are
    longer than theirs where the stroke turns: equal steps along a circle give that circle. At the
    stroke's ends and at sharp turns the curve bends on as it does at the cubic's other end; where
    both ends are such it is straight.
    """
    before: Place | None = None
    start: Place | None = None
    end: Place | None = None
    for point in points:
        after = point[0], point[1]
        if after == end:
            continue
        if start is not None and end is not None:
            yield _bezier(before, start, end, after)
        before, start, end = start, end, after
    if start is not None and end is not None:
        yield _bezier(before, start, end, None)


def pieces(bezier: Bezier, tolerance: float) -> Iterator[Place]:
    """Yield the ends of the line segments that replace a cubic, no farther off than `tolerance`.

    The cubic's start is not among them. A straight cubic gives its end only.
    """
    count = 1 if is_straight(bezier, tolerance) else _count(bezier, tolerance)
    for index in range(1, count):
        yield place_at(bezier, index / count)
    yield bezier[3]


def place_at(bezier: Bezier, t: float) -> Place:
    """Return the place on a cubic at a parameter from 0 to 1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = bezier
    s = 1.0 - t
    a, b, c, d = s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def flattened(points: Sequence[Sequence[float]], tolerance: float) -> Iterator[Place]:
    """Yield the curve through points as a polyline, no farther off than `tolerance`."""
    yield points[0][0], points[0][1]
    for bezier in beziers(points):
        yield from pieces(bezier, tolerance)


def is_straight(bezier: Bezier, tolerance: float) -> bool:
    """Whether both control points lie within `tolerance` of the line from start to end."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = bezier
    x, y = dx - ax, dy - ay
    reach = tolerance * math.hypot(x, y)
    return (
        abs((bx - ax) * y - (by - ay) * x) <= reach and abs((cx - ax) * y - (cy - ay) * x) <= reach
    )


def curve_bounds(strokes: Iterable[Stroke]) -> Rect | None:
    """Return a box that holds the curves of all strokes; None without strokes.

    It is that of the control points, a little larger than the curves; for a stroke of very many
    points that of the points, grown by their longest step, which takes a tenth of the time.
    """
    boxes = [_bounds(stroke) for stroke in strokes]
    return reduce(Rect.union, boxes) if boxes else None


def _bounds(stroke: Stroke) -> Rect:
    points = stroke.points
    if len(points) > _MANY_POINTS:
        # A control point is at most 4 / 3 / (1 + cos 40°) = 0.76 steps from its end.
        steps = (math.hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(points))
        return stroke.bounds.grown(max(steps))
    places = [points[0][:2], *(place for one in beziers(points) for place in one[1:])]
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _bezier(before: Place | None, start: Place, end: Place, after: Place | None) -> Bezier:
    """Return the cubic from `start` to `end`; None for a point that the stroke lacks."""
    (ax, ay), (bx, by) = start, end
    x, y = bx - ax, by - ay
    first = None if before is None else _tangent(before, start, end)
    second = None if after is None else _tangent(after, end, start)
    if first is None and second is None:
        first, second = (x / 3.0, y / 3.0), (-x / 3.0, -y / 3.0)
    first = first or _mirrored(second, x, y)
    second = second or _mirrored(first, x, y)
    return start, (ax + first[0], ay + first[1]), (bx + second[0], by + second[1]), end


def _mirrored(tangent: Place | None, x: float, y: float) -> Place:
    """Return the tangent at the other end of a chord (x, y) that makes the cubic symmetric."""
    assert tangent is not None
    length = math.hypot(x, y)
    x, y = x / length, y / length
    along = tangent[0] * x + tangent[1] * y
    return tangent[0] - 2.0 * along * x, tangent[1] - 2.0 * along * y


def _tangent(before: Place, here: Place, there: Place) -> Place | None:
    """Return the way from `here` to the control point of the cubic from `here` to `there`.

    None where the way from `before` turns so sharply that `here` is a corner. A third of a
    centripetal Catmull–Rom tangent is 2 / 3 · cos(turn / 2) · ahead / (1 + √(ahead / back)) long,
    and halves the turn. An arc that turns half as much at each end has 2 / (1 + cos(turn / 2))
    instead of the cosine.
    """
    back_x, back_y = here[0] - before[0], here[1] - before[1]
    ahead_x, ahead_y = there[0] - here[0], there[1] - here[1]
    back, ahead = math.hypot(back_x, back_y), math.hypot(ahead_x, ahead_y)
    turn = (back_x / back) * (ahead_x / ahead) + (back_y / back) * (ahead_y / ahead)
    if turn < _CORNER_COSINE:
        return None
    x, y = back_x / back + ahead_x / ahead, back_y / back + ahead_y / ahead
    half = math.hypot(x, y) / 2.0  # the cosine of half the turn
    root = math.sqrt(back)
    length = 4.0 / 3.0 * ahead * root / (root + math.sqrt(ahead)) / (1.0 + half)
    return length * x / (2.0 * half), length * y / (2.0 * half)


def _count(bezier: Bezier, tolerance: float) -> int:
    """Return how many line segments keep within `tolerance` of a cubic.

    A chord over a share h of the parameter is off by h² / 8 of the second derivative at most, and
    that is 6 times the larger second difference of the control points.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = bezier
    bend = max(
        math.hypot(ax - 2 * bx + cx, ay - 2 * by + cy),
        math.hypot(bx - 2 * cx + dx, by - 2 * cy + dy),
    )
    return min(max(math.ceil(math.sqrt(0.75 * bend / tolerance)), 1), _MAX_PIECES)
