"""Drawings as arrays of points: from strokes, to a raster, and geometry of polylines."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.errors import InkError
from app.i18n import _
from app.ink.rasterize import PEN_WIDTH, Raster, Segments, rasterize_segments
from app.ink.stroke import Stroke

Polyline = NDArray[np.float64]
"""The points of one stroke, float64 (n, 2)."""


def points_of(strokes: tuple[Stroke, ...]) -> list[Polyline]:
    """Return the strokes' points in drawing units."""
    return [np.array([point[:2] for point in stroke.points]) for stroke in strokes]


def polylines_of(strokes: tuple[Stroke, ...]) -> list[Polyline]:
    """Return the strokes' points, with the box of all at (0, 0) and its longest side 1."""
    return scaled_to_one(points_of(strokes))


def scaled_to_one(lines: Sequence[Polyline]) -> list[Polyline]:
    """Return the lines, with the box of all at (0, 0) and its longest side 1."""
    corner, extent = bounding_box(lines)
    return [(line - corner) / max(float(extent.max()), 1e-9) for line in lines]


def polylines_from_json(value: object) -> tuple[Polyline, ...]:
    """Return polylines of parsed JSON, [[[x, y], …], …]; raises InkError or ValueError.

    A tenth of the memory of strokes, and of the time: data sets have 100,000 drawings.
    """
    if not isinstance(value, list) or not value or not all(value):
        raise InkError(_("Strokes must be a list of lists of points."))
    lines = tuple(np.array(points, np.float64) for points in value)
    if not all(line.ndim == 2 and line.shape[1] == 2 and np.isfinite(line).all() for line in lines):
        raise InkError(_("A stroke must be a list of points."))
    return lines


def rasterize_polylines(lines: Sequence[Polyline], pen: float = PEN_WIDTH) -> Raster:
    """Return the raster of polylines in any unit, drawn with a pen of `pen` raster pixels."""
    segments: list[Segments] = []
    for line in lines:
        ends = line[1:] if len(line) > 1 else line
        segments.append(np.hstack([line[: len(ends)], ends]))
    return rasterize_segments(np.concatenate(segments), pen)


def rotation(angle: float) -> NDArray[np.float64]:
    """Return the 2 × 2 matrix that rotates column vectors by `angle` in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def arc_lengths(line: Polyline) -> NDArray[np.float64]:
    """Return the distance of every point from the first one along the line, float64 (n,)."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(lengths)])


def resampled(line: Polyline, count: int) -> Polyline:
    """Return the line with `count` points at equal distances along it."""
    lengths = arc_lengths(line)
    wanted = np.linspace(0, lengths[-1], count)
    return np.column_stack([np.interp(wanted, lengths, line[:, axis]) for axis in (0, 1)])


def dots_along(lines: list[Polyline], distance: float) -> list[Polyline]:
    """Return dots (polylines of one point) along the lines, about `distance` apart."""
    dots: list[Polyline] = []
    for line in lines:
        count = max(round(float(arc_lengths(line)[-1]) / distance), 1) + 1
        dots.extend(point[None] for point in resampled(line, count))
    return dots


def bounding_box(lines: Sequence[Polyline]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the upper left corner (x, y) of all lines, and (width, height)."""
    points = np.concatenate(lines)
    corner: NDArray[np.float64] = points.min(axis=0)
    extent: NDArray[np.float64] = points.max(axis=0) - corner
    return corner, extent
