"""Picture trials: real digits, drawn with a pen, then degraded as by paper, light and devices."""

from collections.abc import Callable, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from app.errors import InkError
from app.imaging.normalise import rasterize_picture
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.ink.viewport import fit_viewport
from training.data.corpus import LabelledRasters
from training.data.pendigits import PenDigit
from training.robustness.strokes import trial_strokes

_SIDE = 240
"""Width and height of a picture in pixels; the page of 400 drawing units fills it."""

Degrade = Callable[[Image.Image, np.random.Generator], Image.Image]
Floats = NDArray[np.float64]


def _unchanged(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    return picture


def _low_contrast(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    """Return grey ink (125 of 255) on grey paper (150)."""
    return _image(125 + 25 * _brightness(picture))


def _pencil(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return grey pencil on grainy paper."""
    paper = 150 + 85 * _brightness(picture)
    return _image(paper + rng.normal(0, 6, paper.shape))


def _photographed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return a photograph: lit from one side, rotated a little, out of focus, with noise."""
    turned = picture.rotate(rng.uniform(-8, 8), Image.Resampling.BICUBIC, fillcolor=255)
    brightness = _brightness(turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.6))))
    ink = rng.uniform(0.1, 0.45)
    photo = 235 * (ink + (1 - ink) * brightness) * _light(brightness.shape, rng)
    return _image(photo + rng.normal(0, 5, photo.shape))


def _squared_paper(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the picture on squared paper."""
    brightness = _brightness(picture)
    page = np.full(brightness.shape, 250.0)
    for axis in (0, 1):
        lines = np.arange(int(rng.integers(0, 24)), _SIDE, 24)
        np.moveaxis(page, axis, 0)[lines] = 205.0
    return _image(np.minimum(page, 255 * brightness) + rng.normal(0, 3, brightness.shape))


def _black_and_white_scan(side: int) -> Degrade:
    """Return how to make a black-and-white scan in which the digit is `side` pixels high."""

    def scan(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
        box = ImageOps.invert(picture).getbbox()
        digit = picture.crop(box)
        width = max(round(side * digit.width / digit.height), 1)
        small = digit.resize((width, side), Image.Resampling.BOX)
        return ImageOps.expand(small.point(lambda grey: 255 * (grey > 140)), 8, 255)

    return scan


def _small_jpeg(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    stream = BytesIO()
    picture.resize((56, 56), Image.Resampling.BOX).save(stream, "JPEG", quality=35)
    stream.seek(0)
    return Image.open(stream)


PICTURE_TRIALS: dict[str, tuple[float, Degrade]] = {
    "pen": (16.0, _unchanged),
    "thin pen": (5.0, _unchanged),
    "thick marker": (50.0, _unchanged),
    "white on black": (16.0, lambda picture, _rng: ImageOps.invert(picture)),
    "low contrast": (16.0, _low_contrast),
    "pencil on grainy paper": (6.0, _pencil),
    "photograph, shaded": (14.0, _photographed),
    "photograph of thin pencil": (7.0, _photographed),
    "photograph of a marker": (40.0, _photographed),
    "squared paper": (12.0, _squared_paper),
    "scan, two levels, 32 px high": (24.0, _black_and_white_scan(32)),
    "scan, two levels, 18 px high": (32.0, _black_and_white_scan(18)),
    "small JPEG": (20.0, _small_jpeg),
}
"""By name: the pen's width in drawing units and what is done to the picture."""


def trial_pictures(name: str, digits: Sequence[PenDigit]) -> list[Image.Image]:
    """Return a picture of every digit in the trial `name`."""
    width, degrade = PICTURE_TRIALS[name]
    rng = np.random.default_rng(0)
    written = trial_strokes("as written", digits, width)
    return [degrade(_picture(strokes), rng) for strokes in written]


def picture_trial_rasters(name: str, digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the digits' rasters in the trial `name`; an empty one where no ink is found."""
    rasters = []
    for picture in trial_pictures(name, digits):
        try:
            rasters.append(rasterize_picture(picture))
        except InkError:
            rasters.append(np.zeros((28, 28), np.float32))
    return LabelledRasters.of(rasters, (digit.label for digit in digits))


def _picture(strokes: tuple[Stroke, ...]) -> Image.Image:
    content = Content(strokes=strokes)
    return render(content, fit_viewport(content.page, _SIDE, _SIDE))


def _light(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Return the factor of light on every pixel: from one side, less towards the corners."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]] / shape[0] - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    across = np.cos(angle) * xs + np.sin(angle) * ys
    light: Floats = 0.75 + rng.uniform(0.2, 0.5) * across - rng.uniform(0, 0.6) * (xs**2 + ys**2)
    return light


def _brightness(picture: Image.Image) -> Floats:
    """Return the pixels as floats, 0 black to 1 white."""
    return np.asarray(picture, np.float64) / 255.0


def _image(values: Floats) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
