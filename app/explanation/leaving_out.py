"""What each of some parts does for a value, from the values with several of them left out.

Parts depend on each other: where one end of a line is missing, the other still shows the line. So a
fifth of them is left out at once, in many ways, and a linear model is fitted to the changes, as
LIME does (Ribeiro, Singh and Guestrin 2016). After a first round the parts with the largest weights
are left out together, in several ways: what is left out of the drawing for the largest change is
what the weights are to show (deletion: Samek et al. 2017).
"""

from collections.abc import Callable, Generator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.explanation.scores import Floats

T = TypeVar("T")
Masks = NDArray[np.bool_]
"""(m, parts): True where a part is left out."""

_SHARE = 0.2
"""Of the parts that are left out at once."""
_RANDOM = 60
_ROUNDS, _BEST, _POOL = 3, 16, 7
"""How often, and in how many ways, some of the _POOL parts of the largest weight are left out."""
_RIDGE = 3.0
"""Of the squared weights; 1, 0.3 and more random masks fit the largest change less well."""
_AT_ONCE = 32
"""Masks that are tried between two pauses."""
_MOST = 40
"""Parts and runs of parts that are left out alone: only drawings of many strokes have more."""


def weights(count: int, falls: Callable[[Masks], Floats]) -> Generator[None, None, Floats]:
    """Return the weights of `count` parts, (count,); positive where a part raises the value.

    `falls` returns how much the value falls without the parts in each mask, (m,). The same parts
    and values give the same weights. There is a pause after each call of it, of a few milliseconds.
    """
    random = np.random.default_rng(0)
    size = max(round(_SHARE * count), 1)
    masks = _first_masks(count, size, random)
    some = []
    for chunk in np.array_split(masks, -(-len(masks) // _AT_ONCE)):
        some.append(falls(chunk))
        yield
    found = np.concatenate(some)
    fitted = _fitted(masks, found)
    if count <= size + 1:
        return fitted
    for _round in range(_ROUNDS):
        largest = np.argsort(-fitted, kind="stable")[: max(_POOL, size + 3)]
        more = _subsets(largest, count, size, _BEST, random)
        more[0] = False
        more[0, largest[:size]] = True
        masks, found = np.concatenate([masks, more]), np.concatenate([found, falls(more)])
        yield
        fitted = _fitted(masks, found)
    return fitted


def finished(steps: Generator[None, None, T]) -> T:
    """Do all steps of a generator, and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def _first_masks(count: int, size: int, random: np.random.Generator) -> Masks:
    """Return masks of each part alone, of `size` neighbours, and of `size` random parts."""
    places = np.arange(count)
    alone = places[None] == _spread(count)[:, None]
    starts = _spread(count - size + 1)[:, None]
    together = (places >= starts) & (places < starts + size)
    return np.concatenate([alone, together, _subsets(places, count, size, _RANDOM, random)])


def _spread(count: int) -> NDArray[np.int64]:
    """Return the numbers below `count`, or _MOST of them, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, _MOST)).round().astype(np.int64))


def _subsets(
    parts: NDArray[np.int64], count: int, size: int, number: int, random: np.random.Generator
) -> Masks:
    """Return masks of random subsets of `parts`."""
    masks = np.zeros((number, count), bool)
    for mask in masks:
        mask[random.choice(parts, min(size, len(parts)), replace=False)] = True
    return masks


def _fitted(masks: Masks, falls: Floats) -> Floats:
    """Return the weights whose sums over the masks come nearest to the falls (ridge regression)."""
    left_out = masks.astype(np.float64)
    squares = left_out.T @ left_out + _RIDGE * np.eye(masks.shape[1])
    return np.linalg.solve(squares, left_out.T @ falls).astype(np.float64)
