"""The map: a plane of validation samples in the network's embedding, and where a drawing is in it.

The plane is that of the two principal components (Pearson 1901; Hotelling 1933) of the samples'
embeddings. It is computed from the model that answers, so a retrained one has its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.recognition.personal_recogniser import PersonalRecogniser
from app.resources import asset
from app.storage.archive_errors import ARCHIVE_ERRORS

Floats = NDArray[np.float32]
_LEVELS = 15
"""Grey levels of a stored raster after 0: two pixels to a byte."""
_AT_ONCE = 64
"""Samples that are embedded in one step, in some 20 ms: answers to the user's ink need not wait."""


@dataclass(frozen=True, slots=True)
class MapSamples:
    """Samples that the shipped network did not train on, n of them."""

    rasters: Floats
    """(n, 28, 28) in [0, 1]."""
    labels: NDArray[np.int64]
    """Indices of labels, (n,)."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A sample near a drawing."""

    index: int
    """Of the sample."""
    cosine: float
    """Of its embedding and the drawing's: 1 for the same."""


@dataclass(frozen=True, slots=True)
class EmbeddingMap:
    """The samples' embeddings and their plane."""

    samples: MapSamples
    embeddings: Floats
    """(n, k), of length 1."""
    mean: Floats
    axes: Floats
    """(k, 2), orthonormal."""
    shown: float
    """The share of the embeddings' variance that the plane shows, 0 to 1."""

    @property
    def points(self) -> Floats:
        """Where the samples are in the plane, (n, 2)."""
        return self.place(self.embeddings)

    def place(self, embeddings: Floats) -> Floats:
        """Return where embeddings (…, k) are in the plane, (…, 2)."""
        return ((embeddings - self.mean) @ self.axes).astype(np.float32)

    def nearest(self, embedding: Floats, count: int = 8) -> list[Neighbour]:
        """Return the samples nearest to an embedding (k,), the nearest first."""
        cosines = self.embeddings @ embedding
        chosen = np.argsort(-cosines, kind="stable")[:count]
        return [Neighbour(int(index), float(cosines[index])) for index in chosen]


class MapBuilder:
    """Makes the map in steps of a few milliseconds, between answers to the user's ink."""

    def __init__(self, samples: MapSamples) -> None:
        self._samples = samples
        self._parts: list[Floats] = []
        self._done = 0

    @property
    def progress(self) -> float:
        """How much is done, 0 to 1."""
        return self._done / len(self._samples.labels)

    def step(self, personal: PersonalRecogniser) -> EmbeddingMap | None:
        """Embed some more samples; return the map after the last ones. Raises ModelError."""
        rasters = self._samples.rasters[self._done : self._done + _AT_ONCE]
        for outputs in personal.recogniser.calibrated_many(rasters):
            if isinstance(outputs, ModelError):
                raise outputs
            self._parts.append(outputs.embedding)
        self._done += len(rasters)
        return embedding_map(self._samples, np.stack(self._parts)) if self.progress == 1 else None


def embedding_map(samples: MapSamples, embeddings: Floats) -> EmbeddingMap:
    """Return the map of samples with the embeddings (n, k)."""
    mean = embeddings.mean(axis=0)
    centred = embeddings - mean
    variances, axes = np.linalg.eigh(centred.T @ centred)  # in ascending order
    plane = axes[:, :-3:-1]
    # An axis' sign is free: the same one on every machine.
    plane = plane * np.sign(plane[np.abs(plane).argmax(axis=0), range(plane.shape[1])])
    shown = float(variances[-2:].sum() / max(float(variances.sum()), 1e-12))
    return EmbeddingMap(samples, embeddings, mean, plane.astype(np.float32), shown)


def load_map_samples() -> MapSamples:
    """Return the samples that come with the program; raises ModelError if they are damaged."""
    try:
        with np.load(asset("map") / "samples.npz", allow_pickle=False) as arrays:
            return unpack_samples(arrays["rasters"], arrays["labels"])
    except (OSError, *ARCHIVE_ERRORS) as error:
        raise ModelError(damaged_samples_message()) from error


def damaged_samples_message() -> str:
    """Return the message where the samples cannot be read."""
    return _("The samples of the map are missing or damaged; install the program again.")


def pack_rasters(rasters: Floats) -> NDArray[np.uint8]:
    """Return rasters (n, 28, 28) in 16 grey levels, two pixels to a byte, (n, 392)."""
    levels = np.rint(rasters * _LEVELS).astype(np.uint8).reshape(len(rasters), -1, 2)
    return (levels[..., 0] << 4 | levels[..., 1]).astype(np.uint8)


def unpack_samples(packed: NDArray[np.uint8], labels: NDArray[np.integer]) -> MapSamples:
    """Return the samples of `pack_rasters` with their labels (n,); raises ValueError."""
    levels = np.stack([packed >> 4, packed & 15], axis=-1).astype(np.float32)
    return MapSamples(
        levels.reshape(len(labels), 28, 28) / np.float32(_LEVELS), labels.astype(np.int64)
    )
