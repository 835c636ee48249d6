"""Owns the Stroke: what the pen did between pen-down and pen-up. Plain Python, imported first.

Values that the window imports are NamedTuples: the module dataclasses would cost its start 8 ms.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.errors import InkError
from app.i18n import _

DEFAULT_WIDTH = 16.0
MAX_POINTS = 200_000
"""The most points that one drawing may have: half an hour of a 120 Hz pen that never lifts."""
MAX_COORDINATE = 1e7


class Point(NamedTuple):
    """Where the pen was, and when."""

    x: float
    """Drawing units, to the right."""
    y: float
    """Drawing units, downwards."""
    t: float = 0.0
    """Milliseconds since the pen-down of the drawing's first stroke."""


class Bounds(NamedTuple):
    """An axis-aligned box in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, margin: float) -> "Bounds":
        """Return the box with `margin` drawing units added on every side."""
        return Bounds(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )


class Stroke(NamedTuple):
    """The points between pen-down and pen-up, and the pen's width, in drawing units."""

    points: tuple[Point, ...]
    width: float = DEFAULT_WIDTH

    @property
    def bounds(self) -> Bounds:
        """The box of the centre line, without the pen's width."""
        return _around(self.points)

    @classmethod
    def of(
        cls, points: Iterable[Sequence[float]], width: float = DEFAULT_WIDTH, start: float = 0.0
    ) -> "Stroke":
        """Return a stroke of (x, y) or (x, y, t) points, checked as data from outside.

        x, y in drawing units, t in milliseconds; a missing t goes on from `start` at 10 ms a point.
        Raises InkError for no points, too many, or numbers that are not finite or out of range.
        """
        checked = tuple(
            _checked_point(point, start + 10.0 * index) for index, point in enumerate(points)
        )
        if not checked:
            raise InkError(_("A stroke has no points; leave it out or give it at least one."))
        if len(checked) > MAX_POINTS:
            raise InkError(too_many_points())
        if not (_is_number(width) and 0 < width <= MAX_COORDINATE):
            raise InkError(_("A stroke's width must be a positive number."))
        return cls(checked, float(width))


def bounds_of(strokes: Iterable[Stroke]) -> Bounds | None:
    """Return the box around the centre lines of all strokes, in drawing units; None without ink."""
    points = [point for stroke in strokes for point in stroke.points]
    return _around(points) if points else None


def _around(points: Sequence[Point]) -> Bounds:
    xs = [point.x for point in points]
    ys = [point.y for point in points]
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def too_many_points() -> str:
    """Return the sentence for a drawing with more than MAX_POINTS points."""
    return _("The drawing has more than {limit} points; split it into smaller drawings.").format(
        limit=f"{MAX_POINTS:,}"
    )


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
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**300
