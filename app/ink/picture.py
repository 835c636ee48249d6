"""Owns the way from any picture of a digit to the Raster: find the paper, the ink, its polarity.

A picture has no strokes. The paper's brightness is fitted as a smooth surface, so that shading does
no harm; the ink is what differs from it, darker or lighter; from there on MNIST's rule holds
(longest side 20 px, area-averaged, centre of mass on pixel 14; LeCun et al. 1998).
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.errors import InkError
from app.ink.components import Mask, components
from app.ink.picture_file import plain_errors, with_plain_pixels
from app.ink.raster import BOX, CENTRE, PEN, SIDE, Raster
from app.translation import _

_WORKING_SIDE = 400
_SURFACE_SIDE = 48
_LEAST_CONTRAST = 10.0 / 255.0
_LEAST_SEPARATION = 4.0
_SPECK = 0.03
_THIN = 0.75

Grey = NDArray[np.float32]


def picture_raster(image: Image.Image) -> Raster:
    """Return the raster of a picture of one digit: any size, colour, polarity, shading, alpha.

    Raises InkError where nothing stands out from the paper.
    """
    with plain_errors():
        return _raster(_grey(with_plain_pixels(image)))


def _raster(grey: Grey) -> Raster:
    ink, noise = _ink_and_noise(grey, _paper(grey))
    mask = ink > _threshold(ink, noise)
    mask = _without_specks(mask)
    if not mask.any() or mask.mean() > 0.9:
        raise InkError(_blank())
    return _normalised(_soft(ink, mask), mask)


def _grey(image: Image.Image) -> Grey:
    """Return brightness in [0, 1], float32, of the channel that shows the ink best."""
    image = _opaque(image)
    if max(image.size) > _WORKING_SIDE:
        image = image.copy()
        image.thumbnail((_WORKING_SIDE, _WORKING_SIDE), Image.Resampling.BOX, reducing_gap=None)
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
    linear = design[:, :3]
    weights = edge.ravel().astype(np.float64)
    surface = np.full_like(values, np.median(values[edge.ravel()]))
    for step in range(12):
        part = linear if step < 6 else design
        if step == 6:  # now from everywhere, not only from the edge
            weights = np.ones_like(values)
        pull = weights / np.maximum(np.abs(values - surface), 0.02) ** (1.0 if step < 6 else 2.0)
        root = np.sqrt(pull)[:, None]
        fitted = np.linalg.lstsq(part * root, values * root[:, 0], rcond=None)[0]
        surface = part @ fitted
    full = _quadratic(height, width) @ fitted
    return full.reshape(height, width).astype(np.float32)


def _quadratic(height: int, width: int) -> NDArray[np.float64]:
    ys, xs = np.mgrid[0:height, 0:width]
    y = ((ys + 0.5) / height * 2 - 1).ravel()
    x = ((xs + 0.5) / width * 2 - 1).ravel()
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _ink_and_noise(grey: Grey, paper: Grey) -> tuple[Grey, float]:
    """Return how far each pixel stands out on the ink's side, 0 to 1, and the paper's noise (sd).

    Light falls on paper and ink alike, so dark ink is measured as a share of the paper's brightness
    and light ink as a share of its darkness.
    """
    difference = grey - paper
    lighter = np.maximum(difference, 0) / np.maximum(1 - paper, 0.1)
    darker = np.maximum(-difference, 0) / np.maximum(paper, 0.1)
    ink = lighter if float((lighter**2).sum()) > float((darker**2).sum()) else darker
    # The 30th percentile of a normal distribution's absolute values is 0.385 sd; up to two thirds
    # of the picture may be ink before it moves.
    return np.minimum(ink, 1.0), float(np.percentile(np.abs(difference), 30)) / 0.385


def _threshold(ink: Grey, noise: float) -> float:
    """Return Otsu's threshold (1979); raises InkError where the two classes do not stand apart."""
    top = float(ink.max())
    if top < _LEAST_CONTRAST:
        raise InkError(_blank())
    counts, edges = np.histogram(ink, bins=128, range=(0.0, top))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_below, mean_above = sums / below, (sums[-1] - sums) / above
        between = below * above * (mean_below - mean_above) ** 2
    best = int(np.nanargmax(between[:-1]))
    if float(mean_above[best]) < _LEAST_SEPARATION * noise:
        raise InkError(_blank())
    return float(edges[best + 1])


def _without_specks(mask: Mask) -> Mask:
    """Return the mask without components that are tiny beside the largest one."""
    labels, counts = components(mask)
    if len(counts) < 2:
        return mask
    keep = counts >= _SPECK * counts[1:].max()
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


def _normalised(ink: Grey, mask: Mask) -> Raster:
    """Return the raster by MNIST's rule; a pencil too thin for it is drawn thicker first."""
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    longest = max(bottom - top, right - left)
    missing = _THIN * PEN * longest / BOX - _thickness(mask)
    grow = max(round(missing / 2), 0)
    ink = _thickened(np.pad(ink, grow), grow) if grow else ink
    box = (float(left), float(top), float(right + 2 * grow), float(bottom + 2 * grow))
    scale = BOX / max(box[2] - box[0], box[3] - box[1])
    size = tuple(max(round(length * scale), 1) for length in (box[2] - box[0], box[3] - box[1]))
    wide, high = size
    resample = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    small = np.asarray(Image.fromarray(ink).resize((wide, high), resample, box=box), np.float32)
    small = np.clip(small / max(float(small.max()), 1e-6), 0.0, 1.0)
    return _centred(small)


def _thickness(mask: Mask) -> float:
    """Return the mean width of the strokes in pixels: twice the area over the outline's length."""
    padded = np.pad(mask, 1).astype(np.int8)
    outline = np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum()
    # Counting pixel edges makes slanting outlines 4/π too long, on average over all directions.
    return float(2.0 * mask.sum() / (outline * np.pi / 4.0))


def _thickened(ink: Grey, radius: int) -> Grey:
    """Return the ink with every stroke wider by `radius` on each side (a round brush's maximum)."""
    result = ink.copy()
    height, width = ink.shape
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            if (dx, dy) == (0, 0) or dx * dx + dy * dy > radius * radius + 0.5:
                continue
            here = result[max(dy, 0) : height + min(dy, 0), max(dx, 0) : width + min(dx, 0)]
            there = ink[max(-dy, 0) : height + min(-dy, 0), max(-dx, 0) : width + min(-dx, 0)]
            np.maximum(here, there, out=here)
    return result


def _centred(small: Grey) -> Raster:
    """Return 28 × 28 with the small picture's centre of mass on CENTRE, to half a pixel.

    A picture whose mass lies at one end stops at the edge: none of it is cut off.
    """
    height, width = small.shape
    total = float(small.sum())
    ys, xs = np.mgrid[0:height, 0:width]
    left = round(CENTRE - float((small * xs).sum()) / total)
    top = round(CENTRE - float((small * ys).sum()) / total)
    left, top = min(max(left, 0), SIDE - width), min(max(top, 0), SIDE - height)
    result = np.zeros((SIDE, SIDE), np.float32)
    result[top : top + height, left : left + width] = small
    return result


def _blank() -> str:
    return _("There is no ink to see in the picture.")
