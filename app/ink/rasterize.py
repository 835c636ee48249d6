"""The raster: the float32 (28, 28) image that is the only input of a network.

MNIST's rule (LeCun et al. 1998; reconstructed by Yadav & Bottou, QMNIST, 2019): the longest side of
the ink becomes 20 pixels, aspect kept, and its centre of mass lies on pixel index 14. Strokes are
scaled first and drawn afterwards with one pen width, so the raster depends neither on the size of
the drawing nor on the width of the pen. For pictures see `app.imaging.normalise`.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from app.ink.geometry import Rect
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
"""Segments whose distances to all pixels are computed at once: bounds the memory."""
_SIDES = (6, 8, 12, RASTER_SIDE)
"""Of the squares of pixels that segments with their pen's width lie in: most are short."""
_FEW_PIXELS = 10_000
"""So many take less time than to treat short and long segments one after the other."""
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
    return rasterize_segments(line_segments(strokes))


def line_segments(strokes: Sequence[Stroke]) -> Segments:
    """Return the line segments of all strokes, at least one, in drawing units.

    A stroke of one point gives one segment of length 0.
    """
    return line_segments_of_each([strokes])[0]


def line_segments_of_each(drawings: Sequence[Sequence[Stroke]]) -> list[Segments]:
    """Return what `line_segments` does for each of several drawings, all made at once."""
    lines = [
        stroke.points if len(stroke.points) > 1 else stroke.points * 2
        for drawing in drawings
        for stroke in drawing
    ]
    values = np.fromiter(chain.from_iterable(chain.from_iterable(lines)), np.float64)
    points = values.reshape(-1, 3)[:, :2]
    is_segment = np.ones(len(points), np.bool_)
    is_segment[np.cumsum([len(line) for line in lines]) - 1] = False  # none begins at a last point
    segments = np.hstack([points[:-1], points[1:]])[is_segment[:-1]]
    ends = accumulate(
        sum(max(len(stroke.points) - 1, 1) for stroke in drawing) for drawing in drawings
    )
    return [segments[first:end] for first, end in pairwise(chain((0,), ends))]


def rasterize_segments(segments: Segments, pen: float = PEN_WIDTH) -> Raster:
    """Return the raster of line segments in any unit: scaled, drawn with `pen` (px), and centred.

    The first drawing finds the centre of mass, the second one moves it to CENTRE within a few
    hundredths of a pixel (MNIST moved whole pixels only, so it is exact to half a pixel).
    """
    raster: Raster = rasterize_many([segments], pen)[0]
    return raster


def rasterize_many(drawings: Sequence[Segments], pen: float = PEN_WIDTH) -> NDArray[np.float32]:
    """Return the rasters of several drawings, float32 (n, 28, 28), as `rasterize_segments` does.

    Each is the same, bit for bit, whichever others are with it: an 8-bit network's outputs jump
    where its inputs differ by a rounding.
    """
    ends, owners = _placed(drawings, pen)
    return _draw(ends, owners, len(drawings), pen).reshape(-1, RASTER_SIDE, RASTER_SIDE)


def raster_frame(segments: Segments, pen: float = PEN_WIDTH) -> Rect | None:
    """Return which part of the drawing plane the raster of line segments shows; None for a dot."""
    points = segments.reshape(-1, 2)
    low = points.min(axis=0)
    extent = float((points.max(axis=0) - low).max())
    if extent <= _MIN_EXTENT:
        return None
    scale = (INK_SIDE - pen) / extent
    placed = _placed([segments], pen)[0].reshape(-1, 2).min(axis=0)
    left, top = (low - (placed + 0.5) / scale).tolist()  # the pixel with index 0 begins at -0.5
    return Rect(left, top, left + RASTER_SIDE / scale, top + RASTER_SIDE / scale)


def _placed(
    drawings: Sequence[Segments], pen: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the segments (n, 2, 2) of drawings in raster pixels, and each one's drawing, (n,)."""
    ends, owners = _scaled(drawings, pen)
    draft = _draw(ends, owners, len(drawings), pen)
    total = draft.sum(axis=1)
    shift = np.zeros((len(drawings), 2))
    for axis, pixels in enumerate((_PIXEL_X, _PIXEL_Y)):
        mass = (draft * pixels).sum(axis=1)
        np.subtract(CENTRE, mass / np.maximum(total, 1e-12), out=shift[:, axis], where=total > 0)
    ends += shift[owners, None]
    return ends, owners


def _scaled(
    drawings: Sequence[Segments], pen: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return all segments (n, 2, 2) in raster pixels, and the index of the drawing of each.

    The middle of each drawing's lines is at CENTRE.
    """
    starts, owners = _places(drawings)
    points = np.concatenate(drawings).reshape(-1, 2)
    low = np.minimum.reduceat(points, 2 * starts)
    extent = (np.maximum.reduceat(points, 2 * starts) - low).max(axis=1)
    has_extent = extent > _MIN_EXTENT
    scale = np.where(has_extent, (INK_SIDE - pen) / np.where(has_extent, extent, 1.0), 0.0)
    ends = (points.reshape(-1, 2, 2) - low[owners, None]) * scale[owners, None, None]
    if max(map(len, drawings)) >= _CHUNK:
        parts = [_distinct(part) for part in np.split(ends, starts[1:])]
        starts, owners = _places(parts)
        ends = np.concatenate(parts)
    steps = ends[:, 1] - ends[:, 0]
    lengths = (np.hypot(steps[:, 0], steps[:, 1]) + 1e-6)[:, None]
    weighted = np.add.reduceat((ends[:, 0] + ends[:, 1]) / 2 * lengths, starts)
    ends += (CENTRE - weighted / np.add.reduceat(lengths, starts))[owners, None]
    return ends, owners


def _places(parts: Sequence[Segments]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each part starts when they are put together, and each segment's part."""
    sizes = np.array([len(part) for part in parts])
    return np.cumsum(sizes) - sizes, np.repeat(np.arange(len(parts)), sizes)


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


def _draw(
    ends: NDArray[np.float64], owners: NDArray[np.int64], count: int, pen: float
) -> NDArray[np.float32]:
    """Return the coverage of every pixel of `count` rasters by round-ended segments, (count, 784).

    It falls off over one pixel. `owners` has the raster of each segment.
    """
    reach = np.float32(pen / 2 + 0.5)
    nearest = np.full(count * RASTER_SIDE**2, np.inf, dtype=np.float32)
    segments = ends.astype(np.float32)
    first, last = segments[:, 0], segments[:, 1]
    low = np.ceil(np.minimum(first, last) - reach).astype(np.int64)
    size = np.floor(np.maximum(first, last) + reach).astype(np.int64) - low + 1
    for side, chosen in _by_side(np.maximum(size[:, 0], size[:, 1])):
        corners = np.clip(low[chosen], 0, RASTER_SIDE - side)
        pixels, distances = _squared_distances(segments[chosen], corners, side)
        pixels += owners[chosen] * RASTER_SIDE**2
        np.minimum.at(nearest, pixels.ravel(), distances.ravel())
    coverage = np.clip(reach - np.sqrt(nearest), np.float32(0), np.float32(1))
    return coverage.reshape(count, -1)


def _by_side(sizes: NDArray[np.int64]) -> Iterator[tuple[int, slice | NDArray[np.int64]]]:
    """Yield squares' sides, and which segments of these sizes fit into each: few at once."""
    largest = next(side for side in _SIDES if side >= sizes.max())
    if len(sizes) * largest**2 <= _FEW_PIXELS:
        yield largest, slice(None)
        return
    for smaller, side in pairwise([-1, *_SIDES]):
        chosen = np.flatnonzero((sizes > smaller) & (sizes <= side))
        most = _CHUNK * RASTER_SIDE**2 // side**2
        for start in range(0, len(chosen), most):
            yield side, chosen[start : start + most]


def _squared_distances(
    segments: NDArray[np.float32], corners: NDArray[np.int64], side: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the pixels near each segment and their squared distances to it, (side, side, n).

    The pixels, as indices into a raster, are the square of `side` with its first pixel at the
    segment's corner (x, y). The segments come last: numpy's innermost loop is the longest then.
    """
    steps = np.arange(side)[:, None]
    columns, rows = corners[:, 0] + steps, corners[:, 1] + steps
    pixels = (rows * RASTER_SIDE)[:, None] + columns
    (x0, y0), (dx, dy) = segments[:, 0].T, (segments[:, 1] - segments[:, 0]).T
    px, py = columns.astype(np.float32) - x0, rows.astype(np.float32) - y0
    along = (py * dy)[:, None] + px * dx
    along /= np.maximum(dx * dx + dy * dy, np.float32(1e-12))
    np.maximum(along, np.float32(0), out=along)  # np.clip takes longer for one drawing
    np.minimum(along, np.float32(1), out=along)
    across = px - along * dx
    across *= across
    along *= dy
    np.subtract(py[:, None], along, out=along)
    along *= along
    across += along
    return pixels, across
