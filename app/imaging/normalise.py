"""Owns the way from any picture of a digit to the Raster.

A picture has no strokes. `ink_detection` finds the ink; here coarse outlines are smoothed and a
line too thin is drawn thicker, and from there on MNIST's rule holds (longest side 20 px,
area-averaged, centre of mass on pixel 14; LeCun et al. 1998).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.imaging.connected_components import Mask
from app.imaging.ink_detection import Grey, ink_and_mask
from app.imaging.picture_reader import plain_errors, with_plain_pixels
from app.ink.rasterize import BOX, CENTRE, PEN, SIDE, Raster

_FINE = 4
"""Outlines are smoothed and thickened on a grid so much finer than the raster."""
_MARGIN = 20.0
"""Paper around the ink on the fine grid: room to thicken."""
_THIN = 0.75
"""Lines thinner than so much of PEN are drawn as thick as that."""
_SMOOTH = 0.6
"""Two-level pictures are blurred by so much of their own pixels (sd): their stairs are no ink."""
_SHARPEN = 1.5
"""The contrast that the blur took, given back around half ink."""


class Box(NamedTuple):
    """A rectangle in pixels: its edges, not its pixels' centres."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def longest(self) -> float:
        """The longest side."""
        return max(self.right - self.left, self.bottom - self.top)

    def moved(self, by: float) -> "Box":
        """Return the box moved to the right and down."""
        return Box(*(value + by for value in self))

    def grown(self, by: float) -> "Box":
        """Return the box with every edge moved outwards."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def picture_raster(image: Image.Image) -> Raster:
    """Return the raster of a picture of one digit: any size, colour, polarity, shading, alpha.

    Raises InkError where nothing stands out from the paper.
    """
    with plain_errors():
        plain = with_plain_pixels(image)
        plain.load()
    return ink_raster(*ink_and_mask(plain))


def ink_raster(ink: Grey, mask: Mask) -> Raster:
    """Return the raster of ink that was found; both are (h, w), the ink 0 to 1."""
    return _normalised(_fine(ink, mask))


def _fine(ink: Grey, mask: Mask) -> Grey:
    """Return the ink in its box, the longest side 20 × _FINE px, in a _MARGIN of paper."""
    box = _box_of(mask)
    scale = BOX * _FINE / box.longest
    around = box.grown(_MARGIN / scale)
    edge = math.ceil(_MARGIN / scale) + 1
    is_coarse = scale > 1 and _is_two_level(ink, mask)
    padded = np.pad(ink, edge)
    picture = Image.fromarray(_as_bytes(padded) if is_coarse else padded)
    # Pillow reads bicubically between pixels, and averages over the area where it scales down.
    resample = Image.Resampling.BICUBIC if scale > 1 and not is_coarse else Image.Resampling.BOX
    fine = picture.resize(
        (
            max(round((around.right - around.left) * scale), 1),
            max(round((around.bottom - around.top) * scale), 1),
        ),
        resample,
        box=around.moved(edge),
    )
    if not is_coarse:
        return _between_0_and_1(np.asarray(fine, np.float32))
    smooth = fine.filter(ImageFilter.GaussianBlur(_SMOOTH * scale))
    values = np.asarray(smooth, np.float32) / np.float32(255)
    return _between_0_and_1((values - 0.5) * _SHARPEN + 0.5)


def _normalised(fine: Grey) -> Raster:
    """Return the raster of ink on the fine grid by MNIST's rule, which moves whole pixels only.

    A picture whose mass lies at one end stops at the edge: none of it is cut off.
    """
    mask = fine >= min(0.5, float(fine.max()))
    box = _box_of(mask)
    grow = _missingthickness(mask, box.longest)
    box = box.grown(grow)
    fine = _thickened(fine, grow)
    pixel = box.longest / BOX
    x, y = _centre_of_mass(fine)
    left = box.left - pixel * _pixels_before(x - box.left, box.right - box.left, pixel)
    top = box.top - pixel * _pixels_before(y - box.top, box.bottom - box.top, pixel)
    edge = math.ceil(SIDE * pixel)
    window = Box(left, top, left + SIDE * pixel, top + SIDE * pixel).moved(edge)
    picture = Image.fromarray(np.pad(fine, edge))
    small = np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BOX, box=window), np.float32)
    return _between_0_and_1(small / max(float(small.max()), 1e-6))


def _pixels_before(centre: float, length: float, pixel: float) -> int:
    """Return how many raster pixels lie before the box that has its centre of mass there."""
    last = SIDE - math.ceil(length / pixel - 1e-6)
    return min(max(round(CENTRE + 0.5 - centre / pixel), 0), last)


def _box_of(mask: Mask) -> Box:
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    return Box(*map(float, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)))


def _is_two_level(ink: Grey, mask: Mask) -> bool:
    """Return whether there is hardly any grey between the ink and the paper."""
    grey = (ink > 0.15) & (ink < 0.85)
    return bool(grey.sum() < 0.1 * mask.sum())


def _missingthickness(mask: Mask, longest: float) -> int:
    """Return by how many pixels a line must grow on each side to be as thick as _THIN says.

    The box grows with it, and with the box the wanted thickness.
    """
    share = _THIN * PEN / BOX
    return max(round((share * longest - thickness(mask)) / (2 - 2 * share)), 0)


def thickness(mask: Mask) -> float:
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


def _centre_of_mass(ink: Grey) -> tuple[float, float]:
    """Return x and y of the centre of mass, in pixels from the left and upper edge."""
    height, width = ink.shape
    total = float(ink.sum())
    x = float(ink.sum(axis=0) @ (np.arange(width) + 0.5)) / total
    y = float(ink.sum(axis=1) @ (np.arange(height) + 0.5)) / total
    return x, y


def _between_0_and_1(ink: Grey) -> Grey:
    clipped: Grey = np.clip(ink, np.float32(0), np.float32(1))
    return clipped


def _as_bytes(ink: Grey) -> NDArray[np.uint8]:
    return np.rint(ink * 255).astype(np.uint8)
