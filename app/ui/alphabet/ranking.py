"""Which labels have a bar, and in which order, while the ink flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FACTOR, _STEP = 1.5, 0.02
"""A label passes another one that is less probable by this factor and this difference."""
_NEW_STEP = 0.002
"""A label that has no bar takes the place of one that is less probable by the factor and this."""


class Ranking:
    """At most `size` labels: the most probable one first, the others about by probability.

    Two labels change places only where one is clearly more probable, so that bars do not jump about
    for nothing.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.labels: list[str] = []
        """From the top."""

    def clear(self) -> None:
        """Begin anew: the next order is that of the probabilities."""
        self.labels = []

    def update(self, shares: Mapping[str, float]) -> list[str]:
        """Return the labels to show for these probabilities, from the top."""
        ranked = sorted(shares, key=lambda label: -shares[label])
        kept = [label for label in self.labels if label in shares]
        if not kept:
            self.labels = ranked[: self._size]
            return self.labels
        for label in ranked[: self._size]:
            if label in kept:
                continue
            least = min(kept, key=lambda one: shares[one])
            if len(kept) < self._size:
                kept.append(label)
            elif label == ranked[0] or _passes(shares[label], shares[least], _NEW_STEP):
                kept.remove(least)
                kept.append(label)
        self.labels = _sorted(kept, shares)
        self.labels.remove(ranked[0])
        self.labels.insert(0, ranked[0])
        return self.labels


def _sorted(labels: list[str], shares: Mapping[str, float]) -> list[str]:
    """Return labels in an order in which none passes the one above it (insertion sort)."""
    order: list[str] = []
    for label in labels:
        place = len(order)
        while place and _passes(shares[label], shares[order[place - 1]]):
            place -= 1
        order.insert(place, label)
    return order


def _passes(share: float, other: float, step: float = _STEP) -> bool:
    return share > other * _FACTOR + step
