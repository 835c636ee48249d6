"""Owns variations of real strokes: ink that nobody drew, but somebody might have drawn so.

A variation keeps what makes the digit that digit and changes what differs between hands and
devices: slant, rotation, aspect, curvature, tremor, pen, sampling, gaps. Every function draws from
the generator that it is given and from nothing else.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.ink.raster import PEN, Raster, Segments, ink_segments
from app.ink.stroke import Stroke

Line = NDArray[np.float64]
"""The points of one stroke, float64 (n, 2), in any unit."""

_AS_WRITTEN = 0.1
"""The share of drawings that stay as they were written."""


def lines_of(strokes: tuple[Stroke, ...]) -> list[Line]:
    """Return the strokes as arrays, moved and scaled so that their longest side is 1."""
    lines = [np.array([point[:2] for point in stroke.points]) for stroke in strokes]
    low, extent = _box(lines)
    return [(line - low) / max(float(extent.max()), 1e-9) for line in lines]


def ink_lines(lines: list[Line], pen: float = PEN) -> Raster:
    """Return the raster of lines in any unit with a pen of `pen` raster pixels."""
    pieces: list[Segments] = []
    for line in lines:
        tail = line[1:] if len(line) > 1 else line
        pieces.append(np.hstack([line[: len(tail)], tail]))
    return ink_segments(np.concatenate(pieces), pen)


def varied_digit(
    lines: list[Line], label: int, rng: np.random.Generator
) -> tuple[list[Line], float]:
    """Return a variation of a digit, `label` 0 to 9: now and then with a bar that some people add.

    A slash through the zero, a foot under the one, a bar through the seven.
    """
    bar = _BARS.get(label)
    return varied([*lines, bar(lines, rng)] if bar and rng.random() < 0.05 else lines, rng)


def varied(lines: list[Line], rng: np.random.Generator) -> tuple[list[Line], float]:
    """Return one more way in which the same hand or another might have drawn `lines`, and its pen.

    Rotation up to ±17°, slant ±0.35, aspect ±18 % (now and then stretched to a square, as some
    scanners do), a smooth warp of up to 4 % of the size, tremor, dropped points, gaps, dots instead
    of lines, a pen that is never lifted, and a pen of 1.3 to 5 raster pixels.
    """
    if rng.random() < _AS_WRITTEN:
        return lines, PEN
    matrix = _affine(rng)
    warp = _smooth_warp(rng, 0.04)
    tremor = rng.choice([0.0, 0.004, 0.012, 0.03], p=[0.4, 0.25, 0.25, 0.1])
    keep = rng.choice([1.0, 1.0, 0.6, 0.3])
    result = []
    for line in lines:
        moved = warp(_dropped(line, keep, rng)) @ matrix.T
        moved = moved + rng.normal(0, 0.02, 2) if len(lines) > 1 else moved
        result.append(moved + rng.normal(0, 1, moved.shape) * tremor)
    kind = rng.random()
    if kind < 0.04:
        result = dotted(result, rng.uniform(0.06, 0.16))
    elif kind < 0.08:
        result = _with_gap(result, rng)
    elif kind < 0.14:
        result = _stretched(result)
    elif kind < 0.22:
        result = [np.concatenate(result)]
    return result, random_pen(rng)


def random_pen(rng: np.random.Generator) -> float:
    """Return a pen width in raster pixels: mostly the raster's own, or thinner or thicker."""
    if rng.random() < 0.6:
        return PEN
    return float(np.clip(PEN * np.exp(rng.normal(0.0, 0.35)), 1.3, 5.0))


def rotation(angle: float) -> NDArray[np.float64]:
    """Return the matrix that turns by an angle in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def resampled(line: Line, count: int) -> Line:
    """Return the line with `count` points at even distances."""
    along = _along(line)
    places = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(places, along, line[:, axis]) for axis in (0, 1)])


def dotted(lines: list[Line], distance: float) -> list[Line]:
    """Return a dot, a line of one point, at every `distance` along the lines."""
    dots: list[Line] = []
    for line in lines:
        count = max(round(float(_along(line)[-1]) / distance), 1) + 1
        dots.extend(point[None] for point in resampled(line, count))
    return dots


def _along(line: Line) -> NDArray[np.float64]:
    """Return every point's distance from the first one, along the line."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(lengths)])


def _box(lines: list[Line]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the upper left corner of all lines, and their width and height."""
    points = np.concatenate(lines)
    low: NDArray[np.float64] = points.min(axis=0)
    extent: NDArray[np.float64] = points.max(axis=0) - low
    return low, extent


def _affine(rng: np.random.Generator) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.uniform(-17, 17))
    slant = rng.normal(0, 0.16)
    stretch = np.exp(rng.uniform(-0.18, 0.18))
    shear = np.array([[1.0, np.clip(slant, -0.35, 0.35)], [0.0, 1.0]])
    result: NDArray[np.float64] = rotation(angle) @ shear @ np.diag([stretch, 1 / stretch])
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


def _with_gap(lines: list[Line], rng: np.random.Generator) -> list[Line]:
    """Return the lines, the longest one with a short gap: a pen that skipped."""
    longest = max(range(len(lines)), key=lambda index: float(_along(lines[index])[-1]))
    line = resampled(lines[longest], 48)
    first = int(rng.integers(6, 38))
    parts = [line[:first], line[first + int(rng.integers(2, 5)) :]]
    return [*lines[:longest], *parts, *lines[longest + 1 :]]


def _stretched(lines: list[Line]) -> list[Line]:
    """Return the lines stretched towards a square, no more than twofold."""
    _low, extent = _box(lines)
    factors = np.minimum(extent.max() / np.maximum(extent, 1e-9), 2.0)
    return [line * factors for line in lines]


def _slash(lines: list[Line], rng: np.random.Generator) -> Line:
    low, extent = _box(lines)
    reach = rng.uniform(-0.1, 0.15, 2)
    ends = np.array([[1 + reach[0], -reach[0]], [-reach[1], 1 + reach[1]]])
    return low + ends * extent


def _foot(lines: list[Line], rng: np.random.Generator) -> Line:
    points = np.concatenate(lines)
    lowest = points[points[:, 1].argmax()]
    reach = np.array([rng.uniform(0.15, 0.3), rng.normal(0, 0.02)])
    return np.stack([lowest - reach, lowest + reach])


def _crossbar(lines: list[Line], rng: np.random.Generator) -> Line:
    low, extent = _box(lines)
    points = np.concatenate([resampled(line, 24) for line in lines])
    height = float(low[1] + rng.uniform(0.45, 0.6) * extent[1])
    stem = points[np.abs(points[:, 1] - height).argmin()]
    reach = np.array([rng.uniform(0.12, 0.25), rng.normal(0, 0.03)])
    return np.stack([stem - reach, stem + reach])


_BARS: dict[int, Callable[[list[Line], np.random.Generator], Line]] = {
    0: _slash,
    1: _foot,
    7: _crossbar,
}
