"""A picture of a five for the tests of pictures, and how alike two rasters are."""

import numpy as np

from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.ink.renderer import render
from app.ink.stroke import Stroke

FIVE = (
    Stroke.of([(260, 90), (150, 95), (140, 190), (200, 175), (260, 220), (240, 290), (140, 300)]),
)
PICTURE = render(Content(strokes=FIVE))


def similarity(a: Raster, b: Raster) -> float:
    """Return the cosine between two rasters: 1.0 if they are the same."""
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
