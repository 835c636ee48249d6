"""The n best paths through a segmentation lattice: sets of arcs that cover each segment once.

Over-segmentation and the best path through the lattice of candidates are the classical way to read
strings (Burges et al. 1992; LeCun et al. 1998, section VI; Liu, Sako & Fujisawa 2004). Here the
segments of an arc need not be neighbours: the top bar of a 5 may reach over the digit after it.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """Some segments read as one character."""

    segments: tuple[int, ...]
    """Indices, in ascending order."""
    score: float
    """A log-probability, up to a constant."""
    at_most_once: bool = False
    """Whether a path may have only one such arc."""


@dataclass(frozen=True, slots=True)
class Path:
    """Arcs that together cover each segment once."""

    score: float
    """The sum of the arcs' scores."""
    arcs: tuple[int, ...]
    """Indices, in the order of the arcs' first segments."""


_State = tuple[int, bool]
"""The covered segments as bits, from the first one that is not covered, and whether an arc that is
allowed once has been used."""


def best_paths(segment_count: int, arcs: Sequence[Arc], limit: int) -> list[Path]:
    """Return the `limit` best paths over all segments, best first; fewer if there are no more.

    Each segment must have an arc that covers it alone. Dynamic programming over the first segment
    that is not covered: the time is linear in the number of segments and grows by two to the number
    of segments that an arc spans.
    """
    starts: list[list[tuple[int, int]]] = [[] for _segment in range(segment_count)]
    for index, arc in enumerate(arcs):
        first = arc.segments[0]
        starts[first].append((index, sum(1 << (segment - first) for segment in arc.segments)))
    layers: list[dict[_State, list[Path]]] = [{} for _segment in range(segment_count + 1)]
    layers[0][(0, False)] = [Path(0.0, ())]
    for first in range(segment_count):
        for (covered, used), paths in layers[first].items():
            paths = heapq.nlargest(limit, paths, key=lambda path: path.score)
            for index, bits in starts[first]:
                arc = arcs[index]
                if bits & covered or (arc.at_most_once and used):
                    continue
                advance, rest = _without_trailing_ones(covered | bits)
                state = (rest, used or arc.at_most_once)
                layers[first + advance].setdefault(state, []).extend(
                    Path(path.score + arc.score, (*path.arcs, index)) for path in paths
                )
    complete = [path for paths in layers[segment_count].values() for path in paths]
    return heapq.nlargest(limit, complete, key=lambda path: path.score)


def _without_trailing_ones(bits: int) -> tuple[int, int]:
    """Return the number of ones at the low end, and the bits above them."""
    count = 0
    while bits & 1:
        bits >>= 1
        count += 1
    return count, bits


def log_sum_exp(values: Sequence[float]) -> float:
    """Return log(Σ exp(value)); at least one value is finite."""
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
