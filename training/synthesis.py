"""Owns ink that nobody drew: variations of real strokes, and drawings that are no digit.

A variation keeps what makes the digit that digit and changes what differs between hands and
devices: slant, rotation, aspect, curvature, tremor, pen, sampling, the order and direction of the
strokes. Every function draws from the generator that it is given and from nothing else.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.ink.raster import PEN, Raster, Segments, ink_segments
from app.ink.stroke import Stroke

Line = NDArray[np.float64]
"""The points of one stroke, float64 (n, 2), in any unit."""


def lines_of(strokes: tuple[Stroke, ...]) -> list[Line]:
    """Return the strokes as arrays, moved and scaled so that their longest side is 1."""
    lines = [np.array([point[:2] for point in stroke.points]) for stroke in strokes]
    points = np.concatenate(lines)
    low = points.min(axis=0)
    extent = max(float((points.max(axis=0) - low).max()), 1e-9)
    return [(line - low) / extent for line in lines]


def ink_lines(lines: list[Line], pen: float = PEN) -> Raster:
    """Return the raster of lines in any unit with a pen of `pen` raster pixels."""
    pieces: list[Segments] = []
    for line in lines:
        tail = line[1:] if len(line) > 1 else line
        pieces.append(np.hstack([line[: len(tail)], tail]))
    return ink_segments(np.concatenate(pieces), pen)


def varied(lines: list[Line], rng: np.random.Generator) -> tuple[list[Line], float]:
    """Return one more way in which the same hand or another might have drawn `lines`, and its pen.

    Rotation up to ±15°, slant ±0.35, aspect ±18 %, a smooth warp of up to 4 % of the size, tremor,
    dropped points and a pen of 1.3 to 4.6 raster pixels.
    """
    matrix = _affine(rng)
    warp = _smooth_warp(rng, 0.04)
    tremor = rng.choice([0.0, 0.004, 0.012])
    keep = rng.choice([1.0, 1.0, 0.6, 0.3])
    shift = 0.02
    result = []
    for line in lines:
        moved = _dropped(line, keep, rng)
        moved = warp(moved) @ matrix.T
        moved = moved + rng.normal(0, shift, 2) if len(lines) > 1 else moved
        result.append(moved + rng.normal(0, 1, moved.shape) * tremor)
    return result, random_pen(rng)


def random_pen(rng: np.random.Generator) -> float:
    """Return a pen width in raster pixels: mostly the raster's own, or thinner or thicker."""
    if rng.random() < 0.6:
        return PEN
    return float(np.clip(PEN * np.exp(rng.normal(0.0, 0.32)), 1.3, 4.6))


def not_a_digit(digits: list[list[Line]], rng: np.random.Generator) -> tuple[list[Line], float]:
    """Return a drawing that is no digit, of one of seven families, and its pen.

    Some families are made from real digits (two side by side, a half, two on top of each other),
    the others from nothing: scribbles, hatching, dots, arrows and other simple symbols.
    """
    families = [_two_digits, _half_digit, _overlaid, _scribble, _hatching, _dots, _symbol]
    weights = np.array([0.22, 0.12, 0.10, 0.22, 0.08, 0.08, 0.18])
    family = families[int(rng.choice(len(families), p=weights))]
    return family(digits, rng), random_pen(rng)


def _affine(rng: np.random.Generator) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.uniform(-15, 15))
    slant = rng.normal(0, 0.16)
    stretch = np.exp(rng.uniform(-0.18, 0.18))
    shear = np.array([[1.0, np.clip(slant, -0.35, 0.35)], [0.0, 1.0]])
    result: NDArray[np.float64] = _rotation(angle) @ shear @ np.diag([stretch, 1 / stretch])
    return result


def _smooth_warp(rng: np.random.Generator, amplitude: float) -> Callable[[Line], Line]:
    """Return a smooth displacement: three sine waves of random direction, at most 1.5 per size."""
    waves = rng.normal(0, 1.0, (3, 2)) * np.pi
    phases = rng.uniform(0, 2 * np.pi, 3)
    pushes = rng.normal(0, amplitude, (3, 2))

    def warp(line: Line) -> Line:
        moved: Line = line + np.sin(line @ waves.T + phases) @ pushes
        return moved

    return warp


def _dropped(line: Line, keep: float, rng: np.random.Generator) -> Line:
    """Return the line with about `keep` of its inner points, as a fast hand on a slow device."""
    if keep >= 1 or len(line) < 6:
        return line
    chosen = rng.random(len(line)) < max(keep, 6 / len(line))
    chosen[[0, -1]] = True
    return line[chosen]


def _pick(digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    return varied(digits[int(rng.integers(len(digits)))], rng)[0]


def _two_digits(digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    left, right = _pick(digits, rng), _pick(digits, rng)
    edge = max(float(line[:, 0].max()) for line in left)
    start = min(float(line[:, 0].min()) for line in right)
    offset = np.array([edge - start + rng.uniform(0.0, 0.4), rng.normal(0, 0.1)])
    return left + [line * rng.uniform(0.8, 1.2) + offset for line in right]


def _overlaid(digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    angle = rng.uniform(0, 2 * np.pi)
    shift = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.25, 0.5)
    return _pick(digits, rng) + [line + shift for line in _pick(digits, rng)]


def _half_digit(digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    """Return the bent beginning of a digit, turned by more than a right angle.

    Upright, or if it were straight, what is left of a digit is often another digit (a 1, a 7).
    """
    for _ in range(20):
        line = max(_pick(digits, rng), key=len)
        cut = line[: max(4, int(len(line) * rng.uniform(0.25, 0.5)))]
        length = float(np.hypot(*np.diff(cut, axis=0).T).sum())
        if float(np.hypot(*(cut[-1] - cut[0]))) < 0.8 * length:
            return [cut @ _rotation(rng.uniform(np.pi / 2, 3 * np.pi / 2)).T]
    return [_random_walk(rng, 20)]


def _rotation(angle: float) -> NDArray[np.float64]:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def _random_walk(rng: np.random.Generator, points: int) -> Line:
    turns = np.cumsum(rng.normal(0, rng.uniform(0.5, 1.6), points))
    steps = np.column_stack([np.cos(turns), np.sin(turns)]) * rng.uniform(0.4, 1.0, (points, 1))
    walk: Line = np.cumsum(steps, axis=0)
    return walk


def _scribble(_digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    """Return one to three aimless lines, folded back into a box so that they cross themselves."""
    lines = []
    for _ in range(int(rng.integers(1, 4))):
        walk = _random_walk(rng, int(rng.integers(18, 90)))
        side = rng.uniform(2.0, 6.0)
        lines.append(np.abs((walk + rng.uniform(0, side, 2)) % (2 * side) - side))
    return lines


def _hatching(_digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    count = int(rng.integers(4, 12))
    xs = np.linspace(0, 1, count) + rng.normal(0, 0.02, count)
    zigzag = np.column_stack([xs, np.where(np.arange(count) % 2, 1.0, 0.0) * rng.uniform(0.5, 1.2)])
    turned: Line = zigzag @ _rotation(rng.uniform(0, np.pi)).T
    return [turned] if rng.random() < 0.6 else [turned[i : i + 2] for i in range(0, count - 1, 2)]


def _dots(_digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    count = int(rng.choice([1, 1, 2, 3, 4, 6]))
    spots = rng.uniform(0, 1, (count, 1, 2))
    return [spot + rng.normal(0, 0.01, (3, 2)) * (count > 1) for spot in spots]


def _symbol(_digits: list[list[Line]], rng: np.random.Generator) -> list[Line]:
    """Return one of the signs that people draw to fool such a program, slightly varied."""
    signs: list[list[list[tuple[float, float]]]] = [
        [[(0, 0.5), (1, 0.5)]],  # minus
        [[(0, 0.5), (1, 0.5)], [(0.5, 0), (0.5, 1)]],  # plus
        [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],  # cross
        [[(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)]],  # equals
        [[(0, 0.6), (0.35, 1), (1, 0)]],  # tick
        [[(0, 0.5), (1, 0.5), (0.7, 0.2)], [(1, 0.5), (0.7, 0.8)]],  # arrow
        [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]],  # square
        [[(0.5, 0), (1, 1), (0, 1), (0.5, 0)]],  # triangle
        [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],  # H, hash without a bar
        [[(0.3, 0), (0.3, 1)], [(0.7, 0), (0.7, 1)], [(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)]],
        [[(0.5, 0), (0.8, 1), (0, 0.35), (1, 0.35), (0.2, 1), (0.5, 0)]],  # star
        [[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]],  # w
        [[(0, 1), (0, 0), (0.5, 0.6), (1, 0), (1, 1)]],  # m
        [[(0, 0), (0, 1), (1, 1)]],  # corner
        [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],  # t
        [[(1, 0), (0, 0.5), (1, 1)]],  # less than
        [[(0, 0.5), (0.25, 0.3), (0.5, 0.5), (0.75, 0.7), (1, 0.5)]],  # tilde
    ]
    sign = signs[int(rng.integers(len(signs)))]
    lines = [_resampled(np.array(line, dtype=np.float64)) for line in sign]
    return varied(lines, rng)[0]


def _resampled(line: Line, count: int = 24) -> Line:
    """Return the line with `count` points at even distances."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(places, along, line[:, axis]) for axis in (0, 1)])
