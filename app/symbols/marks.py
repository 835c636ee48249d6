"""Marks: ink as oriented points, taken from strokes, or from the raster where there are none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import Raster, line_segments
from app.ink.stroke import Stroke

Floats = NDArray[np.float64]

MARKS = 128
"""How many there are along strokes, equally far apart."""
_HALF_WINDOW = 0.04
"""The direction at a mark is that of the ink this far before and after it, of the longest side."""
_DOT = 0.04
"""A shorter stroke counts as this long, of the longest side, and has no direction."""
_LEAST_INK = 0.4
"""Darker pixels of a raster are marks."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Points on ink, their centre of mass at 0 and their standard deviation 1."""

    places: Floats
    """(n, 2): x to the right, y downwards."""
    orientations: Floats
    """(n, 2): cosine and sine of twice the angle, so that both ways of drawing are the same.

    They are shorter than 1 where the ink has no clear direction."""
    weights: Floats
    """(n,): how much ink each stands for; the sum is 1."""
    directions: Floats | None
    """(n, 2): cosine and sine of the angle in which it was drawn; None for ink without strokes."""


def stroke_marks(strokes: Sequence[Stroke]) -> Marks:
    """Return MARKS marks along strokes, of which there is at least one, in their order."""
    segments = line_segments(strokes)
    counts = np.maximum([len(stroke.points) - 1 for stroke in strokes], 1)
    starts, steps = segments[:, :2], segments[:, 2:] - segments[:, :2]
    low = np.minimum(starts, segments[:, 2:]).min(axis=0)
    extent = float((np.maximum(starts, segments[:, 2:]).max(axis=0) - low).max()) or 1.0
    starts, steps = (starts - low) / extent, steps / extent
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    owner = np.repeat(np.arange(len(counts)), counts)
    of_strokes = np.bincount(owner, lengths)
    lengths += (np.maximum(_DOT - of_strokes, 0) / counts)[owner]
    lengths = np.maximum(lengths, 1e-12)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    last = np.cumsum(counts) - 1
    at = (np.arange(MARKS) + 0.5) / MARKS * ends[-1]
    segment = np.searchsorted(ends, at)
    stroke = owner[segment]
    before = np.maximum(at - _HALF_WINDOW, begins[last + 1 - counts][stroke])
    after = np.minimum(at + _HALF_WINDOW, ends[last][stroke])

    def places(where: Floats, index: NDArray[np.int64]) -> Floats:
        share = (where - begins[index]) / lengths[index]
        found: Floats = starts[index] + np.clip(share, 0, 1)[:, None] * steps[index]
        return found

    first = np.searchsorted(begins, before, side="right") - 1
    ways = places(after, np.searchsorted(ends, after)) - places(before, first)
    size = np.hypot(ways[:, 0], ways[:, 1])
    directions = ways / np.maximum(size, 1e-9)[:, None]
    directions[(of_strokes < _DOT / 2)[stroke] | (size < 1e-9)] = 0
    return _marks(places(at, segment), _doubled(directions), np.ones(MARKS), directions)


def raster_marks(raster: Raster) -> Marks:
    """Return the marks of a raster, (28, 28) from 0 to 1: its inked pixels.

    Their orientation is across the gradient (the structure tensor, Bigün & Granlund 1987).
    """
    smooth = _blurred(np.asarray(raster, np.float64))
    down, right = np.asarray(np.gradient(smooth), np.float64)
    xx, yy, xy = _blurred(right * right), _blurred(down * down), _blurred(right * down)
    ys, xs = np.nonzero(raster >= min(_LEAST_INK, float(raster.max())))
    across = np.stack([yy - xx, -2 * xy], axis=-1)[ys, xs]
    orientations = across / (xx + yy + 1e-9)[ys, xs, None]
    places = np.stack([xs, ys], axis=1).astype(np.float64)
    return _marks(places, orientations, raster[ys, xs].astype(np.float64), None)


def _marks(
    places: Floats, orientations: Floats, weights: Floats, directions: Floats | None
) -> Marks:
    shares = weights / weights.sum()
    places = places - shares @ places
    deviation = float(np.sqrt(shares @ (places**2).sum(axis=1)))
    return Marks(places / max(deviation, 1e-9), orientations, shares, directions)


def _doubled(directions: Floats) -> Floats:
    x, y = directions.T
    return np.stack([x * x - y * y, 2 * x * y], axis=1)


def _blurred(image: Floats) -> Floats:
    """Return the means of 3 × 3 pixels, weighted 1, 2, 1 each way."""
    padded = np.pad(image, 1)
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    blurred: Floats = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16
    return blurred
