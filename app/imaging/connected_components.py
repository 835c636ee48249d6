"""Connected components of a mask."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
_Ints = NDArray[np.int64]


def label_components(mask: Mask) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the labels int32 (h, w), 0 where the mask is False, and every label's pixel count.

    Neighbours are the eight around a pixel. counts[0] is the number of False pixels. Runs of a row
    are united with those that they touch in the row above (Rosenfeld & Pfaltz 1966, on runs).
    """
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    _roots, numbers = np.unique(_roots_of(rows, starts, ends), return_inverse=True)
    labels = np.zeros(mask.shape, np.int32)
    labels[mask] = np.repeat(numbers + 1, ends - starts)
    return labels, np.bincount(labels.ravel(), minlength=1)


def remove_small_components(mask: Mask, min_share: float) -> Mask:
    """Return the mask without components of fewer pixels than `min_share` of the largest one."""
    labels, counts = label_components(mask)
    if len(counts) < 2:
        return mask
    keep = counts >= min_share * counts[1:].max()
    keep[0] = False
    kept: Mask = keep[labels]
    return kept


def _roots_of(rows: _Ints, starts: _Ints, ends: _Ints) -> _Ints:
    """Return for every run the first run of its component.

    All runs that touch are united at once, repeatedly, until none is left (Shiloach & Vishkin
    1982): a few numpy operations instead of a Python loop over the runs.
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


def _touching(rows: _Ints, starts: _Ints, ends: _Ints) -> tuple[_Ints, _Ints]:
    """Return all pairs of runs that touch, the one in the row above first."""
    width = int(ends.max(initial=0)) + 2
    before = (rows - 1) * width
    first = np.searchsorted(rows * width + ends, before + starts, "left")
    last = np.searchsorted(rows * width + starts, before + ends, "right")
    counts = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    above = np.arange(counts.sum()) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return above, below
