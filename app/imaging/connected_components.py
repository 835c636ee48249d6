"""Owns connected components: which pixels of a mask hang together."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def components(mask: Mask) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the labels int32 (h, w), 0 where the mask is False, and every label's pixel count.

    Neighbours are the eight around a pixel. Runs of a row are united with those that they touch in
    the row before (Rosenfeld & Pfaltz 1966, on runs). counts[0] is the number of False pixels.
    """
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    parent = _united(rows, starts, ends)
    _roots, numbers = np.unique(parent, return_inverse=True)
    labels = np.zeros(mask.shape, np.int32)
    labels[mask] = np.repeat(numbers + 1, ends - starts)
    return labels, np.bincount(labels.ravel(), minlength=1)


def _united(
    rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for every run the first run of its component.

    All runs that touch are united at once, again and again, until none is left (Shiloach & Vishkin
    1982): a few steps of numpy rather than a step of Python for every run.
    """
    above, below = _touching(rows, starts, ends)
    parent = np.arange(len(rows))
    while True:
        a, b = parent[above], parent[below]
        if np.array_equal(a, b):
            return parent
        least = np.minimum(a, b)
        np.minimum.at(parent, np.maximum(a, b), least)
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]


def _touching(
    rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of runs that touch, one of each in the row above the other."""
    width = int(ends.max(initial=0)) + 2
    before = (rows - 1) * width
    first = np.searchsorted(rows * width + ends, before + starts, "left")
    last = np.searchsorted(rows * width + starts, before + ends, "right")
    counts = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    above = np.arange(counts.sum()) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return above, below
