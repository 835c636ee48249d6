"""Owns the search for the best way to cover all pieces with groups, each piece exactly once.

Over-segmentation and the best path through the lattice of candidates are the classical way to read
strings (Burges et al. 1992; LeCun et al. 1998, section VI; Liu, Sako & Fujisawa 2004). Here groups
need not follow each other from the left: the roof of a 5 may reach beyond the digit after it.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """One way to cover some pieces."""

    pieces: tuple[int, ...]
    """By number, the least first."""
    score: float
    """A logarithm of how probable it is, up to a constant."""
    is_only: bool = False
    """Of such arcs a path has at most one."""


@dataclass(frozen=True, slots=True)
class Path:
    """Arcs that cover every piece once."""

    score: float
    """The sum of its arcs' scores."""
    arcs: tuple[int, ...]
    """By number, in the order of their first pieces."""


State = tuple[int, bool]
"""The pieces that are covered, as bits from the first one that is not, and whether an `is_only`
arc has been taken."""


def best_paths(count: int, arcs: Sequence[Arc], most: int) -> list[Path]:
    """Return the `most` best paths over `count` pieces, the best first; all if there are fewer.

    Every piece must have an arc that covers it alone. The time grows with the number of pieces
    times two to the number of pieces that one arc spans.
    """
    starts: list[list[tuple[int, int]]] = [[] for _piece in range(count)]
    for number, arc in enumerate(arcs):
        first = arc.pieces[0]
        starts[first].append((number, sum(1 << (piece - first) for piece in arc.pieces)))
    layers: list[dict[State, list[Path]]] = [{} for _piece in range(count + 1)]
    layers[0][(0, False)] = [Path(0.0, ())]
    for first in range(count):
        for (covered, used), paths in layers[first].items():
            paths = heapq.nlargest(most, paths, key=lambda path: path.score)
            for number, bits in starts[first]:
                arc = arcs[number]
                if bits & covered or (arc.is_only and used):
                    continue
                skipped, rest = _skip(covered | bits)
                state = (rest, used or arc.is_only)
                layers[first + skipped].setdefault(state, []).extend(
                    Path(path.score + arc.score, (*path.arcs, number)) for path in paths
                )
    found = [path for paths in layers[count].values() for path in paths]
    return heapq.nlargest(most, found, key=lambda path: path.score)


def _skip(covered: int) -> tuple[int, int]:
    """Return how many pieces are covered without a gap, and the bits after them."""
    skipped = 0
    while covered & 1:
        covered >>= 1
        skipped += 1
    return skipped, covered


def log_sum(values: Sequence[float]) -> float:
    """Return the logarithm of the sum of exponentials; the values are not all minus infinity."""
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
