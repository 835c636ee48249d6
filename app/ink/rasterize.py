"""Owns the Raster: the float32 (28, 28) picture that is the only thing a network ever sees.

The rule is MNIST's own (LeCun et al. 1998; reconstructed by Yadav & Bottou, QMNIST, 2019): the
longest side of the ink becomes 20 pixels, aspect kept, and the centre of mass lies on pixel 14.
Strokes are vectors: they are scaled first and inked afterwards with one pen width, so the result
depends neither on how large the user drew nor on how thick the pen was. Pictures come by
`app.imaging.normalise`, which ends in the same rule.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.ink.stroke import Stroke

SIDE = 28
BOX = 20.0
CENTRE = 14.0
PEN = 2.5
"""Pen width in raster pixels: at this width rastered pen digits have MNIST's mean ink, 0.1307."""
RASTER_VERSION = 2
"""Raised whenever the same ink gives another raster; a model card names its own."""

Raster = NDArray[np.float32]
Segments = NDArray[np.float64]

_CHUNK = 512
_GRID = 16.0
_POINT = 1e-12
"""Ink that is no larger than this, in any unit, is a single point."""
_YS, _XS = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
_PIXEL_X = _XS.reshape(1, -1)
_PIXEL_Y = _YS.reshape(1, -1)


def raster(strokes: Sequence[Stroke], pen: float = PEN) -> Raster | None:
    """Return the raster of strokes, or None if there is no ink.

    `pen` is the width of the pen in raster pixels. The result is float32 (28, 28) in [0, 1], ink
    1.0 on 0.0, its longest side 20 px and its centre of mass on pixel index 14 in both directions.
    """
    if not strokes:
        return None
    return ink_segments(segments_of(strokes), pen)


def segments_of(strokes: Sequence[Stroke]) -> Segments:
    """Return the straight pieces of all strokes as float64 (n, 4): x0, y0, x1, y1 in drawing units.

    A stroke of one point gives one piece of length 0.
    """
    pieces = []
    for stroke in strokes:
        line = np.array([point[:2] for point in stroke.points], dtype=np.float64)
        tail = line[1:] if len(line) > 1 else line
        pieces.append(np.hstack([line[: len(tail)], tail]))
    return np.concatenate(pieces)


def ink_segments(segments: Segments, pen: float = PEN) -> Raster:
    """Return the raster of straight pieces (n, 4) in any unit: normalised, inked and centred.

    The first inking finds the centre of mass, the second one lays it on CENTRE to a few hundredths
    of a pixel (MNIST, which could only move whole pixels, is true to half a pixel).
    """
    ends = segments.reshape(-1, 2, 2)
    low = ends.min(axis=(0, 1))
    extent = float((ends.max(axis=(0, 1)) - low).max())
    scale = (BOX - pen) / extent if extent > _POINT else 0.0
    scaled = _thinned((ends - low) * scale)
    middles = scaled.mean(axis=1)
    lengths = np.hypot(*(scaled[:, 1] - scaled[:, 0]).T) + 1e-6
    scaled += CENTRE - (middles * lengths[:, None]).sum(axis=0) / lengths.sum()
    draft = _ink(scaled, pen)
    total = draft.sum()
    if total > 0:
        scaled[..., 0] += CENTRE - float((draft * _XS).sum() / total)
        scaled[..., 1] += CENTRE - float((draft * _YS).sum() / total)
    return _ink(scaled, pen)


def _thinned(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pieces without those that repeat another to a 16th of a pixel.

    A slow pen gives many points on one spot, and a long scribble passes over itself: without this
    a drawing of 100,000 points would cost seconds.
    """
    if len(ends) < _CHUNK:
        return ends
    cells = np.rint(ends * _GRID).astype(np.int32).reshape(-1, 4)
    moved = (cells[:, :2] != cells[:, 2:]).any(axis=1)
    kept = np.unique(cells[moved] if moved.any() else cells[:1], axis=0)
    result: NDArray[np.float64] = kept.reshape(-1, 2, 2) / _GRID
    return result


def _ink(ends: NDArray[np.float64], pen: float) -> Raster:
    """Return how much of every pixel the round-ended pieces cover, falling off over one pixel."""
    nearest = np.full(SIDE * SIDE, np.inf, dtype=np.float32)
    pieces = ends.astype(np.float32)
    for first in range(0, len(pieces), _CHUNK):
        chunk = pieces[first : first + _CHUNK]
        np.minimum(nearest, _squared_distances(chunk).min(axis=0), out=nearest)
    coverage = np.clip(np.float32(pen / 2 + 0.5) - np.sqrt(nearest), 0.0, 1.0)
    return coverage.astype(np.float32, copy=False).reshape(SIDE, SIDE)


def _squared_distances(pieces: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the squared distance of every pixel centre to every piece, float32 (n, 784)."""
    x0, y0 = pieces[:, 0, 0, None], pieces[:, 0, 1, None]
    dx, dy = pieces[:, 1, 0, None] - x0, pieces[:, 1, 1, None] - y0
    px, py = _PIXEL_X - x0, _PIXEL_Y - y0
    along = np.clip((px * dx + py * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    px -= along * dx
    py -= along * dy
    distances: NDArray[np.float32] = px * px + py * py
    return distances
