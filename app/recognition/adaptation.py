"""Adapts the network's outputs to the user's samples, by their nearness in the embedding.

A sample adds STRENGTH · (cos − REACH) / (1 − REACH) to its label's logit, where cos is the cosine
between its embedding and the ink's; nothing below REACH. This is a cache model (Grave et al. 2017,
Orhan 2018): features of a few labelled examples change the logits, without training.

REACH and STRENGTH were chosen on other writers and another network than those that the reported
results are of (docs/experiments.md).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.recognition.prediction import Outputs

REACH = 0.70
"""The least cosine at which a sample changes the outputs."""
STRENGTH = 6.0
"""What a sample adds to its label's calibrated logit at a cosine of 1."""
_SAME_SHAPE = 0.95
"""From this cosine on the strength rises to what the sample needs for its own label to win."""
_SAME_INK = 0.999
"""From this cosine on it is the sample's own ink."""
_WINNING_MARGIN = 1.0
"""By how much it wins then, in logits."""
_NO_DIGIT = -1


@dataclass(frozen=True, slots=True)
class KnownSamples:
    """The user's samples in the embedding, n of them, oldest first."""

    names: tuple[str, ...]
    """Of their files."""
    labels: tuple[int | None, ...]
    """Indices of labels; None for "no digit"."""
    embeddings: NDArray[np.float32]
    """(n, k), of length 1."""


class SampleCache:
    """The embeddings and labels of the user's samples."""

    def __init__(self, embedding_size: int, labels: int) -> None:
        """`labels`: how many there are."""
        self._count = labels
        self._embeddings = np.zeros((16, embedding_size), np.float32)
        self._labels: list[int] = []
        self._strengths: list[float] = []
        """What each sample needs at a cosine of 1 for its own ink to get its label."""
        self._names: list[str] = []

    def __len__(self) -> int:
        return len(self._names)

    def add(self, name: str, label: int | None, outputs: Outputs) -> None:
        """Add a sample, or replace the one of that name; `label` is None for "none of them".

        `outputs` are the network's for the sample's own ink. A later sample of the same ink wins
        over earlier ones.
        """
        self.remove(name)
        strength = _required_strength(label, outputs, self._boost(outputs.embedding))
        count = len(self._names)
        if count == len(self._embeddings):
            self._embeddings = np.concatenate([self._embeddings, np.zeros_like(self._embeddings)])
        self._embeddings[count] = outputs.embedding
        self._names.append(name)
        self._labels.append(_NO_DIGIT if label is None else label)
        self._strengths.append(strength)

    def remove(self, name: str) -> None:
        """Remove a sample, if there is one of that name."""
        if name not in self._names:
            return
        index, count = self._names.index(name), len(self._names)
        self._embeddings[index : count - 1] = self._embeddings[index + 1 : count]
        for values in (self._names, self._labels, self._strengths):
            del values[index]

    def samples(self) -> KnownSamples:
        """Return all samples; a copy, which later samples do not change."""
        labels = tuple(None if label == _NO_DIGIT else label for label in self._labels)
        return KnownSamples(tuple(self._names), labels, self._embeddings[: len(self)].copy())

    def adapt(self, outputs: Outputs) -> tuple[Outputs, bool]:
        """Return the adapted outputs, and whether samples raised the answer that they give.

        Where no sample is within REACH these are the same outputs.
        """
        boost = self._boost(outputs.embedding)
        if boost is None:
            return outputs, False
        logits = outputs.logits + boost.labels
        known_margin = outputs.known_margin + boost.digit - boost.no_digit
        answer = boost.labels[int(logits.argmax())] if known_margin >= 0 else boost.no_digit
        return Outputs(logits, known_margin, outputs.embedding), bool(answer > 0)

    def holds(self, embedding: NDArray[np.float32], label: int | None) -> bool:
        """Return whether this very ink is a sample of `label`; None for "none of them"."""
        cosines = self._embeddings[: len(self._names)] @ embedding
        wanted = _NO_DIGIT if label is None else label
        return any(self._labels[index] == wanted for index in np.flatnonzero(cosines >= _SAME_INK))

    def _boost(self, embedding: NDArray[np.float32]) -> "_Boost | None":
        """Return what the samples within REACH add; None if there are none.

        Only the largest value for each label counts: ten samples alike add no more than one.
        """
        if not self._names:
            return None
        cosines = self._embeddings[: len(self._names)] @ embedding
        near = np.flatnonzero(cosines > REACH)
        if not len(near):
            return None
        sameness = np.clip((cosines[near] - _SAME_SHAPE) / (1 - _SAME_SHAPE), 0, 1)
        added = np.maximum(
            STRENGTH * (cosines[near] - REACH) / (1 - REACH),
            np.array(self._strengths)[near] * sameness,
        )
        labels = np.array(self._labels)[near]
        is_known = labels != _NO_DIGIT
        logits = np.zeros(self._count, np.float32)
        np.maximum.at(logits, labels[is_known], added[is_known].astype(np.float32))
        return _Boost(logits, float(logits.max()), float(added[~is_known].max(initial=0.0)))


@dataclass(frozen=True, slots=True)
class _Boost:
    """What samples add to the logits."""

    labels: NDArray[np.float32]
    """One for each."""
    digit: float
    """Of "this is one of them at all"."""
    no_digit: float
    """Of "this is none of them"."""


def _required_strength(label: int | None, outputs: Outputs, earlier: _Boost | None) -> float:
    """Return what a sample must add for its own ink to get its label, at least STRENGTH.

    `earlier`: what the samples before it add. Those of the same label are no help, because only the
    largest value for each label counts.
    """
    boost = earlier or _Boost(np.zeros_like(outputs.logits), 0.0, 0.0)
    if label is None:
        missing = outputs.known_margin + boost.digit
    else:
        others = np.delete(outputs.logits + boost.labels, label)
        missing = max(
            float(others.max() - outputs.logits[label]), boost.no_digit - outputs.known_margin
        )
    return max(float(missing) + _WINNING_MARGIN, STRENGTH)
