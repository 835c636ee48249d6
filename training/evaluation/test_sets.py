"""The data sets that a model can be measured on, by name; no shipped model was trained on them."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from app.i18n import _
from app.imaging.normalise import rasterize_picture
from training.data.corpus import LabelledRasters, rasters_of
from training.data.dataset import DataError
from training.data.library import Library
from training.data.mnist import MNIST
from training.data.pendigits import PENDIGITS, PenDigit
from training.data.report_only import OPTDIGITS, SEMEION, SKAHL, Scans
from training.data.samples import load_samples
from training.recipes.catalogue import VALIDATION_WRITERS
from training.recipes.recipe import nearest

_MARGIN = 8
"""Pixels of blank paper around a scan."""


def data_named(name: str, library: Library) -> LabelledRasters:
    """Return a data set by its name; raises DataError that suggests the nearest name."""
    return DATA[nearest(name, tuple(DATA), _("data set"), DataError)](library)


def _mnist_test(library: Library) -> LabelledRasters:
    mnist = library.load(MNIST)
    return LabelledRasters(mnist.x_test, mnist.y_test.astype(np.int16))


def unseen_pen_digits(library: Library) -> list[PenDigit]:
    """Return the pen digits of the validation writers, on whom no shipped model was trained."""
    return [d for d in library.load(PENDIGITS) if d.writer in VALIDATION_WRITERS]


def _scan_rasters(scans: Scans) -> LabelledRasters:
    """Return the rasters of scans, each read as a picture with blank paper around it."""
    papers = (Image.fromarray(np.pad(picture, _MARGIN)) for picture in scans.pictures)
    return LabelledRasters.of(map(rasterize_picture, papers), scans.labels)


DATA: dict[str, Callable[[Library], LabelledRasters]] = {
    "mnist": _mnist_test,
    "pendigits": lambda library: rasters_of(unseen_pen_digits(library)),
    "skahl": lambda library: rasters_of(library.load(SKAHL)),
    "optdigits": lambda library: _scan_rasters(library.load(OPTDIGITS)),
    "semeion": lambda library: _scan_rasters(library.load(SEMEION)),
    "samples": lambda library: rasters_of([d for _name, d in load_samples(library.samples)]),
}
