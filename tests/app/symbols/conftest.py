"""Symbols to test with: shapes that are drawn a little differently each time."""

import math
import random
from collections.abc import Callable

import pytest

from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.storage.sample_store import TemporarySamples
from app.symbols.own import OwnSymbols, own_symbols_in

Draw = Callable[[str], Content]

_SHAPES: dict[str, list[list[tuple[float, float]]]] = {
    "arrow": [[(0, 50), (100, 50)], [(70, 20), (100, 50), (70, 80)]],
    "house": [[(0, 100), (0, 40), (50, 0), (100, 40), (100, 100), (0, 100)]],
    "zigzag": [[(0, 0), (30, 100), (60, 0), (90, 100)]],
    "ring": [[(50 + 50 * math.cos(a / 3), 50 + 50 * math.sin(a / 3)) for a in range(20)]],
}


@pytest.fixture
def draw() -> Draw:
    """Return a function that draws a shape, each time a little differently."""
    rng = random.Random(1)

    def draw_shape(name: str) -> Content:
        slant, size = rng.uniform(-0.15, 0.15), rng.uniform(0.7, 1.3)
        return Content(
            strokes=tuple(
                Stroke.of(
                    [
                        (size * (x + slant * y) + rng.gauss(0, 2), size * y + rng.gauss(0, 2))
                        for x, y in line
                    ]
                )
                for line in _SHAPES[name]
            )
        )

    return draw_shape


@pytest.fixture
def own() -> OwnSymbols:
    """Return an empty set of symbols, in memory."""
    return own_symbols_in(TemporarySamples())
