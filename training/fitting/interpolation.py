"""Choosing between the shipped weights and those trained from them, by validation data.

On the line between the two lie networks that keep most of what was trained and forget less of what
the shipped one knew (WiSE-FT: Wortsman et al. 2022).
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.storage.atomic_write import replacing
from training.data.corpus import Corpus
from training.evaluation.evaluate import cross_entropy, network_outputs
from training.export.gate import MAX_ACCURACY_DROP
from training.fitting.checkpoint import load_network

SHARES = (1.0, 0.8, 0.6, 0.4, 0.2)
"""Positions on the line, from the trained weights towards the shipped ones."""
_MAX_DROP = MAX_ACCURACY_DROP / 2
"""Half of what the gate allows, because the gate measures on other data too."""


def interpolate(start: Path, end: Path, to: Path, corpus: Corpus) -> float:
    """Save the best network between two checkpoints at `to`; return its position, one of SHARES.

    Of the positions that lose at most half of what the gate allows, both on MNIST's validation data
    and on all built-in validation data, it has the lowest cross-entropy on the user's held-out
    samples, of which there must be some; the last one if all lose more. Raises ModelError,
    StorageError.
    """
    network = load_network(end)
    weights = load_network(start).get_weights(), network.get_weights()
    parts = (corpus.validation_mnist, corpus.validation_pen)
    allowed = _MAX_DROP * np.cumsum([len(part) for part in parts])

    def set_position(share: float) -> None:
        network.set_weights([old + share * (new - old) for old, new in zip(*weights, strict=True)])

    def mistakes() -> NDArray[np.int64]:
        return np.cumsum([network_outputs(network, part).mistakes() for part in parts])

    def own_loss(share: float) -> float:
        set_position(share)
        own = network_outputs(network, corpus.validation_own)
        return cross_entropy(own.logits, own.labels)

    def is_allowed(share: float) -> bool:
        set_position(share)
        return bool((mistakes() - mistakes_before <= allowed).all())

    set_position(0.0)
    mistakes_before = mistakes()
    # In this order few positions are tried on the validation data, which take long.
    chosen = next(filter(is_allowed, sorted(SHARES, key=own_loss)), SHARES[-1])
    set_position(chosen)
    with replacing(to) as temporary:
        network.save(temporary)
    return chosen
