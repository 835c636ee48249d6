"""Typical digits as paths, and warps of a drawing towards them."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.explanation.deformation import Deformable
from app.explanation.embedding_map import damaged_samples_message
from app.explanation.scores import Floats
from app.resources import asset
from app.storage.archive_errors import ARCHIVE_ERRORS

PATH_POINTS = 32
"""Of a path: evenly spread along all strokes in the order of writing, without the pen's lifts."""
_SCALES = (0.3, 3.0)
"""How much smaller or larger an exemplar may be made to lie on a drawing."""


@dataclass(frozen=True, slots=True)
class Exemplars:
    """Paths of digits, each in both directions of writing."""

    paths: Floats
    """(n, PATH_POINTS, 2)."""
    labels: NDArray[np.int64]

    def warps(self, drawing: Deformable, label: int, count: int) -> Floats:
        """Return how the drawing's points move to lie on the exemplars of a label, (≤ count, n, 2).

        The nearest come first. An exemplar is moved and scaled to lie on the drawing, because the
        raster does not depend on that.
        """
        along = np.linspace(0, 1, PATH_POINTS)
        arc = drawing.arc
        path = np.stack([np.interp(along, arc, drawing.points[:, axis]) for axis in (0, 1)], axis=1)
        paths = _fitted(self.paths[self.labels == label], path)
        distances = np.hypot(*(paths - path).transpose(2, 0, 1)).mean(axis=1)
        nearest = np.argsort(distances, kind="stable")[:count]
        shifts = paths[nearest] - path
        warps = [[np.interp(arc, along, shift[:, axis]) for axis in (0, 1)] for shift in shifts]
        return np.array(warps).reshape(-1, 2, len(arc)).transpose(0, 2, 1)


@cache
def exemplars() -> Exemplars:
    """Return the exemplars that come with the program; raises ModelError."""
    try:
        with np.load(asset("map") / "samples.npz", allow_pickle=False) as arrays:
            paths = arrays["paths"].astype(np.float64) / 255
            labels = arrays["path_labels"].astype(np.int64)
            both = np.concatenate([paths, paths[:, ::-1]])
            return Exemplars(both.reshape(-1, PATH_POINTS, 2), np.concatenate([labels, labels]))
    except (OSError, *ARCHIVE_ERRORS) as error:
        raise ModelError(damaged_samples_message()) from error


def path_of(drawing: Deformable) -> Floats:
    """Return a drawing's path, (PATH_POINTS, 2), its longer side 1 and its corner at 0."""
    along = np.linspace(0, 1, PATH_POINTS)
    arc = drawing.arc
    path = np.stack([np.interp(along, arc, drawing.points[:, axis]) for axis in (0, 1)], axis=1)
    path -= path.min(axis=0)
    scaled: Floats = path / max(float(path.max()), 1e-9)
    return scaled


def _fitted(paths: Floats, target: Floats) -> Floats:
    """Return paths (n, m, 2) scaled and moved to lie on a path (m, 2), by least squares."""
    centred, wanted = paths - paths.mean(axis=1, keepdims=True), target - target.mean(axis=0)
    products = (centred * wanted).sum(axis=(1, 2))
    scales = np.clip(products / np.maximum((centred**2).sum(axis=(1, 2)), 1e-9), *_SCALES)
    fitted: Floats = centred * scales[:, None, None] + target.mean(axis=0)
    return fitted
