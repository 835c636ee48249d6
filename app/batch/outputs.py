"""A model's raw outputs for many rasters, as work for several processes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.batch.work import Files
from app.errors import ModelError
from app.i18n import _
from app.recognition.model import Recogniser
from app.recognition.model_import import MODEL
from app.recognition.profile_files import model_files

Images = NDArray[np.uint8]
Outputs = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Logits (n, labels), and logits of being a digit at all (n, 1)."""


class RasterOutputs:
    """A LiteRT model with its card beside it. In another process it is loaded anew."""

    def __init__(self, path: Path) -> None:
        """Load the model; raises ModelError."""
        self._path = path
        self._recogniser = Recogniser(path)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes it: from its path."""
        return RasterOutputs, (self._path,)

    def portable(self) -> tuple[Callable[[Path], "RasterOutputs"], Files]:
        """Return how another machine makes it: from a folder with these files."""
        return _outputs_in, model_files(self._recogniser)

    def block(self, images: Images) -> Outputs:
        """Return the outputs for rasters uint8 (n, 28, 28), n ≥ 1."""
        logits, _embeddings, digit = self._recogniser.infer_many(images.astype(np.float32) / 255.0)
        return logits, digit

    def split(self, images: Images) -> Sequence[Images]:
        """Return all rasters: they are tried once more together."""
        return [images]

    def lost(self, images: Images) -> Outputs:
        """Raise ModelError: measures of a part of the rasters would be wrong."""
        wrong = _("A process ended twice at the same {count} images; try it with --jobs 1.")
        raise ModelError(wrong.format(count=len(images)))

    def joined(self, outputs: Sequence[Outputs]) -> Outputs:
        """Return the outputs for several parts as those for all."""
        logits, digit = zip(*outputs, strict=True)
        return np.concatenate(logits), np.concatenate(digit)


def _outputs_in(folder: Path) -> RasterOutputs:
    return RasterOutputs(folder / MODEL)
