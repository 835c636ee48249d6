"""Synthetic negatives: families of drawings that are no digit.

Some families are made from real digits (two side by side, a half, two on top of each other), the
others are random: scribbles, hatching, dots, doodles, signs. A recipe trains on some and holds out
others.
"""

from collections.abc import Callable, Sequence

import numpy as np

from training.augmentation.doodles import doodle
from training.augmentation.polylines import Polyline, resampled, rotation, scaled_to_one
from training.augmentation.strokes import random_pen_width, vary

Polylines = list[Polyline]
Family = Callable[[Sequence[Polylines], np.random.Generator], Polylines]


def synthetic_negative(
    family: str, digits: Sequence[Polylines], rng: np.random.Generator
) -> tuple[Polylines, float]:
    """Return a drawing of the family and a pen width; some families are made from `digits`."""
    return FAMILIES[family](digits, rng), random_pen_width(rng)


def _varied_digit(digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    return vary(digits[int(rng.integers(len(digits)))], rng)[0]


def _two_digits(digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    left, right = _varied_digit(digits, rng), _varied_digit(digits, rng)
    edge = max(float(line[:, 0].max()) for line in left)
    start = min(float(line[:, 0].min()) for line in right)
    offset = np.array([edge - start + rng.uniform(0.0, 0.4), rng.normal(0, 0.1)])
    return left + [line * rng.uniform(0.8, 1.2) + offset for line in right]


def _overlaid(digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    angle = rng.uniform(0, 2 * np.pi)
    shift = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.25, 0.5)
    return _varied_digit(digits, rng) + [line + shift for line in _varied_digit(digits, rng)]


def _half_digit(digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    """Return the beginning of a digit, which is curved, rotated by 90° to 270°.

    Half a digit that is upright or straight is often another digit (a 1, a 7).
    """
    for _try in range(20):
        line = max(_varied_digit(digits, rng), key=len)
        cut = line[: max(4, int(len(line) * rng.uniform(0.25, 0.5)))]
        length = float(np.hypot(*np.diff(cut, axis=0).T).sum())
        if float(np.hypot(*(cut[-1] - cut[0]))) < 0.8 * length:
            return [cut @ rotation(rng.uniform(np.pi / 2, 3 * np.pi / 2)).T]
    return [_random_walk(rng, 20)]


def _glyph(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    """Return two or more strokes of straight segments between points of a 3 × 3 grid."""
    lines: Polylines = []
    segments = 0
    while len(lines) < 2 or segments < 4:
        cells = rng.permutation(9)[: int(rng.integers(2, 5))]
        corners = np.column_stack([cells % 3, cells // 3]) / 2 + rng.normal(
            0, 0.06, (len(cells), 2)
        )
        lines.append(resampled(corners, 16))
        segments += len(cells) - 1
    return vary(lines, rng)[0]


def _random_walk(rng: np.random.Generator, points: int) -> Polyline:
    turns = np.cumsum(rng.normal(0, rng.uniform(0.5, 1.6), points))
    steps = np.column_stack([np.cos(turns), np.sin(turns)]) * rng.uniform(0.4, 1.0, (points, 1))
    walk: Polyline = np.cumsum(steps, axis=0)
    return walk


def _scribble(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    """Return one to three random walks, reflected at the sides of a box so that they cross."""
    lines = []
    for _line in range(int(rng.integers(1, 4))):
        walk = _random_walk(rng, int(rng.integers(18, 90)))
        side = rng.uniform(2.0, 6.0)
        lines.append(np.abs((walk + rng.uniform(0, side, 2)) % (2 * side) - side))
    return lines


def _hatching(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    count = int(rng.integers(4, 12))
    xs = np.linspace(0, 1, count) + rng.normal(0, 0.02, count)
    zigzag = np.column_stack([xs, np.where(np.arange(count) % 2, 1.0, 0.0) * rng.uniform(0.5, 1.2)])
    turned: Polyline = zigzag @ rotation(rng.uniform(0, np.pi)).T
    return [turned] if rng.random() < 0.6 else [turned[i : i + 2] for i in range(0, count - 1, 2)]


def _dots(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    count = int(rng.choice([1, 1, 2, 3, 4, 6]))
    spots = rng.uniform(0, 1, (count, 1, 2))
    return [spot + rng.normal(0, 0.01, (3, 2)) * (count > 1) for spot in spots]


def _doodle(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
    return vary(scaled_to_one(doodle(rng)), rng)[0]


_SIGNS: dict[str, list[list[tuple[float, float]]]] = {
    "minus": [[(0, 0.5), (1, 0.5)]],
    "plus": [[(0, 0.5), (1, 0.5)], [(0.5, 0), (0.5, 1)]],
    "cross": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "equals": [[(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)]],
    "square": [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]],
    "triangle": [[(0.5, 0), (1, 1), (0, 1), (0.5, 0)]],
    "capital h": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],
    "w": [[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]],
    "m": [[(0, 1), (0, 0), (0.5, 0.6), (1, 0), (1, 1)]],
    "corner": [[(0, 0), (0, 1), (1, 1)]],
    "capital t": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "less than": [[(1, 0), (0, 0.5), (1, 1)]],
    "tilde": [[(0, 0.5), (0.25, 0.3), (0.5, 0.5), (0.75, 0.7), (1, 0.5)]],
    "capital e": [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.5), (0.8, 0.5)]],
    "capital k": [[(0, 0), (0, 1)], [(1, 0), (0, 0.55), (1, 1)]],
    "house": [[(0, 1), (0, 0.4), (0.5, 0), (1, 0.4), (1, 1), (0, 1)]],
}
_OTHER_SIGNS: dict[str, list[list[tuple[float, float]]]] = {
    "tick": [[(0, 0.6), (0.35, 1), (1, 0)]],
    "arrow": [[(0, 0.5), (1, 0.5), (0.7, 0.2)], [(1, 0.5), (0.7, 0.8)]],
    "hash": [
        [(0.3, 0), (0.3, 1)],
        [(0.7, 0), (0.7, 1)],
        [(0, 0.3), (1, 0.3)],
        [(0, 0.7), (1, 0.7)],
    ],
    "star": [[(0.5, 0), (0.8, 1), (0, 0.35), (1, 0.35), (0.2, 1), (0.5, 0)]],
    "capital a": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.6), (0.8, 0.6)]],
    "capital n": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "capital f": [[(1, 0), (0, 0), (0, 1)], [(0, 0.5), (0.8, 0.5)]],
    "hourglass": [[(0, 0), (1, 0), (0, 1), (1, 1), (0, 0)]],
    "heart": [[(0.5, 0.3), (0.25, 0), (0, 0.3), (0.5, 1), (1, 0.3), (0.75, 0), (0.5, 0.3)]],
}


def _sign_family(signs: dict[str, list[list[tuple[float, float]]]]) -> Family:
    shapes = list(signs.values())

    def drawn(_digits: Sequence[Polylines], rng: np.random.Generator) -> Polylines:
        sign = shapes[int(rng.integers(len(shapes)))]
        return vary([resampled(np.array(line, np.float64), 24) for line in sign], rng)[0]

    return drawn


FAMILIES: dict[str, Family] = {
    "two digits": _two_digits,
    "half a digit": _half_digit,
    "overlaid digits": _overlaid,
    "scribble": _scribble,
    "glyph": _glyph,
    "hatching": _hatching,
    "dots": _dots,
    "doodles": _doodle,
    "signs": _sign_family(_SIGNS),
    "other signs": _sign_family(_OTHER_SIGNS),
}
"""By name: what people draw to fool a digit recogniser."""
