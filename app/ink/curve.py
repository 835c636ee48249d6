"""The curve of a stroke: a centripetal Catmull–Rom spline through its points, as cubic Béziers.

Plain Python: imported before the window is up. Canvas, rendered pictures and SVG all draw it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from app.ink.geometry import Rect
from app.ink.stroke import Stroke

Place = tuple[float, float]
"""x and y, in any unit."""
Bezier = tuple[Place, Place, Place, Place]
"""A cubic: its start, two control points, its end."""

PIXEL_TOLERANCE = 0.1
"""The farthest that what is drawn lies from the curve, in pixels."""
_CORNER_COSINE = 0.17
"""Of the turn from which on a point is a corner: 80°. A circle of five points turns by 72°."""
_MAX_PIECES = 100
"""Line segments for one cubic, however large it is."""


def beziers(points: Iterable[Sequence[float]]) -> Iterator[Bezier]:
    """Yield a cubic from each point (x, y, …) to the next; points at the same place count once.

    Knots lie the square root of the distance apart, so there are no cusps or loops between points
    (C. Yuksel et al., Parameterization and applications of Catmull–Rom curves, 2011). At the
    stroke's ends and at sharp turns the cubics are parabolas, or straight where both ends are such.
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

    It is that of the control points, a little larger than the curves.
    """
    xs: list[float] = []
    ys: list[float] = []
    for stroke in strokes:
        xs.append(stroke.points[0].x)
        ys.append(stroke.points[0].y)
        for _start, *others in beziers(stroke.points):
            xs.extend(x for x, _y in others)
            ys.extend(y for _x, y in others)
    return Rect(min(xs), min(ys), max(xs), max(ys)) if xs else None


def _bezier(before: Place | None, start: Place, end: Place, after: Place | None) -> Bezier:
    """Return the cubic from `start` to `end`; None for a point that the stroke lacks."""
    (ax, ay), (bx, by) = start, end
    third_x, third_y = (bx - ax) / 3.0, (by - ay) / 3.0
    first = None if before is None else _control(before, start, end)
    second = None if after is None else _control(after, end, start)
    if first is None and second is None:
        return start, (ax + third_x, ay + third_y), (bx - third_x, by - third_y), end
    if first is None and second is not None:
        first = second[0] - third_x, second[1] - third_y
    elif second is None and first is not None:
        second = first[0] + third_x, first[1] + third_y
    assert first is not None and second is not None
    return start, first, second, end


def _control(before: Place, here: Place, there: Place) -> Place | None:
    """Return the control point beside `here` of the cubic from `here` to `there`.

    None where the way from `before` turns so sharply that `here` is a corner.
    """
    back_x, back_y = here[0] - before[0], here[1] - before[1]
    ahead_x, ahead_y = there[0] - here[0], there[1] - here[1]
    back, ahead = math.hypot(back_x, back_y), math.hypot(ahead_x, ahead_y)
    if back_x * ahead_x + back_y * ahead_y < _CORNER_COSINE * back * ahead:
        return None
    whole = 3.0 * (back + math.sqrt(back) * math.sqrt(ahead))
    forth, on = back / whole, ahead / whole
    return (
        here[0] + forth * ahead_x + on * back_x,
        here[1] + forth * ahead_y + on * back_y,
    )


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
