"""What a drawing is compared by: its shape, its points, and the network's embedding of it."""

import zipfile
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import InkError, ModelError
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster, visible_content
from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.recognition.model import Recogniser
from app.resources import shipped_symbol_weights
from app.symbols.features import cloud, shape_features
from app.symbols.marks import raster_marks, stroke_marks

WEIGHTS = ("shape", "embedding", "points", "strokes")
"""Of the distances of two drawings; see `SymbolWeights`."""


@dataclass(frozen=True, slots=True)
class SymbolWeights:
    """What was fitted to other people's symbols: `python -m training.symbol_weights.fit`."""

    mean: NDArray[np.float32]
    """(SHAPE_SIZE,): of the shape features."""
    projection: NDArray[np.float32]
    """(SHAPE_SIZE, n): to where drawings of one symbol lie together (linear discriminants)."""
    distances: NDArray[np.float32]
    """One for each of WEIGHTS: what a distance takes from the log-probability."""
    known: NDArray[np.float32]
    """Constant and slope of the logit that ink is one of the symbols, from the best score."""


@dataclass(frozen=True, slots=True)
class Description:
    """What of one drawing is compared."""

    vector: NDArray[np.float32]
    """Shape and embedding, each weighted: a dot product of two adds up their similarities."""
    cloud: NDArray[np.float32]
    """(POINTS, POINT_SIZE)."""
    strokes: int
    """How many; 0: not known, as in a picture."""
    raster: Raster
    embedding: NDArray[np.float32]
    """Of Euclidean length 1."""


class Describer:
    """Describes drawings with a network. Not for two threads at once."""

    def __init__(self, recogniser: Recogniser, weights: SymbolWeights) -> None:
        self._recogniser = recogniser
        self.weights = weights

    def describe(self, content: Content) -> Description:
        """Return the description of a drawing; raises InkError without ink, ModelError."""
        raster = drawing_raster(content)
        if raster is None:
            raise InkError(_("There is nothing drawn: draw the symbol first."))
        visible = visible_content(content)
        strokes = visible.strokes if visible.background is None else ()
        marks = stroke_marks(strokes) if strokes else raster_marks(raster)
        embedding = self._recogniser.calibrated_outputs(raster).embedding
        shape_weight, embedding_weight = np.sqrt(self.weights.distances[:2])
        shape = self._projected(shape_features(marks))
        vector = np.concatenate([shape * shape_weight, embedding * embedding_weight])
        return Description(vector, cloud(marks), len(strokes), raster, embedding)

    def _projected(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return shape features by the projection, of length 1; unknown ones count as the mean."""
        centred = np.nan_to_num(features - self.weights.mean)
        projected: NDArray[np.float32] = centred @ self.weights.projection
        return projected / np.float32(np.linalg.norm(projected) + 1e-9)


def load_symbol_weights() -> SymbolWeights:
    """Return the weights that come with the program; raises ModelError."""
    path = shipped_symbol_weights()
    try:
        with np.load(path, allow_pickle=False) as file:
            weights = SymbolWeights(
                *(file[name].astype(np.float32) for name in SymbolWeights.__slots__)
            )
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(
            _("The file {name} is missing or damaged; install the program again.").format(
                name=path.name
            )
        ) from error
    return weights
