"""Owns finding the ink on paper: the paper's brightness, the ink's polarity, its threshold.

The paper's brightness is fitted as a smooth surface, so that shading does no harm; the ink is what
differs from it, darker or lighter.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.errors import InkError
from app.i18n import _
from app.imaging.connected_components import Mask, components

WORKING_SIDE = 400
_SURFACE_SIDE = 32
_LEAST_CONTRAST = 10.0 / 255.0
_NOISE_REACH = 3.5
"""Paper's own noise hardly ever goes further than so many standard deviations."""
_LEAST_SEPARATION = 5.0
_NOISY = 0.01
_EDGE = 0.35
"""The share of full ink that counts as ink: a hasty line is fainter than a slow one."""
SPECK = 0.03

Grey = NDArray[np.float32]


def ink_and_mask(
    image: Image.Image, side: int = WORKING_SIDE, speck: float = SPECK
) -> tuple[Grey, Mask]:
    """Return how much ink is on every pixel, 0 to 1, grey at the edges, and where there is any.

    `image` has plain pixels; its longer side is seen at `side` px at most. Ink that hangs together
    and has less than the share `speck` of the largest such ink's pixels is left out. Raises
    InkError where nothing stands out from the paper.
    """
    grey = _grey(image, side)
    ink, noise = _ink_and_noise(grey, _paper(grey))
    if noise > _NOISY:
        # A binomial blur leaves 3/8 of the noise and more than half of the thinnest line.
        ink, noise = _blurred(ink), noise * 3 / 8
    mask = _without_specks(ink > _threshold(ink, noise), speck)
    if not mask.any() or mask.mean() > 0.9:
        raise InkError(blank())
    return _soft(ink, mask), mask


def blank() -> str:
    """Return the sentence for a picture without ink."""
    return _("There is no ink to see in the picture.")


def _grey(image: Image.Image, side: int) -> Grey:
    """Return brightness in [0, 1], float32, of the channel that shows the ink best."""
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
    """Return the picture on white paper, or on black where its visible part is bright."""
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
    """Return the paper's brightness everywhere: a quadratic surface that the ink does not pull.

    It starts from the picture's edge, where there is mostly paper, by medians; then pixels near
    the surface are taken in and the far ones left out (iteratively reweighted least squares).
    """
    height, width = grey.shape
    small = np.asarray(
        Image.fromarray(grey).resize(
            (min(width, _SURFACE_SIDE), min(height, _SURFACE_SIDE)), Image.Resampling.BOX
        ),
        np.float64,
    )
    design = _quadratic(*small.shape)
    values = small.ravel()
    edge = np.zeros(small.shape, bool)
    margin = max(1, round(min(small.shape) * 0.06))
    edge[:margin], edge[-margin:], edge[:, :margin], edge[:, -margin:] = True, True, True, True
    weights = edge.ravel().astype(np.float64)
    surface = np.full_like(values, np.median(values[edge.ravel()]))
    coefficients = np.zeros(design.shape[1])
    for step in range(12):
        terms = 3 if step < 6 else design.shape[1]  # a plane first
        if step == 6:  # now from everywhere, not only from the edge
            weights = np.ones_like(values)
        pull = weights / np.maximum(np.abs(values - surface), 0.02) ** (1.0 if step < 6 else 2.0)
        coefficients = _least_squares(design[:, :terms], values, pull)
        surface = design[:, :terms] @ coefficients
    return _surface(coefficients.astype(np.float32), height, width)


def _surface(coefficients: NDArray[np.float32], height: int, width: int) -> Grey:
    """Return the quadratic surface at every pixel, the terms as in `_quadratic`.

    One row and one column are worked out, not six terms a pixel: that took a third of a picture's
    time.
    """
    y, x = _places(height)[:, None], _places(width)[None, :]
    one, of_x, of_y, of_xx, of_xy, of_yy = coefficients
    surface: Grey = (one + of_x * x + of_xx * x * x) + (of_y * y + of_yy * y * y)
    surface += (of_xy * y) * x
    return surface


def _least_squares(
    design: NDArray[np.float32], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the coefficients of least weighted squares, by the normal equations.

    A trace of ridge: a picture one pixel wide has no slope across.
    """
    weighted = design.T * weights
    square = weighted @ design + 1e-9 * weights.sum() * np.eye(design.shape[1])
    solution: NDArray[np.float64] = np.linalg.solve(square, weighted @ values)
    return solution


def _quadratic(height: int, width: int) -> NDArray[np.float32]:
    """Return 1, x, y, x², xy, y² at every pixel, float32 (h·w, 6); x and y go from -1 to 1."""
    y, x = _places(height)[:, None], _places(width)[None, :]
    terms = np.empty((height, width, 6), np.float32)
    for index, term in enumerate((np.float32(1), x, y, x * x, x * y, y * y)):
        terms[..., index] = term
    return terms.reshape(-1, 6)


def _places(count: int) -> NDArray[np.float32]:
    """Return the middles of `count` pixels on a side that goes from -1 to 1."""
    middles = (np.arange(count, dtype=np.float32) + 0.5) / count * 2 - 1
    return middles.astype(np.float32, copy=False)


def _ink_and_noise(grey: Grey, paper: Grey) -> tuple[Grey, float]:
    """Return how far each pixel stands out on the ink's side, 0 to 1, and the paper's noise (sd).

    Light falls on paper and ink alike, so dark ink is measured as a share of the paper's brightness
    and light ink as a share of its darkness.
    """
    difference = grey - paper
    # The 30th percentile of a normal distribution's absolute values is 0.385 sd; up to two thirds
    # of the picture may be ink before it moves.
    noise = float(np.percentile(np.abs(difference), 30)) / 0.385
    reach = _NOISE_REACH * noise
    above, below = np.maximum(difference - reach, 0), np.maximum(-difference - reach, 0)
    is_lighter = float((above**2).sum()) > float((below**2).sum())
    room = np.maximum(1 - paper if is_lighter else paper, 0.1)
    share = (difference if is_lighter else -difference) / room
    ink: Grey = np.clip(share, np.float32(0), np.float32(1))
    return ink, noise / float(room.mean())


def _blurred(ink: Grey) -> Grey:
    """Return the ink under the 3 × 3 binomial kernel, edges repeated."""
    padded = np.pad(ink, 1, mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    blurred: Grey = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16
    return blurred


def _threshold(ink: Grey, noise: float) -> float:
    """Return _EDGE of what ink is on average, by Otsu's threshold (1979) between paper and ink.

    The two are taken as equally frequent. A thin pencil covers one pixel in a hundred: Otsu's own
    weights would look for the threshold within the paper's noise. Of faint squared paper and dark
    ink, the ink is told. Raises InkError where nothing stands out.
    """
    top = float(ink.max())
    floor = max(_LEAST_CONTRAST, _NOISE_REACH * noise)
    if top < floor:
        raise InkError(blank())
    counts, edges = np.histogram(ink, bins=128, range=(0.0, top))
    middles = (edges[:-1] + edges[1:]) / 2
    counts[middles < floor] = 0
    counts[0] = counts.sum()
    below = np.cumsum(counts)
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_below, mean_above = sums / below, (sums[-1] - sums) / above
        between = below * above * (mean_below - mean_above) ** 2
    # Where several are as good, as with two levels and nothing in between, their middle.
    best = np.flatnonzero(between[:-1] >= np.nanmax(between[:-1]) * (1 - 1e-9))
    middle = int(best[len(best) // 2])
    level = float(mean_above[middle])
    if level < _LEAST_SEPARATION * noise:
        raise InkError(blank())
    return max(_EDGE * level, floor)


def _without_specks(mask: Mask, speck: float) -> Mask:
    """Return the mask without components that are tiny beside the largest one."""
    labels, counts = components(mask)
    if len(counts) < 2:
        return mask
    keep = counts >= speck * counts[1:].max()
    keep[0] = False
    kept: Mask = keep[labels]
    return kept


def _soft(ink: Grey, mask: Mask) -> Grey:
    """Return ink in [0, 1] with its grey edges, 0 where only paper and specks are."""
    full = float(np.percentile(ink[mask], 75))
    padded = np.pad(mask, 1)
    near = np.zeros_like(mask)
    for dy in range(3):
        for dx in range(3):
            near |= padded[dy : dy + mask.shape[0], dx : dx + mask.shape[1]]
    return np.where(near, np.clip(ink / full, 0.0, 1.0), 0.0).astype(np.float32)
