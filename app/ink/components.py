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
    """Return for every run the first run of its component."""
    parent = list(range(len(rows)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    before = 0
    row, start, end = rows.tolist(), starts.tolist(), ends.tolist()
    for run in range(len(row)):
        while row[before] < row[run] - 1 or (
            row[before] == row[run] - 1 and end[before] < start[run]
        ):
            before += 1
        other = before
        while row[other] == row[run] - 1 and start[other] <= end[run]:
            a, b = root(other), root(run)
            parent[max(a, b)] = min(a, b)
            other += 1
    return np.array([root(run) for run in range(len(row))], np.int64)
