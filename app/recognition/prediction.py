"""Owns the Prediction: what a model says of one raster, and the Outputs that it is made from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import Raster


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a network says of one raster, by its card's calibration."""

    logits: NDArray[np.float32]
    """Divided by the card's temperature, (10,)."""
    digit: float
    """The logit of "this is a digit at all", less that of the card's threshold."""
    embedding: NDArray[np.float32]
    """The layer before the logits, of length 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One answer: calibrated probabilities, whether it is a digit at all, and what it is from."""

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    """One for each label; they add up to 1."""
    digit_score: float
    """How surely the ink is a digit at all, 0 to 1."""
    is_digit: bool
    """Whether `digit_score` reaches the model card's threshold."""
    embedding: tuple[float, ...] = field(repr=False)
    """The layer before the logits, of length 1."""
    raster: Raster = field(repr=False, compare=False)
    """What the network saw."""
    own: bool = False
    """Whether the user's own samples say the same."""
    is_sure: bool = True
    """Whether `confidence` reaches the model card's threshold."""

    @property
    def label(self) -> str:
        """The most probable label, whether or not the ink is a digit."""
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        """The most probable label's probability."""
        return max(self.probabilities)

    @property
    def text(self) -> str:
        """The answer as text; empty if the ink is no digit."""
        return self.label if self.is_digit else ""

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """All labels with their probabilities, most probable first."""
        pairs = zip(self.labels, self.probabilities, strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])
