"""`python -m training.export.map_samples` writes the samples of the map, assets/map/samples.npz.

They are digits that the shipped network only validated on: pen digits of the validation writers,
and images from the end of MNIST's training set.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.explanation.deformation import Deformable
from app.explanation.embedding_map import pack_rasters
from app.explanation.exemplars import path_of
from app.resources import asset
from training.data.corpus import LabelledRasters, rasters_of
from training.data.library import Library
from training.data.mnist import MNIST
from training.data.pendigits import PENDIGITS, PenDigit
from training.recipes.catalogue import INKLING, VALIDATION_WRITERS

_PEN, _MNIST = 140, 60
"""Of each label: 2,000 samples in all."""
_SEED = 22
_TYPICAL = 24
"""Paths of each label, from the writers that it was trained on."""


def write_map_samples(path: Path, library: Library) -> int:
    """Write the samples and return how many they are; raises DataError, OSError."""
    mnist = library.load(MNIST)
    part = slice(-INKLING.mnist_validation, None)
    digits = [one for one in library.load(PENDIGITS) if one.writer in VALIDATION_WRITERS]
    random = np.random.default_rng(_SEED)
    chosen = _chosen(rasters_of(digits), _PEN, random) + _chosen(
        LabelledRasters(mnist.x_train[part], mnist.y_train[part].astype(np.int16)), _MNIST, random
    )
    rasters = pack_rasters((chosen.images / 255).astype(np.float32))
    seen = [one for one in library.load(PENDIGITS) if one.writer not in VALIDATION_WRITERS]
    paths = [typical_paths(seen, label) for label in range(10)]
    np.savez_compressed(
        path,
        rasters=rasters,
        labels=chosen.labels.astype(np.int8),
        paths=np.rint(np.concatenate(paths) * 255).astype(np.uint8),
        path_labels=np.repeat(np.arange(10, dtype=np.int8), _TYPICAL),
    )
    return len(chosen)


def typical_paths(digits: Sequence[PenDigit], label: int) -> NDArray[np.float64]:
    """Return the paths of _TYPICAL digits of a label, (n, m, 2), so that each digit is near one.

    Each next one is that which brings all the most nearer (greedy k-medoids).
    """
    own = [Deformable(digit.strokes) for digit in digits if digit.label == label]
    paths = np.stack([path_of(drawing) for drawing in own])
    flat = (paths - paths.mean(axis=1, keepdims=True)).reshape(len(paths), -1)
    squares = (flat**2).sum(axis=1)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * flat @ flat.T, 0))
    nearest, chosen = np.full(len(paths), np.inf), []
    for _number in range(_TYPICAL):
        totals = np.minimum(distances, nearest[:, None]).sum(axis=0)
        chosen.append(int(totals.argmin()))
        nearest = np.minimum(nearest, distances[:, chosen[-1]])
    return paths[chosen]


def _chosen(part: LabelledRasters, count: int, random: np.random.Generator) -> LabelledRasters:
    """Return `count` random samples of each label, in the order of the labels."""
    indices: list[NDArray[np.int64]] = [
        np.sort(random.permutation(np.flatnonzero(part.labels == label))[:count])
        for label in range(10)
    ]
    places = np.concatenate(indices)
    return LabelledRasters(part.images[places], part.labels[places])


if __name__ == "__main__":
    target = asset("map") / "samples.npz"
    target.parent.mkdir(exist_ok=True)
    written = write_map_samples(target, Library())
    sys.stdout.write(f"{written} samples in {target}\n")
