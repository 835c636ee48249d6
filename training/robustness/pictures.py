"""Owns the trials of pictures: digits of writers never seen, photographed, scanned, degraded.

Each draws real strokes with a pen and then does to the picture what paper, pens, light and devices
do. No recipe learns from a trial.
"""

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
from training.data.corpus import LabelledRasters, to_uint8
from training.data.pendigits import PenDigit
from training.robustness.strokes import drawn

_SIDE = 240
"""Pixels of a picture's side; the page of 400 drawing units fills it."""

Degrade = Callable[[Image.Image, np.random.Generator], Image.Image]
Values = NDArray[np.float64]


def _plain(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    return picture


def _inverted(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    return ImageOps.invert(picture)


def _faint(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    """Return grey ink on grey paper: a tenth of the range apart."""
    return _image(125 + 25 * _share(picture))


def _pencilled(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return grey pencil on paper with a grain."""
    paper = 150 + 85 * _share(picture)
    return _image(paper + rng.normal(0, 6, paper.shape))


def _photographed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the picture under a lamp at one side, turned a little, out of focus, with noise."""
    turned = picture.rotate(rng.uniform(-8, 8), Image.Resampling.BICUBIC, fillcolor=255)
    share = _share(turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.6))))
    ink = rng.uniform(0.1, 0.45)
    photo = 235 * (ink + (1 - ink) * share) * _light(share.shape, rng)
    return _image(photo + rng.normal(0, 5, photo.shape))


def _squared_paper(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the picture on an exercise book's squares."""
    share = _share(picture)
    page = np.full(share.shape, 250.0)
    for axis in (0, 1):
        lines = np.arange(int(rng.integers(0, 24)), _SIDE, 24)
        np.moveaxis(page, axis, 0)[lines] = 205.0
    return _image(np.minimum(page, 255 * share) + rng.normal(0, 3, share.shape))


def _two_level(side: int) -> Degrade:
    """Return a scan: the digit `side` pixels high, black or white."""

    def scanned(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
        box = ImageOps.invert(picture).getbbox()
        digit = picture.crop(box)
        width = max(round(side * digit.width / digit.height), 1)
        small = digit.resize((width, side), Image.Resampling.BOX)
        return ImageOps.expand(small.point(lambda grey: 255 * (grey > 140)), 8, 255)

    return scanned


def _small_jpeg(picture: Image.Image, _rng: np.random.Generator) -> Image.Image:
    stream = BytesIO()
    picture.resize((56, 56), Image.Resampling.BOX).save(stream, "JPEG", quality=35)
    stream.seek(0)
    return Image.open(stream)


PICTURE_TRIALS: dict[str, tuple[float, Degrade]] = {
    "pen": (16.0, _plain),
    "thin pen": (5.0, _plain),
    "thick marker": (50.0, _plain),
    "white on black": (16.0, _inverted),
    "low contrast": (16.0, _faint),
    "pencil on grainy paper": (6.0, _pencilled),
    "photograph, shaded": (14.0, _photographed),
    "photograph of thin pencil": (7.0, _photographed),
    "photograph of a marker": (40.0, _photographed),
    "squared paper": (12.0, _squared_paper),
    "scan, two levels, 32 px high": (24.0, _two_level(32)),
    "scan, two levels, 18 px high": (32.0, _two_level(18)),
    "small JPEG": (20.0, _small_jpeg),
}
"""The pen's width in drawing units, and what is done to the picture."""


def pictures(name: str, digits: Sequence[PenDigit]) -> list[Image.Image]:
    """Return the pictures of one trial of PICTURED, one for each digit."""
    width, degrade = PICTURE_TRIALS[name]
    rng = np.random.default_rng(0)
    return [degrade(_picture(strokes), rng) for strokes in drawn("as written", digits, width)]


def picture_trial_rasters(name: str, digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the rasters of one trial of PICTURED and their labels; where no ink is found, none."""
    images = []
    for picture in pictures(name, digits):
        try:
            images.append(to_uint8(rasterize_picture(picture)))
        except InkError:
            images.append(np.zeros((28, 28), np.uint8))
    return LabelledRasters(np.stack(images), np.array([digit.label for digit in digits], np.int8))


def _picture(strokes: tuple[Stroke, ...]) -> Image.Image:
    content = Content(strokes=strokes)
    return render(content, fit_viewport(content.page, _SIDE, _SIDE))


def _light(shape: tuple[int, ...], rng: np.random.Generator) -> Values:
    """Return how much light falls on every pixel: from one side, less towards the corners."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]] / shape[0] - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    across = np.cos(angle) * xs + np.sin(angle) * ys
    light: Values = 0.75 + rng.uniform(0.2, 0.5) * across - rng.uniform(0, 0.6) * (xs**2 + ys**2)
    return light


def _share(picture: Image.Image) -> Values:
    """Return brightness, 0 to 1."""
    return np.asarray(picture, np.float64) / 255.0


def _image(values: Values) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
