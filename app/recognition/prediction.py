"""The Prediction of one raster, and the network's calibrated Outputs that it is made from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import Raster


@dataclass(frozen=True, slots=True)
class Outputs:
    """The network's outputs for one raster, calibrated by the model card."""

    logits: NDArray[np.float32]
    """Divided by the temperature, (10,)."""
    digit_margin: float
    """The logit of "this is a digit at all" minus the threshold's; accepted where it is ≥ 0."""
    embedding: NDArray[np.float32]
    """The layer before the logits, of Euclidean length 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer to one raster: calibrated probabilities, and whether it is a digit at all."""

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    """One for each label, 0 to 1; their sum is 1."""
    digit_score: float
    """The probability that the ink is a digit at all, 0 to 1."""
    is_digit: bool
    """Whether `digit_score` reaches the model card's threshold."""
    embedding: tuple[float, ...] = field(repr=False)
    """The layer before the logits, of Euclidean length 1."""
    raster: Raster = field(repr=False, compare=False)
    """The network's input."""
    matches_samples: bool = False
    """Whether the user's samples raised the score of this answer."""
    is_sure: bool = True
    """Whether `confidence` reaches the model card's threshold, or the user gave this very ink its
    label."""

    @property
    def label(self) -> str:
        """The most probable label, whether or not the ink is a digit."""
        return self.labels[self.probabilities.index(self.confidence)]

    @property
    def confidence(self) -> float:
        """The most probable label's probability."""
        return max(self.probabilities)

    @property
    def joint_probabilities(self) -> tuple[float, ...]:
        """For each label, that the ink is a digit at all and this one; the sum is `digit_score`."""
        return tuple(share * self.digit_score for share in self.probabilities)

    @property
    def text(self) -> str:
        """The most probable label; empty if the ink is no digit."""
        return self.label if self.is_digit else ""

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """All labels with their probabilities, most probable first."""
        pairs = zip(self.labels, self.probabilities, strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])
