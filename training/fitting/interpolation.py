"""Owns how far a network goes that goes on from the shipped one: validation says.

On the straight line between the weights that it began with and those that it ended with lie
networks that know most of what is new and forget less of what is old (WiSE-FT: Wortsman et al.
2022).
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.storage.atomic_write import replacing
from training.data.corpus import Corpus, LabelledRasters
from training.evaluation.evaluate import network_answers
from training.export.calibration import cross_entropy
from training.export.gate import MAY_LOSE
from training.fitting.checkpoint import load_network

SHARES = (1.0, 0.8, 0.6, 0.4, 0.2)
"""Of the way, in the order of how much of what was learnt they keep."""
_MAY_LOSE = MAY_LOSE / 2
"""Half of what the gate allows: these data are chosen by, and the gate asks others, too."""


def interpolate(start: Path, end: Path, to: Path, corpus: Corpus) -> float:
    """Save at `to` the network between two checkpoints that suits its user best; return its share.

    The share of the way from `start` to `end` is one of SHARES: of those that lose no more than
    half of what the gate allows, of the built-in validation data and of MNIST's among them, the one
    with the least cross-entropy on the user's samples that were held out, of which there must be
    some. Raises ModelError, StorageError.
    """
    network = load_network(end)
    weights = load_network(start).get_weights(), network.get_weights()
    parts = (corpus.validation_mnist, corpus.validation_pen)
    allowed = _MAY_LOSE * np.cumsum([len(part) for part in parts])

    def go(share: float) -> None:
        network.set_weights([old + share * (new - old) for old, new in zip(*weights, strict=True)])

    def wrong() -> NDArray[np.int64]:
        return np.cumsum([_mistakes(network, part) for part in parts])

    go(0.0)
    before = wrong()
    losses = {}
    for share in SHARES:
        go(share)
        if (wrong() - before <= allowed).all():
            own = network_answers(network, corpus.validation_own)
            losses[share] = cross_entropy(own.logits, own.labels)
    chosen = min(losses, key=losses.__getitem__, default=SHARES[-1])
    go(chosen)
    with replacing(to) as temporary:
        network.save(temporary)
    return chosen


def _mistakes(network: Any, part: LabelledRasters) -> int:
    if not len(part):
        return 0
    return int((network_answers(network, part).logits.argmax(axis=1) != part.labels).sum())
