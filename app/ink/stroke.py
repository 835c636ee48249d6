"""Strokes: the points that the pen passed between pen-down and pen-up.

Plain Python: imported before the window is up.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.errors import InkError
from app.i18n import _
from app.ink.geometry import Rect

DEFAULT_WIDTH = 16.0
"""A pen's width in drawing units, where none is given."""
MAX_POINTS = 200_000
"""The most points of one drawing: half an hour of a 120 Hz pen that is never lifted."""
MAX_COORDINATE = 1e7
"""The largest absolute coordinate and the largest side of a page, in drawing units."""


class Point(NamedTuple):
    """Where the pen was, and when."""

    x: float
    """Drawing units, to the right."""
    y: float
    """Drawing units, downwards."""
    t: float = 0.0
    """Milliseconds since the pen-down of the drawing's first stroke."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """The points between pen-down and pen-up, at least one, and the pen's width."""

    points: tuple[Point, ...]
    width: float = DEFAULT_WIDTH
    """Drawing units."""

    @property
    def bounds(self) -> Rect:
        """The bounding box of the centre line, without the pen's width."""
        return _bounds(self.points)

    @classmethod
    def of(
        cls, points: Iterable[Sequence[float]], width: float = DEFAULT_WIDTH, start: float = 0.0
    ) -> "Stroke":
        """Return a stroke of (x, y) or (x, y, t) points, checked as data from outside.

        x, y in drawing units, t in milliseconds; a missing t goes on from `start` at 10 ms a point.
        Raises InkError for no points, too many, or numbers that are not finite or out of range.
        """
        points = list(points)
        checked = _plain_points(points, start) or tuple(
            _checked_point(point, start + 10.0 * index) for index, point in enumerate(points)
        )
        if not checked:
            raise InkError(_("A stroke has no points; leave it out or give it at least one."))
        if len(checked) > MAX_POINTS:
            raise InkError(too_many_points_message())
        if not (_is_number(width) and 0 < width <= MAX_COORDINATE):
            raise InkError(_("A stroke's width must be a positive number."))
        return cls(checked, float(width))


def bounding_box(strokes: Iterable[Stroke]) -> Rect | None:
    """Return the bounding box of the centre lines of all strokes; None without strokes."""
    points = [point for stroke in strokes for point in stroke.points]
    return _bounds(points) if points else None


def too_many_points_message() -> str:
    """Return the message for a drawing with more than MAX_POINTS points."""
    return _("The drawing has more than {limit} points; split it into smaller drawings.").format(
        limit=f"{MAX_POINTS:,}"
    )


def _bounds(points: Sequence[Point]) -> Rect:
    xs = [point.x for point in points]
    ys = [point.y for point in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _plain_points(points: Sequence[Sequence[float]], start: float) -> tuple[Point, ...] | None:
    """Return the points if all have one form and plain numbers, as nearly all strokes' do.

    None for any others, of which `_checked_point` tells what is wrong, in three times the time.
    """
    try:
        xs, ys, *rest = zip(*points, strict=True)
        (ts,) = rest or [tuple(start + 10.0 * index for index in range(len(points)))]
        is_finite = math.isfinite(sum(xs) + sum(ys) + sum(ts))
    except (TypeError, ValueError, OverflowError):
        return None
    places = xs + ys
    types = set(map(type, places + ts))
    is_near = is_finite and min(places) >= -MAX_COORDINATE and max(places) <= MAX_COORDINATE
    if not is_near or not types <= {int, float}:
        return None
    if types != {float}:
        xs, ys, ts = (tuple(map(float, column)) for column in (xs, ys, ts))
    return tuple(map(Point._make, zip(xs, ys, ts, strict=True)))


def _checked_point(point: Sequence[float], default_t: float) -> Point:
    if not isinstance(point, (list, tuple)) or len(point) not in (2, 3):
        raise InkError(_("A point must be [x, y] or [x, y, t]."))
    if not all(_is_number(value) for value in point):
        raise InkError(_("A point's coordinates must be finite numbers."))
    if max(abs(point[0]), abs(point[1])) > MAX_COORDINATE:
        raise InkError(_("A point lies too far away; coordinates reach from -10⁷ to 10⁷."))
    return Point(
        float(point[0]), float(point[1]), float(point[2]) if len(point) == 3 else default_t
    )


def _is_number(value: object) -> bool:
    """Whether a value from outside is a finite number; no bool, and no int beyond a float."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**300
