"""Cuts a picture's ink where digits touch, along seams from top to bottom through little ink.

A seam takes one pixel of each row. Some seams cross as little ink as possible, as in seam carving
(Avidan & Shamir 2007) or drop-fall (Congedo et al. 1995); others join a notch of the upper contour
to one of the lower contour, where two bows touch along a stretch (the contour analysis of Strathy,
Suen & Krzyżak 1993). There are more seams than digits: the recogniser decides which are right.
All lengths are in heights of a usual digit, unless in pixels.
"""

import numpy as np
from numpy.typing import NDArray

from app.imaging.connected_components import Mask

Costs = NDArray[np.float32]
Seam = NDArray[np.int64]
"""For each row the first column to the right of the seam."""

_SIDESTEP_COST = 0.15
"""The cost of a step to the side, in pixels of ink: it keeps seams straight."""
_MAX_INK = 0.9
"""The most ink that a seam crosses."""
_MIN_EDGE_DISTANCE = 0.12
"""The least mean distance of a seam from the left and right end of the ink."""
_MIN_NOTCH_DEPTH = 0.06
_MAX_SLANT = 0.35
"""The largest horizontal distance between two notches that a seam joins."""
_NOTCH_SEAM_DISTANCE = 0.06
"""The least mean distance between a seam from notch to notch and any other."""
_INK_SEAM_DISTANCE = 0.12
"""The same for other seams, since the hole of a digit lets many through."""
_VALLEY_TOLERANCE = 0.3
"""Costs that differ by less, in pixels of ink, are equally low."""


def find_seams(mask: Mask, height: float, limit: int) -> list[Seam]:
    """Return at most `limit` seams through a component, from left to right; no two of them cross.

    `mask` is cropped to the component; `height` is a usual digit's, in pixels. Seams between
    notches are preferred, then those through the least ink.
    """
    ink = mask.astype(np.float32)
    accepted = _AcceptedSeams(ink, height, limit)
    for seam in _notch_seams(mask, height):
        accepted.offer(seam, _NOTCH_SEAM_DISTANCE)
    from_above, from_below = _path_costs(ink), _path_costs(ink[::-1])[::-1]
    through = from_above + from_below - ink
    reach = max(round(_NOTCH_SEAM_DISTANCE * height), 1)
    pixels = [
        (float(through[row, column]), row, column)
        for row in sorted({int(len(mask) * share) for share in (0.25, 0.5, 0.75)})
        for column in _valleys(through[row], reach)
    ]
    for _cost, row, column in sorted(pixels):
        accepted.offer(_cheapest_seam(from_above, from_below, row, column), _INK_SEAM_DISTANCE)
    return _uncrossed(accepted.seams)


def label_parts(mask: Mask, seams: list[Seam]) -> NDArray[np.int32]:
    """Return for each pixel the number of seams to its left, int32 (h, w); -1 outside the mask."""
    columns = np.arange(mask.shape[1])
    labels = np.zeros(mask.shape, np.int32)
    for seam in seams:
        labels += columns[None, :] >= seam[:, None]
    return np.where(mask, labels, np.int32(-1))


class _AcceptedSeams:
    """Seams that are few enough, far enough apart, and cross little enough ink."""

    def __init__(self, ink: Costs, height: float, limit: int) -> None:
        self.seams: list[Seam] = []
        self._ink = ink
        self._height = height
        self._limit = limit

    def offer(self, seam: Seam, min_distance: float) -> None:
        """Accept a seam if it is at least `min_distance` from all others and suits otherwise."""
        centre, margin = float(seam.mean()), _MIN_EDGE_DISTANCE * self._height
        width = self._ink.shape[1]
        if len(self.seams) == self._limit or not margin <= centre <= width - margin:
            return
        crossed = float(self._ink[np.arange(len(seam)), seam].sum())
        is_near = any(
            float(np.abs(seam - other).mean()) < min_distance * self._height for other in self.seams
        )
        if not is_near and crossed <= _MAX_INK * self._height:
            self.seams.append(seam)


def _path_costs(ink: Costs) -> Costs:
    """Return the least cost of a path from the first row to each pixel, including that pixel."""
    cost = ink.copy()
    sidestep = np.float32(_SIDESTEP_COST)
    for row in range(1, len(ink)):
        above = cost[row - 1]
        best = above.copy()
        np.minimum(best[1:], above[:-1] + sidestep, out=best[1:])
        np.minimum(best[:-1], above[1:] + sidestep, out=best[:-1])
        cost[row] += best
    return cost


def _valleys(values: Costs, reach: int) -> list[int]:
    """Return the middles of the runs that are as low as anything within `reach` of them."""
    padded = np.pad(values, reach, constant_values=np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    low = np.flatnonzero(values <= windows.min(axis=1) + _VALLEY_TOLERANCE)
    runs = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    return [int(run[len(run) // 2]) for run in runs if len(run)]


def _notch_seams(mask: Mask, height: float) -> list[Seam]:
    """Return straight seams from notches of the upper contour to notches of the lower one."""
    upper = mask.argmax(axis=0)
    lower = len(mask) - 1 - mask[::-1].argmax(axis=0)
    depth = _MIN_NOTCH_DEPTH * height
    found = []
    for x0 in _notches(upper.astype(np.float64), depth):
        for x1 in _notches(-lower.astype(np.float64), depth):
            if abs(x1 - x0) <= _MAX_SLANT * height and lower[x1] >= upper[x0]:
                found.append(_straight_seam(len(mask), (x0, int(upper[x0])), (x1, int(lower[x1]))))
    return found


def _notches(contour: NDArray[np.float64], min_depth: float) -> list[int]:
    """Return the columns of the contour's peaks that rise at least `min_depth` on both sides."""
    found: list[int] = []
    peak, lowest = 0, contour[0]
    is_rising = False  # into a notch, since the last turning point
    for column, depth in enumerate(contour):
        if is_rising and depth > contour[peak]:
            peak = column
        elif is_rising and depth < contour[peak] - min_depth:
            found.append(_middle_of_run(contour, peak))
            is_rising, lowest = False, depth
        elif not is_rising:
            lowest = min(lowest, depth)
            if depth > lowest + min_depth:
                is_rising, peak = True, column
    return found


def _middle_of_run(values: NDArray[np.float64], first: int) -> int:
    """Return the middle of the run of equal values that begins at an index."""
    last = first
    while last + 1 < len(values) and values[last + 1] == values[first]:
        last += 1
    return (first + last) // 2


def _straight_seam(rows: int, start: tuple[int, int], end: tuple[int, int]) -> Seam:
    """Return the seam that is a straight line between two pixels (x, y), and vertical beyond."""
    return np.rint(np.interp(np.arange(rows), [start[1], end[1]], [start[0], end[0]])).astype(
        np.int64
    )


def _cheapest_seam(from_above: Costs, from_below: Costs, row: int, column: int) -> Seam:
    """Return the cheapest seam through a pixel, traced back from there both ways."""
    seam = np.empty(len(from_above), np.int64)
    seam[row] = column
    for costs, step in ((from_above, -1), (from_below, 1)):
        y, x = row, column
        while 0 <= y + step < len(from_above):
            y += step
            low = max(x - 1, 0)
            near = costs[y, low : x + 2] + _SIDESTEP_COST
            near[x - low] -= _SIDESTEP_COST
            x = low + int(near.argmin())
            seam[y] = x
    return seam


def _uncrossed(seams: list[Seam]) -> list[Seam]:
    """Return the seams from left to right; where two would cross, they run along each other."""
    ordered = sorted(seams, key=lambda seam: float(seam.mean()))
    for index in range(1, len(ordered)):
        ordered[index] = np.maximum(ordered[index], ordered[index - 1])
    return ordered
