"""Owns a stroke's centre line in the samples that the mirror inks, and its parts in a box.

A drawing may have 200,000 points: each stroke is converted once for a view, and only what touches
the part of the image that is drawn goes to Pillow.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.ink.stroke import Point, Stroke
from app.ink.viewport import View

PIECE = 1000
"""Points that are inked at once, in some milliseconds."""
_CONVERTED = 10_000
"""Points that are converted at once."""

Places = NDArray[np.int64]
"""Samples from the image's corner, (n, 2): x and y."""


class CentreLine(NamedTuple):
    """A stroke as it is inked in one view, with `fine` samples a pixel."""

    stroke: Stroke
    places: Places
    low: tuple[int, int]
    """The least sample that its ink may touch, in x and in y."""
    high: tuple[int, int]
    """The greatest."""
    radius: int
    """Half the pen's width, in samples."""

    @classmethod
    def steps(cls, stroke: Stroke, view: View, fine: int) -> Generator[None, None, CentreLine]:
        """Return a stroke's centre line, without points that could not be seen.

        It is made in steps, of which each takes some milliseconds.
        """
        radius = max(round(stroke.width * view.zoom * fine / 2), 1)
        kept: list[tuple[int, int]] = []
        for first in range(0, len(stroke.points), _CONVERTED):
            _thin(_in_samples(stroke.points[first : first + _CONVERTED], view, fine), fine, kept)
            if first + _CONVERTED < len(stroke.points):
                yield
        places = np.array(kept, np.int64)
        reach = radius + 2 * fine  # with what lies beside the points that were left out
        low, high = places.min(axis=0) - reach, places.max(axis=0) + reach
        return cls(stroke, places, (int(low[0]), int(low[1])), (int(high[0]), int(high[1])), radius)

    def meets(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether its ink may touch a box of samples."""
        across = self.low[0] < right and left < self.high[0]
        return across and self.low[1] < bottom and top < self.high[1]

    def parts(self, left: int, top: int, right: int, bottom: int) -> Iterator[Places]:
        """Yield the parts whose ink may touch a box of samples, of at most PIECE points each.

        A part begins with the point that the one before it ended with.
        """
        places = self.places
        if len(places) <= PIECE:  # to look which would take longer than to ink them
            yield places
            return
        reach = self.radius + 2
        before, after = places[:-1], places[1:]
        meets = np.maximum(before, after) >= (left - reach, top - reach)
        meets &= np.minimum(before, after) <= (right + reach, bottom + reach)
        edges = np.diff(meets.all(axis=1).astype(np.int8), prepend=0, append=0)
        begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            for first in range(begin, end, PIECE - 1):
                yield places[first : min(first + PIECE, end + 1)]


def _in_samples(points: Sequence[Point], view: View, fine: int) -> Places:
    numbers = np.fromiter(chain.from_iterable(points), np.float64, 3 * len(points))
    pixels = (numbers.reshape(-1, 3)[:, :2] - (view.left, view.top)) * view.zoom
    # Whole samples throughout: then a part drawn anew joins the rest without a seam, for Pillow
    # rounds fractions towards zero, which lies elsewhere in every part.
    return np.rint(pixels * fine).astype(np.int64)


def _thin(places: Places, fine: int, kept: list[tuple[int, int]]) -> None:
    """Add the places to `kept`, but for those closer than half a pixel to the one before.

    They change nothing that can be seen, only the time.
    """
    for x, y in places.tolist():
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= fine / 2:
            kept.append((x, y))
