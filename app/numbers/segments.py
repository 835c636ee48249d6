"""Segments: the parts of a number's ink that its characters are put together from.

A segment is a stroke, a part of a stroke, or a part of a picture's ink. However much is drawn there
are at most MAX_SEGMENTS, and none is cut once there are as many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.ink.geometry import Rect
from app.ink.stroke import Stroke

Points = NDArray[np.float64]
"""Points of ink, float64 (n, 2): x, y in drawing units or pixels."""
InkParts = tuple[Any, ...]
"""What ink is drawn from: strokes, or the component labels of a picture."""

MAX_SEGMENTS = 48
_MAX_POINTS = 24
_COLUMN_PADDING = 0.08
"""How much wider ink counts when columns are formed, in heights of all the ink."""
_COLUMN_OVERLAP = 0.4
"""Ink belongs to a column if it overlaps it by more than this share of the narrower one."""
_SEGMENTS_PER_DIGIT = 3
"""A column has at most this many segments for each digit that it has room for, and one more."""
_DIGIT_WIDTH = 0.7
"""The width of a digit in heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Ink that belongs to one character as a whole."""

    box: Rect
    points: Points
    """A sample of its ink's points, in the unit of the box."""
    sources: tuple[int, ...]
    """Indices of the strokes that it is of; in a picture, the label of its component."""
    parts: InkParts


def stroke_segments(strokes: Sequence[Stroke]) -> list[Segment]:
    """Return the segments of strokes from left to right, whatever the strokes' order."""
    return limit_segments([stroke_segment(stroke, index) for index, stroke in enumerate(strokes)])


def stroke_segment(stroke: Stroke, source: int) -> Segment:
    """Return the segment of a stroke, or of a part of stroke number `source`."""
    count = len(stroke.points)
    step = max((count - 1) / (_MAX_POINTS - 1), 1.0)
    chosen = sorted({round(index * step) for index in range(_MAX_POINTS)} & set(range(count)))
    points = np.array([stroke.points[index][:2] for index in chosen], np.float64)
    return Segment(stroke.bounds, points, (source,), (stroke,))


def bounding_box(segments: Sequence[Segment]) -> Rect:
    """Return the box around segments, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*(segment.box.edges for segment in segments), strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def left_to_right(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments in the order of their centres, whatever order they come in."""
    return sorted(segments, key=lambda one: (one.box.centre_x, one.box.top, one.box.edges))


def digit_height(segments: Sequence[Segment]) -> float:
    """Return the usual height of a digit in this ink, more than 0, in the segments' unit.

    It is the weighted median of the columns' heights, each weighted by itself, so that points and
    commas hardly count.
    """
    boxes = [bounding_box(column) for column in columns(segments)]
    heights = np.sort([box.height for box in boxes])
    if heights[-1] <= 0:  # only dots and horizontal lines
        return max(box.width for box in boxes) or 1.0
    weights = np.cumsum(heights)
    return float(heights[np.searchsorted(weights, weights[-1] / 2)])


def columns(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments in columns from left to right: those that overlap horizontally."""
    padding = _COLUMN_PADDING * bounding_box(segments).height / 2
    found: list[list[Segment]] = []
    start = edge = 0.0
    for segment in sorted(segments, key=lambda segment: (segment.box.left, segment.box.right)):
        left, right = segment.box.left - padding, segment.box.right + padding
        if found and edge - left > _COLUMN_OVERLAP * min(right - left, edge - start):
            found[-1].append(segment)
            edge = max(edge, right)
            continue
        found.append([segment])
        start, edge = segment.box.left, right
    return found


def limit_segments(segments: Sequence[Segment]) -> list[Segment]:
    """Return at most MAX_SEGMENTS from left to right, small ones merged where there are too many.

    Digits drawn as dots or in many short strokes become a few segments; so does any scribble.
    """
    segments = _merged_by_cell(segments)
    height = digit_height(segments)
    merged: list[Segment] = []
    for column in columns(segments):
        digits = max(round(bounding_box(column).width / (_DIGIT_WIDTH * height)), 1)
        merged += _merged_greedily(column, _SEGMENTS_PER_DIGIT * digits + 1)
    return left_to_right(_merged_greedily(merged, MAX_SEGMENTS))


def _merged_by_cell(segments: Sequence[Segment]) -> list[Segment]:
    """Return at most 3 · MAX_SEGMENTS: those whose centres lie in one cell of a grid are merged."""
    found = left_to_right(segments)
    cell = digit_height(found) / 12 if len(found) > 3 * MAX_SEGMENTS else 1.0
    while len(found) > 3 * MAX_SEGMENTS:
        cells: dict[tuple[float, float], list[Segment]] = {}
        for segment in found:
            position = segment.box.centre_x // cell, segment.box.centre_y // cell
            cells.setdefault(position, []).append(segment)
        found = [_merge(together) for together in cells.values()]
        cell *= 1.5
    return found


def _merged_greedily(segments: list[Segment], limit: int) -> list[Segment]:
    """Greedily merge the pair with the smallest joint diagonal until at most `limit` remain."""
    while len(segments) > limit:
        boxes = np.array([segment.box.edges for segment in segments])
        low = np.minimum(boxes[:, None, :2], boxes[None, :, :2])
        high = np.maximum(boxes[:, None, 2:], boxes[None, :, 2:])
        diagonal = np.hypot(*(high - low).transpose(2, 0, 1))
        np.fill_diagonal(diagonal, np.inf)
        pair = divmod(int(diagonal.argmin()), len(segments))
        merged = _merge([segments[index] for index in pair])
        segments = [s for index, s in enumerate(segments) if index not in pair] + [merged]
    return segments


def _merge(segments: Sequence[Segment]) -> Segment:
    """Return several segments as one."""
    points = np.concatenate([segment.points for segment in segments])
    if len(points) > _MAX_POINTS:
        points = points[np.linspace(0, len(points) - 1, _MAX_POINTS).astype(int)]
    return Segment(
        bounding_box(segments),
        points,
        tuple(sorted({source for segment in segments for source in segment.sources})),
        tuple(part for segment in segments for part in segment.parts),
    )
