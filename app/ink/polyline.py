"""A stroke's curve as a polyline on the renderer's subpixel grid, and its parts in a rectangle.

A drawing may have 200,000 points: each stroke is converted once for a viewport, and only what
touches the part of the image that is redrawn is given to Pillow.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.ink.curve import PIXEL_TOLERANCE, Place, flattened
from app.ink.geometry import Rect
from app.ink.stroke import Stroke
from app.ink.viewport import Viewport

CHUNK = 1000
"""Points that are drawn at once, in a few milliseconds."""
_CONVERTED_AT_ONCE = 2000

Subpixels = NDArray[np.int64]
"""Points (n, 2), x and y, in subpixels from the image's upper left corner."""


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """The curve of a stroke in one viewport, in subpixels."""

    stroke: Stroke
    points: Subpixels
    bounds: Rect
    """What its ink may touch, the pen's width included."""
    radius: int
    """Half the pen's width."""

    @classmethod
    def convert(
        cls, stroke: Stroke, viewport: Viewport, supersampling: int
    ) -> Generator[None, None, "Polyline"]:
        """Return a stroke's polyline, with `supersampling` subpixels to a pixel's side.

        A generator: it yields every few milliseconds. Points too near the one before are left out.
        """
        radius = max(round(stroke.width * viewport.zoom * supersampling / 2), 1)
        kept: list[tuple[int, int]] = []
        curve = flattened(stroke.points, PIXEL_TOLERANCE / viewport.zoom)
        while chunk := list(islice(curve, _CONVERTED_AT_ONCE)):
            _append_distinct(_to_subpixels(chunk, viewport, supersampling), supersampling, kept)
            if len(chunk) == _CONVERTED_AT_ONCE:
                yield
        points = np.array(kept, np.int64)
        reach = radius + 2 * supersampling  # covers the points that were left out
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return cls(stroke, points, Rect(left, top, right, bottom).grown(reach), radius)

    def parts(self, rect: Rect) -> Iterator[Subpixels]:
        """Yield the parts whose ink may touch `rect`, of at most CHUNK points each.

        Within a run of segments a part begins with the last point of the one before it.
        """
        points = self.points
        if len(points) <= CHUNK:  # selecting would take longer than drawing
            yield points
            return
        reach = self.radius + 2
        before, after = points[:-1], points[1:]
        touching = np.maximum(before, after) >= (rect.left - reach, rect.top - reach)
        touching &= np.minimum(before, after) <= (rect.right + reach, rect.bottom + reach)
        edges = np.diff(touching.all(axis=1).astype(np.int8), prepend=0, append=0)
        begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            for first in range(begin, end, CHUNK - 1):
                yield points[first : min(first + CHUNK, end + 1)]


def _to_subpixels(places: Sequence[Place], viewport: Viewport, supersampling: int) -> Subpixels:
    pixels = (np.array(places, np.float64) - (viewport.left, viewport.top)) * viewport.zoom
    # Whole numbers: Pillow rounds fractions towards zero, which would shift a part that is redrawn
    # against the rest and leave a seam.
    return np.rint(pixels * supersampling).astype(np.int64)


def _append_distinct(points: Subpixels, supersampling: int, kept: list[tuple[int, int]]) -> None:
    """Append to `kept` the points at least half a pixel from the one before."""
    for x, y in points.tolist():
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= supersampling / 2:
            kept.append((x, y))
