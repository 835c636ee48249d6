"""Owns drawings as plain arrays: from strokes, to a raster, and the geometry that both need."""

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import PEN_WIDTH, Raster, Segments, rasterize_segments
from app.ink.stroke import Stroke

Polyline = NDArray[np.float64]
"""The points of one stroke, float64 (n, 2), in any unit."""


def polylines_of(strokes: tuple[Stroke, ...]) -> list[Polyline]:
    """Return the strokes as arrays, moved and scaled so that their longest side is 1."""
    lines = [np.array([point[:2] for point in stroke.points]) for stroke in strokes]
    low, extent = bounding_box(lines)
    return [(line - low) / max(float(extent.max()), 1e-9) for line in lines]


def polylines_raster(lines: list[Polyline], pen: float = PEN_WIDTH) -> Raster:
    """Return the raster of lines in any unit with a pen of `pen` raster pixels."""
    pieces: list[Segments] = []
    for line in lines:
        tail = line[1:] if len(line) > 1 else line
        pieces.append(np.hstack([line[: len(tail)], tail]))
    return rasterize_segments(np.concatenate(pieces), pen)


def rotation(angle: float) -> NDArray[np.float64]:
    """Return the matrix that turns by an angle in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def arc_lengths(line: Polyline) -> NDArray[np.float64]:
    """Return every point's distance from the first one, along the line."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(lengths)])


def resampled(line: Polyline, count: int) -> Polyline:
    """Return the line with `count` points at even distances."""
    distances = arc_lengths(line)
    places = np.linspace(0, distances[-1], count)
    return np.column_stack([np.interp(places, distances, line[:, axis]) for axis in (0, 1)])


def dots_along(lines: list[Polyline], distance: float) -> list[Polyline]:
    """Return a dot, a line of one point, at every `distance` along the lines."""
    dots: list[Polyline] = []
    for line in lines:
        count = max(round(float(arc_lengths(line)[-1]) / distance), 1) + 1
        dots.extend(point[None] for point in resampled(line, count))
    return dots


def bounding_box(lines: list[Polyline]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the upper left corner of all lines, and their width and height."""
    points = np.concatenate(lines)
    low: NDArray[np.float64] = points.min(axis=0)
    extent: NDArray[np.float64] = points.max(axis=0) - low
    return low, extent
