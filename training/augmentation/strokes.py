"""Random variations of real strokes.

A variation keeps what makes the digit and changes what differs between people and devices: slant,
rotation, aspect, curvature, tremor, pen width, sampling, gaps. All randomness comes from the
generator that is passed in.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import PEN_WIDTH
from training.augmentation.polylines import (
    Polyline,
    arc_lengths,
    bounding_box,
    dots_along,
    resampled,
    rotation,
)
from training.augmentation.rare_forms import rare_form

_RARE_SHARE = 0.2
"""Of the digits that have a rare form."""
_UNCHANGED_SHARE = 0.1
"""Of all drawings."""
_BLOTTED_ONES = 0.06
"""Of the ones: a scanner that stretches every digit to a square makes a bar as thick as this."""


def vary_digit(
    lines: list[Polyline], label: int, rng: np.random.Generator
) -> tuple[list[Polyline], float]:
    """Return a variation of the digit `label`, sometimes in its rare form, and a pen width."""
    lines = rare_form(lines, label, rng) if rng.random() < _RARE_SHARE else lines
    varied, width = vary(lines, rng)
    if label == 1 and rng.random() < _BLOTTED_ONES:
        width = float(rng.uniform(4, 9))
    return varied, width


def vary(lines: list[Polyline], rng: np.random.Generator) -> tuple[list[Polyline], float]:
    """Return a random variation of polylines whose longest side is 1, and a pen width.

    Rotation up to ±17°, slant ±0.35, aspect ±18 % (sometimes stretched to a square, as some
    scanners do), a smooth warp of up to 4 % of the size, tremor, dropped points, a gap, dots
    instead of lines, a pen that is never lifted, and a pen of 1.3 to 5 raster pixels.
    """
    if rng.random() < _UNCHANGED_SHARE:
        return lines, PEN_WIDTH
    matrix = _random_affine(rng)
    warp = _smooth_warp(rng, 0.04)
    tremor = rng.choice([0.0, 0.004, 0.012, 0.03], p=[0.4, 0.25, 0.25, 0.1])
    keep = rng.choice([1.0, 1.0, 0.6, 0.3])
    result = []
    for line in lines:
        moved = warp(_drop_points(line, keep, rng)) @ matrix.T
        moved = moved + rng.normal(0, 0.02, 2) if len(lines) > 1 else moved
        result.append(moved + rng.normal(0, 1, moved.shape) * tremor)
    kind = rng.random()
    if kind < 0.04:
        result = dots_along(result, rng.uniform(0.06, 0.16))
    elif kind < 0.08:
        result = _with_gap(result, rng)
    elif kind < 0.14:
        result = _stretched_to_square(result)
    elif kind < 0.22:
        result = [np.concatenate(result)]
    return result, random_pen_width(rng)


def random_pen_width(rng: np.random.Generator) -> float:
    """Return a pen width in raster pixels: four times in five PEN_WIDTH, else from 1.3 to 5.

    The program draws strokes with PEN_WIDTH; other widths only occur in pictures.
    """
    if rng.random() < 0.8:
        return PEN_WIDTH
    return float(np.clip(PEN_WIDTH * np.exp(rng.normal(0.0, 0.35)), 1.3, 5.0))


def _random_affine(rng: np.random.Generator) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.uniform(-17, 17))
    slant = rng.normal(0, 0.16)
    stretch = np.exp(rng.uniform(-0.18, 0.18))
    shear = np.array([[1.0, np.clip(slant, -0.35, 0.35)], [0.0, 1.0]])
    result: NDArray[np.float64] = rotation(angle) @ shear @ np.diag([stretch, 1 / stretch])
    return result


def _smooth_warp(rng: np.random.Generator, amplitude: float) -> Callable[[Polyline], Polyline]:
    """Return a displacement field: the sum of three sine waves of random direction and phase.

    `amplitude` is the standard deviation of each wave's amplitude.
    """
    waves = rng.normal(0, 1.0, (3, 2)) * np.pi
    phases = rng.uniform(0, 2 * np.pi, 3)
    amplitudes = rng.normal(0, amplitude, (3, 2))

    def warp(line: Polyline) -> Polyline:
        moved: Polyline = line + np.sin(line @ waves.T + phases) @ amplitudes
        return moved

    return warp


def _drop_points(line: Polyline, keep: float, rng: np.random.Generator) -> Polyline:
    """Return the line with a share `keep` of its inner points, as slow devices record it."""
    if keep >= 1 or len(line) < 6:
        return line
    kept = rng.random(len(line)) < max(keep, 6 / len(line))
    kept[[0, -1]] = True
    return line[kept]


def _with_gap(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines, the longest one with a short gap, as of a pen that skipped."""
    longest = max(range(len(lines)), key=lambda index: float(arc_lengths(lines[index])[-1]))
    line = resampled(lines[longest], 48)
    first = int(rng.integers(6, 38))
    parts = [line[:first], line[first + int(rng.integers(2, 5)) :]]
    return [*lines[:longest], *parts, *lines[longest + 1 :]]


def _stretched_to_square(lines: list[Polyline]) -> list[Polyline]:
    """Return the lines stretched towards a square box, each axis at most twofold."""
    _corner, extent = bounding_box(lines)
    factors = np.minimum(extent.max() / np.maximum(extent, 1e-9), 2.0)
    return [line * factors for line in lines]
