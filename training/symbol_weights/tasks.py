"""Tasks for own symbols: some drawings of each of some kinds, and another of each to recognise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.ink.drawing import Content
from app.symbols.description import Describer, Description
from app.symbols.index import Index
from training.symbol_weights.kinds import Kinds

Described = Mapping[str, Sequence[Description]]
"""The descriptions of each kind's drawings."""


@dataclass(frozen=True, slots=True)
class Task:
    """Symbols, and for each one drawing more."""

    symbols: list[list[Description]]
    queries: list[Description]


def described(kinds: Kinds, describer: Describer) -> dict[str, list[Description]]:
    """Return the descriptions of all drawings."""
    return {
        name: [describer.describe(Content(strokes=strokes)) for strokes in drawings]
        for name, drawings in kinds.items()
    }


def tasks(
    kinds: Described, draws: int, shots: int, ways: int = 20, seed: int = 1
) -> Iterator[Task]:
    """Yield tasks of `ways` kinds by chance, each with `shots` drawings; the same for a seed."""
    rng = np.random.default_rng(seed)
    names = [name for name, drawings in kinds.items() if len(drawings) > shots]
    for _draw in range(draws):
        chosen = [names[i] for i in rng.permutation(len(names))[:ways]]
        orders = [rng.permutation(len(kinds[name]))[: shots + 1] for name in chosen]
        yield Task(
            [[kinds[n][i] for i in order[:shots]] for n, order in zip(chosen, orders, strict=True)],
            [kinds[n][order[shots]] for n, order in zip(chosen, orders, strict=True)],
        )


def share_right(every: Iterator[Task], describer: Describer) -> float:
    """Return the share of queries whose symbol is found, 0 to 1."""
    right = [
        index.scores(query).best == place
        for task in every
        for index in [Index(task.symbols, describer.weights)]
        for place, query in enumerate(task.queries)
    ]
    return float(np.mean(right))
