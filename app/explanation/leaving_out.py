"""What each of some parts does for a value, from the values with several of them left out.

Parts depend on each other: where one end of a line is missing, the other still shows the line. So a
fifth of the ink is left out at once, in many ways, and a linear model is fitted to the changes, as
LIME does (Ribeiro, Singh and Guestrin 2016). In further rounds the parts with the largest weights
are left out together; then single parts of the best set are exchanged for others. What is left out
for the largest fall is what the weights are to show (deletion: Samek et al. 2017), so the weights
of the best set are raised until they are the largest.
"""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.explanation.scores import Floats

T = TypeVar("T")
Masks = NDArray[np.bool_]
"""(m, parts): True where a part is left out."""

_SHARE, _MOST_SHARE = 0.2, 0.215
"""Of the ink that is left out at once, and what a set that counts as such may have at most."""
_RANDOM = 60
_ROUNDS, _BEST, _POOL = 3, 12, 0.36
"""How often, and in how many ways, ink is left out of the _POOL share of the largest weight."""
_EXCHANGES, _MOST_EXCHANGED, _PARTNERS, _TRIES = 2, 24, 6, 3
"""How often, and how many parts at most, are exchanged: each for _TRIES of the _PARTNERS outside
the set with the largest weights."""
_RIDGE = 3.0
"""Of the squared weights; 1, 0.3 and more random masks fit the largest change less well."""
_LEAST, _CLOSE = 4, 0.01
"""Of fewer parts every one is tried alone; a share of ink that is close enough to _SHARE."""
_AT_ONCE = 32
"""Masks that are tried between two pauses."""
_MOST = 40
"""Parts and runs of parts that are left out alone: only drawings of many strokes have more."""


def weights(
    sizes: Sequence[float], falls: Callable[[Masks], Floats]
) -> Generator[None, None, Floats]:
    """Return the weights of parts of these sizes, (parts,); positive where one raises the value.

    `falls` returns how much the value falls without the parts in each mask, (m,). The same parts
    and values give the same weights. There is a pause after each call of it, of a few milliseconds.
    """
    search = _Search(sizes, falls)
    yield from search.try_masks(search.first_masks())
    if len(sizes) > _LEAST:
        for _round in range(_ROUNDS):
            yield from search.try_masks(search.largest_masks())
        for _round in range(_EXCHANGES):
            yield from search.try_masks(search.exchanged_masks())
        yield from search.try_masks(search.largest_masks()[:1])
    return search.weights()


def finished(steps: Generator[None, None, T]) -> T:
    """Do all steps of a generator, and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


class _Search:
    """The masks that were tried, and what the next ones are."""

    def __init__(self, sizes: Sequence[float], falls: Callable[[Masks], Floats]) -> None:
        total = max(float(np.sum(sizes)), 1e-12)
        self._shares = np.maximum(np.asarray(sizes, np.float64) / total, 1e-6)
        self._call = falls
        self._random = np.random.default_rng(0)
        self._masks = np.zeros((0, len(sizes)), bool)
        self._falls = np.zeros(0)

    def try_masks(self, masks: Masks) -> Generator[None, None, None]:
        """Measure what falls with these masks."""
        for chunk in np.array_split(masks, -(-len(masks) // _AT_ONCE)):
            self._masks = np.concatenate([self._masks, chunk])
            self._falls = np.concatenate([self._falls, self._call(chunk)])
            yield

    def first_masks(self) -> Masks:
        """Return masks of each part alone, of neighbours, and of random parts."""
        count = len(self._shares)
        chosen = np.unique(np.linspace(0, count - 1, min(count, _MOST)).round().astype(np.int64))
        alone = np.arange(count)[None] == chosen[:, None]
        runs = [self._filled(np.arange(first, count)) for first in chosen]
        runs = [run for run in runs if (run @ self._shares) > _SHARE * 0.75]
        some = [self._filled(self._random.permutation(count)) for _way in range(_RANDOM)]
        return np.array([*alone, *runs, *some])

    def largest_masks(self) -> Masks:
        """Return masks of the parts with the largest weights, and of random ones of these."""
        order = np.argsort(-self._fitted() / self._shares, kind="stable")
        within = int(np.searchsorted(np.cumsum(self._shares[order]), _POOL)) + 1
        pool = order[: max(within, _LEAST)]
        others = [self._filled(self._random.permutation(pool)) for _way in range(_BEST - 1)]
        return np.array([self._filled(order), *others])

    def exchanged_masks(self) -> Masks:
        """Return masks of the best set with one part exchanged; the best set's own if none fits."""
        best, _fall = self._best()
        outside = np.flatnonzero(~best)
        values = self._fitted() / self._shares
        partners = outside[np.argsort(-values[outside], kind="stable")][:_PARTNERS]
        ends = np.flatnonzero(best)
        beside = [place for place in (ends[0] - 1, ends[-1] + 1) if 0 <= place < len(best)]
        masks = [best]
        for part in ends:
            some = self._random.choice(partners, min(_TRIES, len(partners)), replace=False)
            for other in (*some, *beside):
                mask = best.copy()
                mask[part], mask[other] = False, True
                if mask @ self._shares <= _MOST_SHARE:
                    masks.append(mask)
        return np.array(masks[: _MOST_EXCHANGED + 1])

    def weights(self) -> Floats:
        """Return the fitted weights, those of the best set raised until they are the largest."""
        fitted = self._fitted()
        best, fall = self._best()
        values = fitted / self._shares
        largest = self._filled(np.argsort(-values, kind="stable"))
        known = self._falls[(self._masks == largest).all(axis=1)]
        if best.all() or (len(known) and known[0] >= fall):
            return fitted
        missing = float(values[~best].max() - values[best].min())
        if missing >= 0:
            values[best] += missing + 1e-6
        raised: Floats = values * self._shares
        return raised

    def _best(self) -> tuple[Masks, float]:
        """Return the mask of about _SHARE of the ink with the largest fall, and that fall."""
        left_out = self._masks @ self._shares
        counts = (left_out <= _MOST_SHARE) & (left_out > _SHARE / 2)
        places = np.flatnonzero(counts) if counts.any() else np.arange(len(left_out))
        best = places[self._falls[places].argmax()]
        return self._masks[best], float(self._falls[best])

    def _filled(self, order: NDArray[np.int64]) -> Masks:
        """Return the mask of the first parts in an order that have _SHARE of the ink together."""
        mask, left = np.zeros(len(self._shares), bool), _SHARE
        for part in order:
            if self._shares[part] / 2 <= left:
                mask[part] = True
                left -= self._shares[part]
            if left <= _CLOSE:
                break
        if not mask.any():
            mask[order[0]] = True
        return mask

    def _fitted(self) -> Floats:
        """Return the weights whose sums over the masks come nearest to the falls (ridge)."""
        left_out = self._masks.astype(np.float64)
        squares = left_out.T @ left_out + _RIDGE * np.eye(left_out.shape[1])
        return np.linalg.solve(squares, left_out.T @ self._falls).astype(np.float64)
