"""The raster: the float32 (28, 28) image that is the only input of a network.

MNIST's rule (LeCun et al. 1998; reconstructed by Yadav & Bottou, QMNIST, 2019): the longest side of
the ink becomes 20 pixels, aspect kept, and its centre of mass lies on pixel index 14. Strokes are
scaled first and drawn afterwards with one pen width, so the raster depends neither on the size of
the drawing nor on the width of the pen. For pictures see `app.imaging.normalise`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.ink.stroke import Stroke

RASTER_SIDE = 28
INK_SIDE = 20.0
"""The longest side of the ink, in raster pixels."""
CENTRE = 14.0
"""The pixel index, in x and in y, of the ink's centre of mass."""
PEN_WIDTH = 2.5
"""In raster pixels: with it, rasters of pen digits have MNIST's mean ink, 0.1307."""
RASTER_VERSION = 2
"""Raised whenever the same ink gives another raster; a model card names the one it was trained on.
"""

Raster = NDArray[np.float32]
"""float32 (28, 28) in [0, 1], ink 1.0 on 0.0."""
Segments = NDArray[np.float64]
"""Line segments, float64 (n, 4): x0, y0, x1, y1."""

_CHUNK = 512
"""Segments whose distances are computed at once: bounds the memory."""
_CELLS_PER_PIXEL = 16.0
_MIN_EXTENT = 1e-12
"""Ink no larger than this, in any unit, is a single point."""
_YS, _XS = np.mgrid[0:RASTER_SIDE, 0:RASTER_SIDE].astype(np.float32)
_PIXEL_X = _XS.reshape(1, -1)
_PIXEL_Y = _YS.reshape(1, -1)


def rasterize(strokes: Sequence[Stroke]) -> Raster | None:
    """Return the raster of strokes, or None if there is no ink.

    The result is float32 (28, 28) in [0, 1], ink 1.0 on 0.0, its longest side 20 px and its centre
    of mass on pixel index 14 in both directions.
    """
    if not strokes:
        return None
    return rasterize_segments(_line_segments(strokes))


def _line_segments(strokes: Sequence[Stroke]) -> Segments:
    """Return the line segments of all strokes, in drawing units.

    A stroke of one point gives one segment of length 0.
    """
    points = np.array([point[:2] for stroke in strokes for point in stroke.points], np.float64)
    counts = np.array([len(stroke.points) for stroke in strokes])
    step = np.ones(len(points), np.int64)
    step[np.cumsum(counts) - 1] = np.where(counts == 1, 0, -1)  # no segment begins at a last point
    starts = np.flatnonzero(step >= 0)
    return np.hstack([points[starts], points[starts + step[starts]]])


def rasterize_segments(segments: Segments, pen: float = PEN_WIDTH) -> Raster:
    """Return the raster of line segments in any unit: scaled, drawn with `pen` (px), and centred.

    The first drawing finds the centre of mass, the second one moves it to CENTRE within a few
    hundredths of a pixel (MNIST moved whole pixels only, so it is exact to half a pixel).
    """
    ends = segments.reshape(-1, 2, 2)
    low = ends.min(axis=(0, 1))
    extent = float((ends.max(axis=(0, 1)) - low).max())
    scale = (INK_SIDE - pen) / extent if extent > _MIN_EXTENT else 0.0
    scaled = _distinct((ends - low) * scale)
    middles = scaled.mean(axis=1)
    lengths = np.hypot(*(scaled[:, 1] - scaled[:, 0]).T) + 1e-6
    scaled += CENTRE - (middles * lengths[:, None]).sum(axis=0) / lengths.sum()
    draft = _draw(scaled, pen)
    total = draft.sum()
    if total > 0:
        scaled[..., 0] += CENTRE - float((draft * _XS).sum() / total)
        scaled[..., 1] += CENTRE - float((draft * _YS).sum() / total)
    return _draw(scaled, pen)


def _distinct(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return many segments rounded to a 16th of a pixel, each once; few are returned unchanged.

    A slow pen gives many points at one place, and a scribble passes over itself: without this a
    drawing of 100,000 points would take seconds.
    """
    if len(ends) < _CHUNK:
        return ends
    cells = np.rint(ends * _CELLS_PER_PIXEL).astype(np.int32).reshape(-1, 4)
    has_length = (cells[:, :2] != cells[:, 2:]).any(axis=1)
    kept = np.unique(cells[has_length] if has_length.any() else cells[:1], axis=0)
    result: NDArray[np.float64] = kept.reshape(-1, 2, 2) / _CELLS_PER_PIXEL
    return result


def _draw(ends: NDArray[np.float64], pen: float) -> Raster:
    """Return the coverage of every pixel by round-ended segments, falling off over one pixel."""
    nearest = np.full(RASTER_SIDE * RASTER_SIDE, np.inf, dtype=np.float32)
    segments = ends.astype(np.float32)
    for first in range(0, len(segments), _CHUNK):
        chunk = segments[first : first + _CHUNK]
        np.minimum(nearest, _squared_distances(chunk).min(axis=0), out=nearest)
    coverage = np.clip(np.float32(pen / 2 + 0.5) - np.sqrt(nearest), 0.0, 1.0)
    return coverage.astype(np.float32, copy=False).reshape(RASTER_SIDE, RASTER_SIDE)


def _squared_distances(segments: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the squared distance of every pixel centre to every segment, float32 (n, 784)."""
    x0, y0 = segments[:, 0, 0, None], segments[:, 0, 1, None]
    dx, dy = segments[:, 1, 0, None] - x0, segments[:, 1, 1, None] - y0
    px, py = _PIXEL_X - x0, _PIXEL_Y - y0
    along = np.clip((px * dx + py * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    px -= along * dx
    py -= along * dy
    distances: NDArray[np.float32] = px * px + py * py
    return distances
