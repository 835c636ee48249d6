"""Distances between clouds of points, once one is fitted to the other by an affine map."""

import numpy as np
from numpy.typing import NDArray

from app.symbols.features import POINTS

Clouds = NDArray[np.float32]
"""(n, POINTS, POINT_SIZE), as `features.cloud` makes them."""

_ROUNDS = 2
_RIGIDITY = 0.3
"""What a change of shape costs, beside the squared distances that it saves."""
_SAME = np.array([[1, 0], [0, 1], [0, 0]], np.float32)
"""The affine map that changes nothing."""


def cloud_distances(one: NDArray[np.float32], others: Clouds) -> NDArray[np.float32]:
    """Return the distance of a cloud (POINTS, POINT_SIZE) to each of n others, float32 (n,).

    It is the root of the mean squared distance of points to the nearest of the other cloud, in the
    direction in which it is larger (a modified Hausdorff distance, Dubuisson & Jain 1994). Before,
    the cloud is fitted to the other by iterated closest points (Besl & McKay 1992), with an affine
    map that stays near to none, so that slant and proportions matter little.
    """
    places, targets = one[None, :, :2], others[..., :2]
    rest = _squares(one[None, :, 2:], others[..., 2:])
    ones = np.ones((1, POINTS, 1), np.float32)
    extended = np.concatenate([places, ones], axis=2)
    sources = np.broadcast_to(extended, (len(others), POINTS, 3))
    moved = np.broadcast_to(places, targets.shape)
    for _round in range(_ROUNDS):
        squares = _squares(moved, targets) + rest
        there, back = squares.argmin(axis=2), squares.argmin(axis=1)
        near = np.concatenate([np.take_along_axis(targets, there[..., None], 1), targets], axis=1)
        from_ = np.concatenate([sources, extended[0][back]], axis=1)
        turned = from_.transpose(0, 2, 1) / np.float32(2 * POINTS)
        normal = turned @ from_ + np.float32(_RIGIDITY) * np.eye(3, dtype=np.float32)
        fitted = np.linalg.solve(normal, turned @ near + np.float32(_RIGIDITY) * _SAME)
        moved = extended @ fitted
    squares = _squares(moved, targets) + rest
    means = np.maximum(squares.min(axis=2).mean(axis=1), squares.min(axis=1).mean(axis=1))
    distances: NDArray[np.float32] = np.sqrt(np.maximum(means, 0))
    return distances


def _squares(a: Clouds, b: Clouds) -> NDArray[np.float32]:
    """Return the squared distances of all points of one cloud to all of the other, (n, p, q)."""
    own, other = (a * a).sum(axis=2), (b * b).sum(axis=2)
    squares: NDArray[np.float32] = own[:, :, None] + other[:, None] - 2 * (a @ b.transpose(0, 2, 1))
    return squares
