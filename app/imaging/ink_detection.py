"""Finds the ink in a picture: the paper's brightness, the ink's polarity, and its threshold.

The paper's brightness is fitted as a smooth surface, so that shading is no ink; the ink is what
differs from it, darker or lighter, whichever there is more of.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.errors import InkError
from app.i18n import _
from app.imaging.connected_components import Mask, remove_small_components
from app.imaging.morphology import SQUARE, dilate

WORKING_SIDE = 400
"""The longer side of a picture of one digit, in pixels, after scaling down."""
_SURFACE_SIDE = 32
"""The paper's surface is fitted to a picture of at most so many pixels a side."""
_MIN_CONTRAST = 10.0 / 255.0
_NOISE_REACH = 3.5
"""Standard deviations that the paper's own noise hardly ever exceeds."""
_MIN_SEPARATION = 5.0
"""Standard deviations of the noise between paper and ink."""
_NOISY = 0.01
"""The noise (sd) from which a picture is blurred first."""
_INK_SHARE = 0.35
"""The share of full ink that counts as ink: a hasty line is fainter than a slow one."""
_BINS = 128
"""Of the histogram of ink."""
_SPECK = 0.03
"""Components with fewer pixels, in pixels of the largest one, are specks of dirt."""

Grey = NDArray[np.float32]
"""float32 (h, w): brightness, or the amount of ink, in [0, 1]."""


def detect_ink(
    image: Image.Image, side: int = WORKING_SIDE, min_share: float = _SPECK
) -> tuple[Grey, Mask]:
    """Return the amount of ink in every pixel, 0 to 1, grey at its edges, and the mask of the ink.

    `image` has a mode that can be averaged (`to_averageable_mode`); it is scaled down to at most
    `side` px. Components with fewer pixels than `min_share` of the largest one are left out. Raises
    InkError where nothing differs enough from the paper.
    """
    grey = _grey(image, side)
    ink, noise = _ink_and_noise(grey, _paper(grey))
    if noise > _NOISY:
        # A binomial blur leaves 3/8 of the noise and more than half of the thinnest line.
        ink, noise = _blurred(ink), noise * 3 / 8
    mask = remove_small_components(ink > _threshold(ink, noise), min_share)
    if not mask.any() or mask.mean() > 0.9:
        raise InkError(no_ink_message())
    return _with_soft_edges(ink, mask), mask


def no_ink_message() -> str:
    """Return the message for a picture without ink."""
    return _("No ink was found in the picture.")


def _grey(image: Image.Image, side: int) -> Grey:
    """Return the brightness, 0 to 1, of the channel that shows the ink best."""
    image = _opaque(image)
    if max(image.size) > side:
        image = image.copy()
        image.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=None)
    if image.mode == "F":
        values = np.asarray(image, np.float32)
        low, high = float(values.min()), float(values.max())
        return (values - low) / max(high - low, 1.0 if high <= 255 else 256.0)
    if image.mode == "L":
        return np.asarray(image, np.float32) / np.float32(255)
    colours = np.asarray(image.convert("RGB"), np.float32) / np.float32(255)
    luma = np.asarray(image.convert("L"), np.float32) / np.float32(255)
    channels = [luma, *(colours[..., index] for index in range(3))]
    # Red ink on blue paper has hardly any contrast in luma; elsewhere luma has the least noise.
    best = max(channels, key=lambda channel: float(channel.std()))
    return luma if luma.std() > 0.6 * best.std() else best


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture on white, or on black where its visible part is bright."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    values = np.asarray(image, np.float32)
    alpha = values[..., 3]
    if alpha.min() == 255:
        return image.convert("RGB")
    weight = max(float(alpha.sum()), 1.0)
    brightness = float((values[..., :3].mean(axis=2) * alpha).sum()) / weight
    paper = Image.new("RGBA", image.size, "black" if brightness > 128 else "white")
    return Image.alpha_composite(paper, image).convert("RGB")


def _paper(grey: Grey) -> Grey:
    """Return the paper's brightness at every pixel: a quadratic surface fitted robustly.

    It starts from the median of the picture's edge, where there is mostly paper. Iteratively
    reweighted least squares then let pixels far from the surface, the ink, count for little.
    """
    height, width = grey.shape
    small = np.asarray(
        Image.fromarray(grey).resize(
            (min(width, _SURFACE_SIDE), min(height, _SURFACE_SIDE)), Image.Resampling.BOX
        ),
        np.float64,
    )
    basis = _basis(*small.shape)
    values = small.ravel()
    weights = basis.edge
    surface = np.full_like(values, np.median(values[basis.edge > 0]))
    coefficients = np.zeros(basis.quadratic.shape[1])
    for step in range(12):
        design = basis.plane if step < 6 else basis.quadratic  # a plane first
        distance = np.maximum(np.abs(values - surface), 0.02)
        # From step 6 on from the whole picture, not only from its edge.
        pull = weights / distance if step < 6 else 1.0 / (distance * distance)
        coefficients = _least_squares(design, values, pull)
        surface = design @ coefficients
    return _surface(coefficients.astype(np.float32), height, width)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the paper's surface is fitted with, for one size of picture; all float64."""

    plane: NDArray[np.float64]
    """1, x, y at every pixel, (h·w, 3)."""
    quadratic: NDArray[np.float64]
    """`_quadratic`, (h·w, 6)."""
    edge: NDArray[np.float64]
    """1 at the pixels near the picture's edge, 0 elsewhere, (h·w,)."""


@lru_cache(maxsize=64)
def _basis(height: int, width: int) -> _Basis:
    """Return the basis for a small picture; most of many have the same few sizes."""
    quadratic = _quadratic(height, width).astype(np.float64)
    edge = np.ones((height, width))
    margin = max(1, round(min(height, width) * 0.06))
    edge[margin:-margin, margin:-margin] = 0
    return _Basis(np.ascontiguousarray(quadratic[:, :3]), quadratic, edge.ravel())


def _surface(coefficients: NDArray[np.float32], height: int, width: int) -> Grey:
    """Return the quadratic surface at every pixel, the terms as in `_quadratic`.

    The squares are computed once for a row and a column: all terms for every pixel took a third of
    a picture's time.
    """
    y, x = _centres(height)[:, None], _centres(width)[None, :]
    one, of_x, of_y, of_xx, of_xy, of_yy = coefficients
    surface: Grey = (one + of_x * x + of_xx * x * x) + (of_y * y + of_yy * y * y)
    surface += (of_xy * y) * x
    return surface


def _least_squares(
    design: NDArray[np.float64], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the coefficients of weighted least squares, by the normal equations.

    With a trace of ridge: a picture one pixel wide has no slope across.
    """
    weighted = design.T * weights
    square = weighted @ design + 1e-9 * weights.sum() * np.eye(design.shape[1])
    solution: NDArray[np.float64] = np.linalg.solve(square, weighted @ values)
    return solution


def _quadratic(height: int, width: int) -> NDArray[np.float32]:
    """Return 1, x, y, x², xy, y² at every pixel, float32 (h·w, 6); x and y go from -1 to 1."""
    y, x = _centres(height)[:, None], _centres(width)[None, :]
    terms = np.empty((height, width, 6), np.float32)
    for index, term in enumerate((np.float32(1), x, y, x * x, x * y, y * y)):
        terms[..., index] = term
    return terms.reshape(-1, 6)


def _centres(count: int) -> NDArray[np.float32]:
    """Return the centres of `count` pixels on a side that goes from -1 to 1."""
    centres = (np.arange(count, dtype=np.float32) + 0.5) / count * 2 - 1
    return centres.astype(np.float32, copy=False)


def _ink_and_noise(grey: Grey, paper: Grey) -> tuple[Grey, float]:
    """Return how much each pixel differs from the paper, 0 to 1, and the paper's noise (sd).

    Light falls on paper and ink alike, so dark ink is a share of the paper's brightness and light
    ink a share of what the paper lacks to white.
    """
    difference = grey - paper
    # The 30th percentile of a normal distribution's absolute values is 0.385 sd; up to two thirds
    # of the picture may be ink before it moves.
    noise = _percentile(np.abs(difference), 30) / 0.385
    is_lighter = _is_ink_lighter(difference, noise)
    room = np.maximum(1 - paper if is_lighter else paper, 0.1)
    share = (difference if is_lighter else -difference) / room
    ink: Grey = np.clip(share, np.float32(0), np.float32(1))
    return ink, noise / float(room.mean())


def _is_ink_lighter(difference: Grey, noise: float) -> bool:
    """Return the ink's polarity: the side with the larger sum of squares beyond the noise."""
    reach = _NOISE_REACH * noise
    above, below = np.maximum(difference - reach, 0), np.maximum(-difference - reach, 0)
    return float((above**2).sum()) > float((below**2).sum())


def _blurred(ink: Grey) -> Grey:
    """Return the ink under the 3 × 3 binomial kernel, edges repeated."""
    padded = np.pad(ink, 1, mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    blurred: Grey = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16
    return blurred


def _threshold(ink: Grey, noise: float) -> float:
    """Return _INK_SHARE times the mean of what Otsu's method (1979) takes for ink.

    Paper is weighted as if it were as frequent as ink: a thin pencil covers one pixel in a hundred,
    and Otsu's own weights would put the threshold within the paper's noise. Dark ink on faintly
    squared paper is separated from the squares. Raises InkError where nothing differs enough.
    """
    top = float(ink.max())
    floor = max(_MIN_CONTRAST, _NOISE_REACH * noise)
    if top < floor:
        raise InkError(no_ink_message())
    counts, edges = _histogram(ink, top)
    middles = (edges[:-1] + edges[1:]) / 2
    counts[middles < floor] = 0
    if not counts.any():  # all that differs, differs by the floor
        raise InkError(no_ink_message())
    counts[0] = counts.sum()
    below = np.cumsum(counts)
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_below, mean_above = sums / below, (sums[-1] - sums) / above
        between = below * above * (mean_below - mean_above) ** 2
    # Several are equally good where there is nothing between paper and ink: take their middle.
    best = np.flatnonzero(between[:-1] >= np.nanmax(between[:-1]) * (1 - 1e-9))
    middle = int(best[len(best) // 2])
    level = float(mean_above[middle])
    if level < _MIN_SEPARATION * noise:
        raise InkError(no_ink_message())
    return max(_INK_SHARE * level, floor)


def _percentile(values: Grey, percent: int) -> float:
    """Return a percentile as numpy's does, linearly interpolated, in an eighth of the time."""
    place = (values.size - 1) * float(np.float32(percent) / np.float32(100))
    below = int(place)
    above = min(below + 1, values.size - 1)
    parts = np.partition(values.ravel(), (below, above))
    low, high, share = float(parts[below]), float(parts[above]), place - below
    return low + (high - low) * share


def _histogram(values: Grey, top: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return counts and edges of _BINS bins from 0 to `top`, as numpy's, the last one closed."""
    edges = np.linspace(0.0, top, _BINS + 1)
    bins = np.minimum((values.ravel() / top * _BINS).astype(np.int64), _BINS - 1)
    bins -= values.ravel() < edges[bins]
    bins += (values.ravel() >= edges[bins + 1]) & (bins < _BINS - 1)
    return np.bincount(bins, minlength=_BINS), edges


def _with_soft_edges(ink: Grey, mask: Mask) -> Grey:
    """Return the ink in [0, 1] with its grey edges; 0 beyond them."""
    full = _percentile(ink[mask], 75)
    near = dilate(mask, SQUARE)
    return np.where(near, np.clip(ink / full, 0.0, 1.0), 0.0).astype(np.float32)
