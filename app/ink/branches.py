"""Owns parting a picture's ink where lines meet: into the lines that a pen may have drawn.

The ink is thinned to its middle lines (Zhang & Suen 1984), those are parted where three or more
meet, and what goes straight on through a meeting is one line again: digits that lie over each other
come apart along their strokes, where no seam from top to bottom parts them.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ink.components import Mask, components

Labels = NDArray[np.int32]

_ZONE = 0.4
"""Middle lines are uncertain so near to a meeting, in widths of the pen."""
_RING = 2.2
"""So far around a meeting a line shows where it goes, in widths of the pen."""
_SHORT = 0.7
"""A line shorter than so many widths of the pen is none: a spur of the thinning, or a bridge."""
_BEND = np.deg2rad(40)
"""What bends less than this at a meeting goes straight on."""
_MOST_LINES = 9
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""The neighbours of a pixel, clockwise from above: (dy, dx)."""


@dataclass(frozen=True, slots=True)
class _End:
    """Where a line reaches a meeting."""

    line: int
    direction: NDArray[np.float64]
    """Away from the meeting, (x, y), of length 1."""


def branches(mask: Mask, pen: float) -> Labels:
    """Return for every pixel of a component to which line it belongs, from 0; -1 outside the mask.

    `pen` is the width of the lines in pixels. Everything is 0 if the ink is one line, or so many
    that it is no writing.
    """
    whole = np.where(mask, np.int32(0), np.int32(-1))
    middle = thinned(mask)
    meeting = middle & (_TURNS[_codes(middle)] >= 3)
    if not meeting.any():
        return whole
    zone = _grown(meeting, max(round(_ZONE * pen), 1))
    lines, counts = components(middle & ~zone)
    short = counts < _SHORT * pen
    if len(counts) - 1 - short[1:].sum() > 3 * _MOST_LINES:
        return whole
    zone |= middle & short[lines]  # a bridge between two meetings makes them one
    lines = np.where(short[lines], np.int32(0), lines)
    names = _joined(middle, zone, lines, len(counts), pen)
    found, numbers = np.unique(names[lines[lines > 0]], return_inverse=True)
    if not 2 <= len(found) <= _MOST_LINES:
        return whole
    seeds = np.full(mask.shape, -1, np.int32)
    seeds[lines > 0] = numbers
    return _spread(seeds, mask)


def thinned(mask: Mask) -> Mask:
    """Return the middle lines of ink, one pixel wide (Zhang & Suen 1984)."""
    middle = mask.copy()
    while True:
        before = middle.copy()
        for table in _PEELED:
            middle &= ~table[_codes(middle)]
        if np.array_equal(before, middle):
            return middle


def _codes(mask: Mask) -> NDArray[np.uint8]:
    """Return for every pixel which of its neighbours are in the mask, a bit for each."""
    padded = np.pad(mask, 1).astype(np.uint8)
    height, width = mask.shape
    codes = np.zeros(mask.shape, np.uint8)
    for bit, (dy, dx) in enumerate(_AROUND):
        codes |= padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] << bit
    return codes


def _tables() -> tuple[NDArray[np.int64], list[Mask]]:
    """Return for every code how often paper turns to ink around it, and what each pass peels."""
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    turns = ((bits == 0) & (np.roll(bits, -1, axis=1) == 1)).sum(axis=1)
    north, east, south, west = bits[:, 0], bits[:, 2], bits[:, 4], bits[:, 6]
    count = bits.sum(axis=1)
    edge = (count >= 2) & (count <= 6) & (turns == 1)
    first = edge & (north * east * south == 0) & (east * south * west == 0)
    second = edge & (north * east * west == 0) & (north * south * west == 0)
    return turns, [first, second]


_TURNS, _PEELED = _tables()


def _joined(middle: Mask, zone: Mask, lines: Labels, count: int, pen: float) -> NDArray[np.int64]:
    """Return for every line's label the least label of those that are one line with it."""
    names = np.arange(count)
    meetings, _counts = components(zone & _grown(middle, 1))
    for number in range(1, int(meetings.max(initial=0)) + 1):
        for a, b in _straight_on(_ends(meetings == number, lines, pen)):
            low, high = sorted((names[a], names[b]))
            names[names == high] = low
    return names


def _ends(meeting: Mask, lines: Labels, pen: float) -> list[_End]:
    """Return all ends of lines at a meeting."""
    rows, columns = np.nonzero(meeting)
    centre = np.array([columns.mean(), rows.mean()])
    reach = int(_RING * pen) + max(int(np.ptp(rows)), int(np.ptp(columns))) // 2 + 1
    top, left = (max(int(value) - reach, 0) for value in (centre[1], centre[0]))
    window = np.s_[top : int(centre[1]) + reach + 1, left : int(centre[0]) + reach + 1]
    near, counts = components(lines[window] > 0)
    touching = _grown(meeting[window], 1)
    ends = []
    for number in range(1, len(counts)):
        its = near == number
        if not (its & touching).any():
            continue
        ys, xs = np.nonzero(its)
        away = np.array([xs.mean() + left, ys.mean() + top]) - centre
        line = int(lines[window][ys[0], xs[0]])
        ends.append(_End(line, away / max(float(np.hypot(*away)), 1e-9)))
    return ends


def _straight_on(ends: list[_End]) -> list[tuple[int, int]]:
    """Return which lines go on as which, the straightest first, each end used once."""
    bends = sorted(
        (float(np.arccos(np.clip(-a.direction @ b.direction, -1, 1))), i, j)
        for (i, a), (j, b) in itertools.combinations(enumerate(ends), 2)
    )
    used: set[int] = set()
    found = []
    for bend, i, j in bends:
        if bend <= _BEND and not {i, j} & used:
            used |= {i, j}
            found.append((ends[i].line, ends[j].line))
    return found


def _grown(mask: Mask, radius: int) -> Mask:
    """Return the mask and what is within `radius` pixels of it, each way."""
    for axis in (0, 1):
        wide = mask.copy()
        for step in range(1, radius + 1):
            ahead, behind = (slice(step, None), slice(None, -step))
            to, fro = (
                ((ahead, np.s_[:]), (behind, np.s_[:]))
                if axis == 0
                else ((np.s_[:], ahead), (np.s_[:], behind))
            )
            wide[to] |= mask[fro]
            wide[fro] |= mask[to]
        mask = wide
    return mask


def _spread(seeds: Labels, mask: Mask) -> Labels:
    """Return the seeds' labels spread over the mask, step by step to the neighbours; -1 outside."""
    labels = seeds
    height, width = mask.shape
    while True:
        empty = mask & (labels < 0)
        if not empty.any():
            return labels
        padded = np.pad(labels, 1, constant_values=-1)
        best = np.full(mask.shape, -1, np.int32)
        for dy, dx in _AROUND[1::2] + _AROUND[::2]:  # straight neighbours come last and win
            near = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
            best = np.where(near >= 0, near, best)
        if not (empty & (best >= 0)).any():
            return np.where(mask, np.maximum(labels, 0), np.int32(-1))
        labels = np.where(empty, best, labels)
