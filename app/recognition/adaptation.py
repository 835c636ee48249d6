"""Owns what the user's own samples change in an answer: nearness to them in the embedding.

A sample speaks for its label to ink that is like it, the more the liker, and is silent to all ink
further away than REACH: what the network says of that stays exactly as it was. Likeness is the
cosine between the embeddings. The idea is a cache model (Grave et al. 2017, Orhan 2018): features
of a few labelled examples, added to the network's logits, without training.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.recognition.prediction import Outputs

REACH = 0.70
"""The least cosine at which a sample has a say."""
STRENGTH = 6.0
"""What a sample adds to its label's calibrated logit at a cosine of 1."""
_SAME = 0.95
"""From here on it is the same shape by the same hand: the sample's label has to win."""
_MARGIN = 1.0
"""By how much, in the logit."""
_MOST = 20.0
"""No sample adds more than this."""
_DIGITS = 10


class Hand:
    """The user's samples as a network sees them.

    REACH and STRENGTH were chosen on writers and a network that have no part in what is reported of
    them (see docs/experiments.md).
    """

    def __init__(self, embedding_size: int) -> None:
        self._embeddings = np.zeros((16, embedding_size), np.float32)
        self._labels: list[int] = []
        self._needs: list[float] = []
        self._names: list[str] = []

    def __len__(self) -> int:
        return len(self._names)

    def learn(self, name: str, label: int | None, outputs: Outputs) -> None:
        """Take a sample in: its name, its label (None: no digit), what the network says of it.

        Where earlier samples say otherwise of the same ink, the last one has the last word.
        """
        self.forget(name)
        needed = _needed(label, outputs, self._said_of(outputs.embedding))
        count = len(self._names)
        if count == len(self._embeddings):
            self._embeddings = np.concatenate([self._embeddings, np.zeros_like(self._embeddings)])
        self._embeddings[count] = outputs.embedding
        self._names.append(name)
        self._labels.append(-1 if label is None else label)
        self._needs.append(needed)

    def forget(self, name: str) -> None:
        """Leave a sample out again, if it is known."""
        if name not in self._names:
            return
        place = self._names.index(name)
        last = len(self._names)
        self._embeddings[place : last - 1] = self._embeddings[place + 1 : last]
        for values in (self._names, self._labels, self._needs):
            del values[place]

    def adapted(self, outputs: Outputs) -> tuple[Outputs, bool]:
        """Return the outputs with what the samples say added, and whether they say the same."""
        said = self._said_of(outputs.embedding)
        if said is None:
            return outputs, False
        logits = outputs.logits + said.labels
        digit = outputs.digit + said.digit - said.none
        spoken = said.labels[int(logits.argmax())] if digit >= 0 else said.none
        return Outputs(logits, digit, outputs.embedding), bool(spoken > 0)

    def _said_of(self, embedding: NDArray[np.float32]) -> "_Said | None":
        """Return what the samples near an embedding say; None where there are none.

        The nearest sample of a label speaks for it; ten alike are no louder than one.
        """
        count = len(self._names)
        cosines = self._embeddings[:count] @ embedding
        near = np.flatnonzero(cosines > REACH)
        if not len(near):
            return None
        loud = np.maximum(
            STRENGTH * (cosines[near] - REACH) / (1 - REACH),
            np.array(self._needs)[near] * np.clip((cosines[near] - _SAME) / (1 - _SAME), 0, 1),
        )
        labels = np.array(self._labels)[near]
        votes = np.zeros(_DIGITS, np.float32)
        np.maximum.at(votes, labels[labels >= 0], loud[labels >= 0].astype(np.float32))
        return _Said(votes, float(votes.max()), float(loud[labels < 0].max(initial=0.0)))


class _Said(NamedTuple):
    """What samples add to the ten logits, to "this is a digit", and to "it is none"."""

    labels: NDArray[np.float32]
    digit: float
    none: float


def _needed(label: int | None, outputs: Outputs, said: _Said | None) -> float:
    """Return what a sample must add for itself to be answered as its label says.

    `said` is what samples before it say of it; of its own label's samples the loudest counts, so
    what those add is no help.
    """
    votes = said.labels if said else np.zeros(_DIGITS, np.float32)
    if label is None:
        missing = outputs.digit + (said.digit if said else 0.0)
    else:
        others = np.delete(outputs.logits + votes, label)
        refused = (said.none if said else 0.0) - outputs.digit
        missing = max(float(others.max() - outputs.logits[label]), refused)
    return float(np.clip(missing + _MARGIN, STRENGTH, _MOST))
