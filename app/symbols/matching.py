"""Distances between clouds of points, once one is fitted to the other by an affine map."""

import numpy as np
from numpy.typing import NDArray

from app.symbols.features import POINTS

Clouds = NDArray[np.float32]
"""(n, POINTS, POINT_SIZE), as `features.cloud` makes them."""

_ROUNDS = 2
_STIFF = np.float32(0.3) * np.eye(3, dtype=np.float32)
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
    count, targets = len(others), others[..., :2]
    extended = np.concatenate([one[:, :2], np.ones((POINTS, 1), np.float32)], axis=1)
    first = np.arange(count)[:, None]
    near = np.empty((count, 2 * POINTS, 2), np.float32)
    near[:, POINTS:] = targets
    sources = np.empty((count, 2 * POINTS, 3), np.float32)
    sources[:, :POINTS] = extended
    right = _right_factor(others)
    squares = _left_factor(one[None]) @ right
    moved = np.empty((count, *one.shape), np.float32)
    moved[..., 2:] = one[:, 2:]
    for _round in range(_ROUNDS):
        near[:, :POINTS] = targets[first, squares.argmin(axis=2)]
        sources[:, POINTS:] = extended[squares.argmin(axis=1)]
        turned = sources.transpose(0, 2, 1) / np.float32(2 * POINTS)
        fitted = np.linalg.solve(turned @ sources + _STIFF, turned @ near + _STIFF @ _SAME)
        moved[..., :2] = extended @ fitted
        squares = _left_factor(moved) @ right
    means = np.maximum(squares.min(axis=2).mean(axis=1), squares.min(axis=1).mean(axis=1))
    distances: NDArray[np.float32] = np.sqrt(np.maximum(means, 0))
    return distances


def _left_factor(clouds: Clouds) -> Clouds:
    """Return what times `_right_factor` of other clouds is the squared distances of all points."""
    ones = np.ones((*clouds.shape[:2], 1), np.float32)
    return np.concatenate([clouds, _norms(clouds), ones], axis=2)


def _right_factor(clouds: Clouds) -> Clouds:
    ones = np.ones((*clouds.shape[:2], 1), np.float32)
    return np.concatenate([-2 * clouds, ones, _norms(clouds)], axis=2).transpose(0, 2, 1)


def _norms(clouds: Clouds) -> Clouds:
    norms: Clouds = np.einsum("npd,npd->np", clouds, clouds)[..., None]
    return norms
