"""The answers to many variants of one drawing, in batches through the recogniser."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.ink.rasterize import RASTER_SIDE, Segments, rasterize_many
from app.recognition.personal_recogniser import PersonalRecogniser

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the recogniser answers to n variants, the user's samples included."""

    logits: Floats
    """Calibrated, (n, labels)."""
    digit_margins: Floats
    """The logit of "this is a digit at all" minus the threshold's, (n,)."""

    @property
    def probabilities(self) -> Floats:
        """Of each label, (n, labels); each row's sum is 1."""
        powers = np.exp(self.logits - self.logits.max(axis=1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def log_odds(self, label: int) -> Floats:
        """Return log p / (1 - p) of the label with this index, (n,), without computing p."""
        others = np.delete(self.logits, label, axis=1)
        highest = others.max(axis=1)
        total = np.log(np.exp(others - highest[:, None]).sum(axis=1)) + highest
        odds: Floats = self.logits[:, label] - total
        return odds

    def margins(self, label: int) -> Floats:
        """Return the label's logit minus the highest other one, (n,); above 0 it is the answer."""
        margins: Floats = self.logits[:, label] - np.delete(self.logits, label, axis=1).max(axis=1)
        return margins


def score_rasters(personal: PersonalRecogniser, rasters: NDArray[np.float32]) -> Scores:
    """Return the scores of rasters (n, 28, 28), n ≥ 1; raises ModelError."""
    found = personal.adapted_many(rasters)
    for outputs in found:
        if isinstance(outputs, ModelError):
            raise outputs
    good = [outputs for outputs in found if not isinstance(outputs, ModelError)]
    return Scores(
        np.array([outputs.logits for outputs in good], np.float64),
        np.array([outputs.known_margin for outputs in good]),
    )


def score_segments(personal: PersonalRecogniser, variants: Sequence[Segments]) -> Scores:
    """Return the scores of variants of a drawing as line segments (m, 4), m ≥ 0; raises ModelError.

    One without ink has the logit 0 for every label: all are equally probable.
    """
    inked = np.array([len(segments) > 0 for segments in variants])
    rasters = np.zeros((len(variants), RASTER_SIDE, RASTER_SIDE), np.float32)
    if inked.any():
        rasters[inked] = rasterize_many([segments for segments in variants if len(segments)])
    scores = score_rasters(personal, rasters)
    scores.logits[~inked] = 0.0
    return scores
