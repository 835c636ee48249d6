"""Owns variations of real strokes: ink that nobody drew, but somebody might have drawn so.

A variation keeps what makes the digit that digit and changes what differs between hands and
devices: slant, rotation, aspect, curvature, tremor, pen, sampling, gaps. Every function draws from
the generator that it is given and from nothing else.
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

_RARE = 0.1
"""The share of digits that take a rare form, where there is one for them."""
_AS_WRITTEN = 0.1
"""The share of drawings that stay as they were written."""


def vary_digit(
    lines: list[Polyline], label: int, rng: np.random.Generator
) -> tuple[list[Polyline], float]:
    """Return a variation of a drawing; a digit, 0 to 9, now and then in a form that few people use.

    Those are `rare_forms`: a slashed zero, a four like lightning, a nine with a hook, …
    """
    return vary(rare_form(lines, label, rng) if rng.random() < _RARE else lines, rng)


def vary(lines: list[Polyline], rng: np.random.Generator) -> tuple[list[Polyline], float]:
    """Return one more way in which the same hand or another might have drawn `lines`, and its pen.

    Rotation up to ±17°, slant ±0.35, aspect ±18 % (now and then stretched to a square, as some
    scanners do), a smooth warp of up to 4 % of the size, tremor, dropped points, gaps, dots instead
    of lines, a pen that is never lifted, and a pen of 1.3 to 5 raster pixels.
    """
    if rng.random() < _AS_WRITTEN:
        return lines, PEN_WIDTH
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
        result = dots_along(result, rng.uniform(0.06, 0.16))
    elif kind < 0.08:
        result = _with_gap(result, rng)
    elif kind < 0.14:
        result = _stretched(result)
    elif kind < 0.22:
        result = [np.concatenate(result)]
    return result, random_pen_width(rng)


def random_pen_width(rng: np.random.Generator) -> float:
    """Return a pen width in raster pixels: mostly the raster's own, or thinner or thicker.

    Strokes are always inked with the raster's own; only pictures of strokes show other pens.
    """
    if rng.random() < 0.8:
        return PEN_WIDTH
    return float(np.clip(PEN_WIDTH * np.exp(rng.normal(0.0, 0.35)), 1.3, 5.0))


def _affine(rng: np.random.Generator) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.uniform(-17, 17))
    slant = rng.normal(0, 0.16)
    stretch = np.exp(rng.uniform(-0.18, 0.18))
    shear = np.array([[1.0, np.clip(slant, -0.35, 0.35)], [0.0, 1.0]])
    result: NDArray[np.float64] = rotation(angle) @ shear @ np.diag([stretch, 1 / stretch])
    return result


def _smooth_warp(rng: np.random.Generator, amplitude: float) -> Callable[[Polyline], Polyline]:
    """Return a smooth displacement: three sine waves of random direction, at most 1.5 per size."""
    waves = rng.normal(0, 1.0, (3, 2)) * np.pi
    phases = rng.uniform(0, 2 * np.pi, 3)
    pushes = rng.normal(0, amplitude, (3, 2))

    def warp(line: Polyline) -> Polyline:
        moved: Polyline = line + np.sin(line @ waves.T + phases) @ pushes
        return moved

    return warp


def _dropped(line: Polyline, keep: float, rng: np.random.Generator) -> Polyline:
    """Return the line with about `keep` of its inner points, as a fast hand on a slow device."""
    if keep >= 1 or len(line) < 6:
        return line
    chosen = rng.random(len(line)) < max(keep, 6 / len(line))
    chosen[[0, -1]] = True
    return line[chosen]


def _with_gap(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines, the longest one with a short gap: a pen that skipped."""
    longest = max(range(len(lines)), key=lambda index: float(arc_lengths(lines[index])[-1]))
    line = resampled(lines[longest], 48)
    first = int(rng.integers(6, 38))
    parts = [line[:first], line[first + int(rng.integers(2, 5)) :]]
    return [*lines[:longest], *parts, *lines[longest + 1 :]]


def _stretched(lines: list[Polyline]) -> list[Polyline]:
    """Return the lines stretched towards a square, no more than twofold."""
    _low, extent = bounding_box(lines)
    factors = np.minimum(extent.max() / np.maximum(extent, 1e-9), 2.0)
    return [line * factors for line in lines]
