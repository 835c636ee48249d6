"""The descriptions of all drawings of a set, and how probable each symbol is for some ink."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.symbols.description import Description, SymbolWeights
from app.symbols.matching import cloud_distances

Floats = NDArray[np.float64]

_SYMBOLS = 10
"""So many, the likeliest by their vectors, are compared point by point,"""
_DRAWINGS = 3
"""each by so many of its drawings."""
MOST_STROKES = 2
"""A larger difference in the number of strokes counts as this."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well some ink fits the symbols of an index."""

    symbols: Floats
    """Logits, one for each symbol."""
    drawings: Mapping[int, float]
    """Of the drawings that were compared point by point, by their place in the index."""

    @property
    def best(self) -> int:
        """The place of the likeliest symbol."""
        return int(self.symbols.argmax())

    def probabilities(self) -> Floats:
        """Return the probabilities of the symbols, given that it is one of them."""
        powers = np.exp(self.symbols - self.symbols.max())
        shares: Floats = powers / powers.sum()
        return shares


class Index:
    """The drawings of one or more symbols, ordered by symbol. It never changes."""

    def __init__(self, symbols: Sequence[Sequence[Description]], weights: SymbolWeights) -> None:
        """`symbols`: the descriptions of each symbol's drawings, at least one."""
        self._weights = weights
        every = [one for drawings in symbols for one in drawings]
        self._vectors = np.stack([one.vector for one in every])
        self._clouds = np.stack([one.cloud for one in every])
        self._strokes = np.array([one.strokes for one in every])
        counts = np.array([len(drawings) for drawings in symbols])
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._owners = np.repeat(np.arange(len(symbols)), counts)

    def scores(self, ink: Description, without: int | None = None) -> Scores:
        """Return the scores of ink; the drawing in the place `without` is left out.

        All drawings are compared by their vectors, then some of the likeliest symbols' point by
        point. A symbol's score is the logarithm of its drawings' mean likelihood.
        """
        near = self._vectors @ ink.vector
        if without is not None:
            near[without] = -np.inf
        best_near = np.maximum.reduceat(near, self._starts).astype(np.float64)
        chosen = self._chosen(near, best_near)
        drawings = np.concatenate(chosen)
        distances = self._pair_scores(ink, drawings, near[drawings])
        symbols = np.full(len(self._starts), -np.inf)
        for places, logits in zip(
            chosen, np.split(distances, np.cumsum([len(c) for c in chosen])[:-1]), strict=True
        ):
            symbols[self._owners[places[0]]] = _log_mean(logits)
        compared = np.isfinite(symbols)
        least = float((symbols[compared] - best_near[compared]).min())
        rest = ~compared & np.isfinite(best_near)
        symbols[rest] = np.minimum(best_near[rest] + least, symbols[compared].min())
        symbols[~np.isfinite(symbols)] = -1e3
        return Scores(symbols, dict(zip(drawings.tolist(), distances.tolist(), strict=True)))

    def known_logit(self, scores: Scores) -> float:
        """Return the logit that the ink is one of the symbols at all."""
        constant, slope = self._weights.known
        return float(constant + slope * scores.symbols.max())

    def nearest(self, scores: Scores) -> int:
        """Return the place of the drawing that is most like the ink, of the likeliest symbol."""
        first, end = self._starts[scores.best], self._ends[scores.best]
        mine = [drawing for drawing in scores.drawings if first <= drawing < end]
        return max(mine, key=scores.drawings.__getitem__)

    def found_without(self, ink: Description, drawing: int) -> tuple[bool, dict[int, bool]]:
        """Return whether a drawing's symbol is found without it, and whether also without others.

        Of the others, by their places, there are those alone that change it.
        """
        mine = self._owners[drawing]
        if self._starts[mine] + 1 == self._ends[mine]:
            return True, {}  # its symbol has no other drawing
        scores = self.scores(ink, without=drawing)
        is_found = scores.best == mine
        changes = {}
        for other in scores.drawings:
            rest = {d: s for d, s in scores.drawings.items() if d != other}
            found = self._best_of(rest) == mine
            if found != is_found:
                changes[other] = found
        return is_found, changes

    def _best_of(self, drawings: Mapping[int, float]) -> int:
        """Return the place of the likeliest symbol by these drawings alone."""
        by_symbol: dict[int, list[float]] = {}
        for drawing, score in drawings.items():
            by_symbol.setdefault(int(self._owners[drawing]), []).append(score)
        return max(by_symbol, key=lambda symbol: _log_mean(np.array(by_symbol[symbol])), default=-1)

    def _chosen(self, near: NDArray[np.float32], best: Floats) -> list[NDArray[np.intp]]:
        """Return the places of the drawings to compare point by point, a list for each symbol."""
        finite = np.flatnonzero(np.isfinite(best))
        if len(finite) > _SYMBOLS:
            finite = finite[np.argpartition(-best[finite], _SYMBOLS)[:_SYMBOLS]]
        chosen = []
        for symbol in finite:
            first, end = self._starts[symbol], self._ends[symbol]
            order = np.argsort(-near[first:end], kind="stable")[:_DRAWINGS] + first
            chosen.append(order[np.isfinite(near[order])])
        return chosen

    def _pair_scores(
        self, ink: Description, drawings: NDArray[np.intp], near: NDArray[np.float32]
    ) -> Floats:
        """Return the log-likelihoods, but for a constant, that ink and drawings are one symbol."""
        shape, embedding, points, strokes = self._weights.distances
        costs = points * cloud_distances(ink.cloud, self._clouds[drawings])
        if ink.strokes:
            others = self._strokes[drawings]
            differences = np.minimum(np.abs(others - ink.strokes), MOST_STROKES)
            costs += strokes * np.where(others > 0, differences, 0)
        scores: Floats = (near - (shape + embedding) - costs).astype(np.float64)
        return scores


def _log_mean(logits: Floats) -> float:
    most = float(logits.max())
    return most + math.log(float(np.exp(logits - most).mean()))


def harmful_drawings(
    index: Index, descriptions: Sequence[Description]
) -> Iterator[list[int] | None]:
    """Yield the places of drawings that do more harm than good to the others, by leave-one-out.

    They come last, after None for each drawing that was looked at.

    `descriptions`: of all drawings in the index. A drawing does good to those that are recognised
    thanks to it, and harm to those that are not because of it. One that is itself recognised by the
    others is not blamed: those that it harms are the odd ones.
    """
    good, odd = Counter[int](), set[int]()
    for drawing, ink in enumerate(descriptions):
        is_found, changes = index.found_without(ink, drawing)
        if not is_found:
            odd.add(drawing)
        for other, found in changes.items():
            good[other] += -1 if found else 1
        yield None
    yield [drawing for drawing, count in good.items() if count < 0 and drawing in odd]
