"""Tells a minus sign, a decimal point and a comma by shape and by position beside the digits.

A point and a comma differ in shape alone, never by the system's language: the same ink is the same
text everywhere. What is long and upright is a comma, anything else a point. All lengths are in
heights of a usual digit.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.ink.geometry import Rect
from app.numbers.segments import Segment, bounding_box, columns

MINUS = "-"
POINT = "."
COMMA = ","
DECIMALS = (POINT, COMMA)

_DIGIT_HEIGHT = 0.55
"""A column of ink at least this high is taken for digits: it shows where the baseline is."""
_MIN_HEIGHT = 0.3
"""Segments lower than this are left out of the columns."""
_POINT_SIZE = 0.12
_MIN_COMMA_HEIGHT = 0.13
_MIN_COMMA_ASPECT = 1.2
"""The least height of a comma over its width."""
_MAX_SIZE = 0.5
"""No point and no comma is longer."""
_MAX_COST = 3.0
"""A mark that costs more is none."""


@dataclass(frozen=True, slots=True)
class Punctuation:
    """A segment read as a punctuation mark."""

    segment: int
    text: str
    """MINUS, POINT or COMMA."""
    cost: float
    """How much is unusual in shape and position: 0 for nothing, about 1 for one thing."""


def find_punctuation(segments: Sequence[Segment], height: float) -> list[Punctuation]:
    """Return all segments that may be punctuation marks.

    `segments` come from left to right; `height` is that of a usual digit, in the segments' unit.
    """
    parts = [segment for segment in segments if segment.box.height >= _MIN_HEIGHT * height]
    boxes = [bounding_box(column) for column in columns(parts)] if parts else []
    digits = [box for box in boxes if box.height >= _DIGIT_HEIGHT * height]
    sources = Counter(source for segment in segments for source in segment.sources)
    found = []
    for index, segment in enumerate(segments):
        if any(sources[source] > 1 for source in segment.sources):
            continue  # ink that was cut off a digit is no punctuation: that stands alone
        neighbours = [box for box in digits if not _lies_in(box, segment.box)]
        if neighbours:
            found.append(_decimal(index, segment, neighbours, height))
            if index == 0:
                found.append(_minus(segment, neighbours, height))
    return [mark for mark in found if mark.cost <= _MAX_COST]


def _lies_in(box: Rect, other: Rect) -> bool:
    """Return whether a column is the other box itself, or part of it: then it is no neighbour."""
    return box.left >= other.left and box.right <= other.right and box.bottom <= other.bottom


def _decimal(index: int, segment: Segment, digits: Sequence[Rect], height: float) -> Punctuation:
    """Return a segment as the point or the comma that its shape makes it."""
    baseline = _baseline(segment.box.centre_x, digits)
    w, h = segment.box.width / height, segment.box.height / height
    above = (baseline - segment.box.centre_y) / height
    if h >= _MIN_COMMA_HEIGHT and h >= _MIN_COMMA_ASPECT * w:
        below = (segment.box.bottom - baseline) / height
        text = COMMA
        cost = _excess(h, 0.08, 0.32, 0.15) + _excess(below, -0.02, 0.35, 0.1)
        cost += _excess(above, -0.3, 0.1, 0.1) + _excess(w, 0.0, 0.25, 0.1)
    else:
        text = POINT
        cost = _excess(max(w, h), 0.0, _POINT_SIZE, 0.1) + _excess(above, -0.12, 0.15, 0.1)
    return Punctuation(index, text, cost if max(w, h) <= _MAX_SIZE else _MAX_COST + 1)


def _minus(segment: Segment, digits: Sequence[Rect], height: float) -> Punctuation:
    """Return the leftmost segment as a minus sign."""
    following = min(digits, key=lambda box: box.left)
    w, h = segment.box.width / height, segment.box.height / height
    from_top = segment.box.centre_y - following.top
    level = from_top / following.height
    overlap = (segment.box.right - following.left) / height
    cost = _excess(w, 0.15, 1.1, 0.2) + _excess(h / max(w, 1e-6), 0.0, 0.35, 0.15)
    cost = cost + _excess(level, 0.25, 0.75, 0.1) + _excess(overlap, -0.9, 0.0, 0.1)
    return Punctuation(0, MINUS, cost)


def _baseline(x: float, digits: Sequence[Rect]) -> float:
    """Return y of the baseline at x: the mean of the nearest digits' lower edges on both sides."""
    before = [box for box in digits if box.left + box.right <= 2 * x]
    after = [box for box in digits if box.left + box.right > 2 * x]
    edges = [max(before, key=lambda box: box.right).bottom] if before else []
    edges += [min(after, key=lambda box: box.left).bottom] if after else []
    return sum(edges) / len(edges)


def _excess(value: float, low: float, high: float, scale: float) -> float:
    """Return how far a value lies outside a range, in units of `scale`, squared."""
    return float((max(low - value, value - high, 0.0) / scale) ** 2)
