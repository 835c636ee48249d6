"""The Prediction of one raster, and the network's calibrated Outputs that it is made from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import Raster
from app.recognition.alphabet import DIGITS, look_alikes

MOST = 10
"""So many of an alphabet's labels are shown with their probabilities, the most probable ones."""
_ALTERNATIVE = 0.1
"""A look-alike that is less probable than the label, times this, is told apart from it."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The network's outputs for one raster, calibrated by the model card."""

    logits: NDArray[np.float32]
    """Divided by the temperature, one for each label."""
    known_margin: float
    """The logit of "this is one of the labels at all" minus the threshold's; accepted where ≥ 0."""
    embedding: NDArray[np.float32]
    """The layer before the logits, of Euclidean length 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer to one raster: calibrated probabilities, and whether it is a label's at all."""

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    """One for each label, 0 to 1; their sum is 1."""
    known_score: float
    """The probability that the ink is one of the labels at all, 0 to 1."""
    is_known: bool
    """Whether `known_score` reaches the model card's threshold."""
    embedding: tuple[float, ...] = field(repr=False)
    """The layer before the logits, of Euclidean length 1."""
    raster: Raster = field(repr=False, compare=False)
    """The network's input."""
    matches_samples: bool = False
    """Whether the user's samples raised the score of this answer."""
    is_sure: bool = True
    """Whether `certainty` reaches the model card's threshold, or the user gave this very ink its
    label."""
    alphabet: str = DIGITS.name
    """The name of the alphabet that `labels` are of."""

    @property
    def label(self) -> str:
        """The most probable label, whether or not the ink is one of them."""
        return self.labels[self.probabilities.index(self.confidence)]

    @property
    def confidence(self) -> float:
        """The most probable label's probability."""
        return max(self.probabilities)

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The labels that look like `label` and are not told apart from it, most probable first."""
        alike = look_alikes(self.label, self.labels)
        if not alike:
            return ()
        least = self.confidence * _ALTERNATIVE
        return tuple(label for label, p in self.ranked[:MOST] if label in alike and p >= least)

    @property
    def certainty(self) -> float:
        """The probability of `label` or one of its `alternatives`."""
        shares = dict(zip(self.labels, self.probabilities, strict=True))
        return sum((shares[label] for label in self.alternatives), self.confidence)

    @property
    def joint_probabilities(self) -> tuple[float, ...]:
        """For each label, that the ink is known at all and this one; the sum is `known_score`."""
        return tuple(share * self.known_score for share in self.probabilities)

    @property
    def text(self) -> str:
        """The most probable label; empty if the ink is none of them."""
        return self.label if self.is_known else ""

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """All labels with their probabilities, most probable first."""
        pairs = zip(self.labels, self.probabilities, strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])
