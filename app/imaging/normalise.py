"""From a picture of a digit to the raster.

A picture has no strokes: `ink_detection` finds its ink; here coarse outlines are smoothed, thin
lines are thickened, and MNIST's rule is applied (longest side 20 px, area-averaged, centre of mass
on pixel index 14; LeCun et al. 1998).
"""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.imaging.connected_components import Mask
from app.imaging.ink_detection import Grey, detect_ink
from app.imaging.morphology import dilate, disc
from app.imaging.picture_reader import picture_errors, to_averageable_mode
from app.ink.geometry import Rect
from app.ink.rasterize import CENTRE, INK_SIDE, PEN_WIDTH, RASTER_SIDE, Raster

_FINE = 4
"""Pixels of the fine grid, on which outlines are smoothed and thickened, to a raster pixel."""
_MARGIN = 20.0
"""Paper around the ink, in pixels of the fine grid: room to thicken."""
_MIN_THICKNESS = 0.75
"""Thinner lines are thickened to this, in PEN_WIDTHs."""
_BLUR = 0.6
"""Standard deviation of the blur of two-level pictures, in their own pixels: it smooths stairs."""
_PEAK = 0.98
"""The brightest pixel of a raster is at least this."""
_OFF_CENTRE = 0.51
"""The centre of mass of an MNIST image lies within so many pixels of CENTRE."""
_SHARPEN = 1.5
"""Contrast around half ink, which gives back what the blur took."""

_Value = TypeVar("_Value", bound=np.generic)


def rasterize_picture(image: Image.Image) -> Raster:
    """Return the raster of a picture of one digit: any size, colour, polarity, shading, alpha.

    One that has MNIST's form already is its own raster. Raises InkError where there is no ink.
    """
    finished = _as_raster(image)
    if finished is not None:
        return finished
    with picture_errors():
        averageable = to_averageable_mode(image)
        averageable.load()
    return rasterize_ink(*detect_ink(averageable))


def picture_frame(image: Image.Image) -> Rect:
    """Return which part of a picture its raster shows, in shares of the picture's sides.

    It may reach beyond the picture. Raises InkError where there is no ink.
    """
    if _as_raster(image) is not None:
        return Rect(0, 0, 1, 1)
    with picture_errors():
        averageable = to_averageable_mode(image)
        averageable.load()
    ink, mask = detect_ink(averageable)
    fine = _on_fine_grid(ink, mask)
    (height, width), (rows, columns) = ink.shape, fine.shape
    window, around = _window(fine)[1], _surroundings(mask)[1]
    across, down = around.width / columns, around.height / rows
    return Rect(
        (around.left + window.left * across) / width,
        (around.top + window.top * down) / height,
        (around.left + window.right * across) / width,
        (around.top + window.bottom * down) / height,
    )


def _as_raster(image: Image.Image) -> Raster | None:
    """Return a picture's values if it has the form that MNIST's rule gives; else None.

    It is 28 × 28 and grey, bright ink on 0, the longest side of its ink 20 px, and the centre of
    mass within half a pixel of CENTRE.
    """
    if image.mode != "L" or image.size != (RASTER_SIDE, RASTER_SIDE):
        return None
    values = np.asarray(image, np.float32) / np.float32(255)
    box = image.getbbox()
    if box is None or max(box[2] - box[0], box[3] - box[1]) != INK_SIDE or values.max() < _PEAK:
        return None
    x, y = _centre_of_mass(values)  # counted from the pixels' edges
    is_centred = max(abs(x - 0.5 - CENTRE), abs(y - 0.5 - CENTRE)) <= _OFF_CENTRE
    return values if is_centred else None


def rasterize_ink(ink: Grey, mask: Mask) -> Raster:
    """Return the raster of detected ink; both are (h, w), the ink 0 to 1."""
    return _normalise(_on_fine_grid(ink, mask))


def stroke_thickness(mask: Mask) -> float:
    """Return the mean width of the strokes in pixels: twice the area over the outline's length."""
    padded = _padded(mask, 1).astype(np.int8)
    outline = np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum()
    # Counting pixel edges makes slanting outlines 4/π too long, on average over all directions.
    return float(2.0 * mask.sum() / (outline * np.pi / 4.0))


def mask_box(mask: Mask) -> Rect:
    """Return the box around a mask's True pixels, of which there is at least one."""
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    return Rect(*map(float, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)))


def _on_fine_grid(ink: Grey, mask: Mask) -> Grey:
    """Return the ink's bounding box, its longest side 20 × _FINE px, in a _MARGIN of paper."""
    scale, around = _surroundings(mask)
    edge = math.ceil(_MARGIN / scale) + 1
    is_coarse = scale > 1 and _is_two_level(ink, mask)
    padded = _padded(ink, edge)
    picture = Image.fromarray(np.rint(padded * 255).astype(np.uint8) if is_coarse else padded)
    # Pillow interpolates bicubically where it scales up, and averages areas where it scales down.
    resample = Image.Resampling.BICUBIC if scale > 1 and not is_coarse else Image.Resampling.BOX
    size = max(round(around.width * scale), 1), max(round(around.height * scale), 1)
    place = around.moved(edge, edge).edges
    fine = picture.resize(size, resample, box=place)
    if not fine.getbbox():  # BOX can miss a line that is one pixel wide, between two fine pixels
        fine = picture.resize(size, Image.Resampling.BILINEAR, box=place)
    if not is_coarse:
        return _clip(np.asarray(fine, np.float32))
    smooth = fine.filter(ImageFilter.GaussianBlur(_BLUR * scale))
    values = np.asarray(smooth, np.float32) / np.float32(255)
    return _clip((values - 0.5) * _SHARPEN + 0.5)


def _surroundings(mask: Mask) -> tuple[float, Rect]:
    """Return the fine grid's pixels to a pixel of the ink, and the box of those it shows."""
    box = mask_box(mask)
    scale = INK_SIDE * _FINE / max(box.width, box.height)
    return scale, box.grown(_MARGIN / scale)


def _normalise(fine: Grey) -> Raster:
    """Return the raster of ink on the fine grid by MNIST's rule."""
    fine, window = _window(fine)
    edge = math.ceil(window.width)
    small = Image.fromarray(_padded(fine, edge)).resize(
        (RASTER_SIDE, RASTER_SIDE), Image.Resampling.BOX, box=window.moved(edge, edge).edges
    )
    values = np.asarray(small, np.float32)
    return _clip(values / max(float(values.max()), 1e-6))


def _window(fine: Grey) -> tuple[Grey, Rect]:
    """Return the ink on the fine grid, thickened where needed, and the raster's place on it.

    MNIST's rule moves whole pixels only; ink whose mass lies at one end is moved less, so that none
    of it is cut off.
    """
    mask = fine >= min(0.5, float(fine.max()))
    box = mask_box(mask)
    growth = _missing_thickness(mask, max(box.width, box.height))
    box = box.grown(growth)
    fine = dilate(fine, disc(growth))
    pixel = max(box.width, box.height) / INK_SIDE
    x, y = _centre_of_mass(fine)
    left = box.left - pixel * _pixels_before(x - box.left, box.width, pixel)
    top = box.top - pixel * _pixels_before(y - box.top, box.height, pixel)
    return fine, Rect(left, top, left + RASTER_SIDE * pixel, top + RASTER_SIDE * pixel)


def _pixels_before(centre: float, length: float, pixel: float) -> int:
    """Return the raster pixels before a box of `length` whose centre of mass lies at `centre`."""
    last = RASTER_SIDE - math.ceil(length / pixel - 1e-6)
    return min(max(round(CENTRE + 0.5 - centre / pixel), 0), last)


def _padded(values: NDArray[_Value], edge: int) -> NDArray[_Value]:
    """Return an image with `edge` zeros on every side; numpy's takes ten times as long."""
    height, width = values.shape
    padded = np.zeros((height + 2 * edge, width + 2 * edge), values.dtype)
    padded[edge : edge + height, edge : edge + width] = values
    return padded


def _is_two_level(ink: Grey, mask: Mask) -> bool:
    """Whether there is hardly any grey between the ink and the paper."""
    grey = (ink > 0.15) & (ink < 0.85)
    return bool(grey.sum() < 0.1 * mask.sum())


def _missing_thickness(mask: Mask, longest: float) -> int:
    """Return by how many pixels lines must grow on each side to be _MIN_THICKNESS thick.

    The box grows with them, and with the box the thickness that is wanted.
    """
    share = _MIN_THICKNESS * PEN_WIDTH / INK_SIDE
    return max(round((share * longest - stroke_thickness(mask)) / (2 - 2 * share)), 0)


def _centre_of_mass(ink: Grey) -> tuple[float, float]:
    """Return x and y of the centre of mass, in pixels from the left and upper edge."""
    height, width = ink.shape
    total = float(ink.sum())
    x = float(ink.sum(axis=0) @ (np.arange(width) + 0.5)) / total
    y = float(ink.sum(axis=1) @ (np.arange(height) + 0.5)) / total
    return x, y


def _clip(ink: Grey) -> Grey:
    clipped: Grey = np.clip(ink, np.float32(0), np.float32(1))
    return clipped
