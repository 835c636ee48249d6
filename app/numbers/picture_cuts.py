"""Owns cutting a picture's ink where digits touch: seams from top to bottom through little ink.

A seam takes one pixel of every row. Some cross as little ink as they can, as in seam carving
(Avidan & Shamir 2007) or drop-fall (Congedo et al. 1995); others join a notch of the upper contour
to one of the lower contour, where two bows touch along a stretch (the contour analysis of Strathy,
Suen & Krzyżak 1993). There are more seams than digits; which are right, the recogniser decides.
"""

import numpy as np
from numpy.typing import NDArray

from app.imaging.connected_components import Mask

Costs = NDArray[np.float32]
Seam = NDArray[np.int64]
"""For every row the first column right of it."""

_SIDEWAYS = 0.15
"""What a step to the side costs, in pixels of ink: a seam is as straight as it may be."""
_MOST_INK = 0.9
"""A seam crosses no more ink than so many heights of a usual digit."""
_EDGE = 0.12
"""How far from the ink's left and right end a seam begins, in heights."""
_NOTCH = 0.06
"""The least depth of a notch, in heights."""
_SLANT = 0.35
"""How far apart from side to side two notches are that a seam joins, in heights."""
_APART = 0.06
"""Seams between notches that are nearer each other, on average, are one, in heights."""
_FAR_APART = 0.12
"""Other seams are, for a hole of a digit lets many through."""


def seams(mask: Mask, height: float, most: int) -> list[Seam]:
    """Return at most `most` seams through a component, from the left, no two of them crossing.

    `height` is a usual digit's, in pixels. Those that join notches come first, then those through
    the least ink.
    """
    ink = mask.astype(np.float32)
    chosen = _Chosen(ink, height, most)
    for seam in _between_notches(mask, height):
        chosen.take(seam, _APART)
    above, below = _swept(ink), _swept(ink[::-1])[::-1]
    through = above + below - ink
    traced = [
        (float(through[row, column]), row, column)
        for row in _rows_of(mask)
        for column in _valleys(through[row], max(round(_APART * height), 1))
    ]
    for _cost, row, column in sorted(traced):
        chosen.take(_traced(above, below, row, column), _FAR_APART)
    return _in_order(chosen.seams)


class _Chosen:
    """The seams that are taken: not too many, not too near each other, not through too much ink."""

    def __init__(self, ink: Costs, height: float, most: int) -> None:
        self.seams: list[Seam] = []
        self._ink = ink
        self._height = height
        self._most = most

    def take(self, seam: Seam, apart: float) -> None:
        """Take a seam if it is worth it, and `apart` heights from every other."""
        middle, edge = float(seam.mean()), _EDGE * self._height
        if len(self.seams) == self._most or not edge <= middle <= self._ink.shape[1] - edge:
            return
        crossed = float(self._ink[np.arange(len(seam)), seam].sum())
        near = any(
            float(np.abs(seam - other).mean()) < apart * self._height for other in self.seams
        )
        if not near and crossed <= _MOST_INK * self._height:
            self.seams.append(seam)


def parted(mask: Mask, cuts: list[Seam]) -> NDArray[np.int32]:
    """Return for every pixel between which seams it lies, from 0; -1 outside the mask."""
    columns = np.arange(mask.shape[1])
    part = np.zeros(mask.shape, np.int32)
    for cut in cuts:
        part += columns[None, :] >= cut[:, None]
    return np.where(mask, part, np.int32(-1))


def _swept(ink: Costs) -> Costs:
    """Return the least cost of a way from the first row to every pixel, that pixel's included."""
    cost = ink.copy()
    side = np.float32(_SIDEWAYS)
    for row in range(1, len(ink)):
        before = cost[row - 1]
        best = before.copy()
        np.minimum(best[1:], before[:-1] + side, out=best[1:])
        np.minimum(best[:-1], before[1:] + side, out=best[:-1])
        cost[row] += best
    return cost


def _rows_of(mask: Mask) -> list[int]:
    """Return the rows at which seams are told apart: three quarters' ends of the height."""
    return sorted({int(len(mask) * share) for share in (0.25, 0.5, 0.75)})


def _valleys(values: Costs, reach: int) -> list[int]:
    """Return the middles of the stretches that are as low as anything within `reach` of them."""
    padded = np.pad(values, reach, constant_values=np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    low = np.flatnonzero(values <= windows.min(axis=1) + 0.3)
    runs = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    return [int(run[len(run) // 2]) for run in runs if len(run)]


def _between_notches(mask: Mask, height: float) -> list[Seam]:
    """Return straight seams from notches of the upper contour to notches of the lower one."""
    upper = mask.argmax(axis=0)
    lower = len(mask) - 1 - mask[::-1].argmax(axis=0)
    depth = _NOTCH * height
    found = []
    for x0 in _notches(upper.astype(np.float64), depth):
        for x1 in _notches(-lower.astype(np.float64), depth):
            if abs(x1 - x0) <= _SLANT * height and lower[x1] >= upper[x0]:
                found.append(_straight(len(mask), (x0, int(upper[x0])), (x1, int(lower[x1]))))
    return found


def _notches(depths: NDArray[np.float64], least: float) -> list[int]:
    """Return the columns where a contour is deepest between two rises of at least `least`."""
    found: list[int] = []
    best, lowest = 0, depths[0]
    risen = False  # from the last turning point downwards into a notch
    for column, depth in enumerate(depths):
        if risen and depth > depths[best]:
            best = column
        elif risen and depth < depths[best] - least:
            found.append(_middle_of(depths, best))
            risen, lowest = False, depth
        elif not risen:
            lowest = min(lowest, depth)
            if depth > lowest + least:
                risen, best = True, column
    return found


def _middle_of(depths: NDArray[np.float64], first: int) -> int:
    """Return the middle of the level stretch that begins at a column."""
    last = first
    while last + 1 < len(depths) and depths[last + 1] == depths[first]:
        last += 1
    return (first + last) // 2


def _straight(rows: int, start: tuple[int, int], end: tuple[int, int]) -> Seam:
    """Return the seam that is a straight line from one pixel (x, y) to another, upright beyond."""
    return np.rint(np.interp(np.arange(rows), [start[1], end[1]], [start[0], end[0]])).astype(
        np.int64
    )


def _traced(above: Costs, below: Costs, row: int, column: int) -> Seam:
    """Return the cheapest seam through a pixel."""
    seam = np.empty(len(above), np.int64)
    seam[row] = column
    for costs, step in ((above, -1), (below, 1)):
        here, at = row, column
        while 0 <= here + step < len(above):
            here += step
            low = max(at - 1, 0)
            near = costs[here, low : at + 2] + _SIDEWAYS
            near[at - low] -= _SIDEWAYS
            at = low + int(near.argmin())
            seam[here] = at
    return seam


def _in_order(found: list[Seam]) -> list[Seam]:
    """Return the seams from the left; where two cross, the one goes along the other."""
    ordered = sorted(found, key=lambda seam: float(seam.mean()))
    for index in range(1, len(ordered)):
        ordered[index] = np.maximum(ordered[index], ordered[index - 1])
    return ordered
