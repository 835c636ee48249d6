"""Owns the data sets that a model can be measured on, by name; none was trained on."""

from collections.abc import Callable
from difflib import get_close_matches

import numpy as np
from PIL import Image

from app.ink.picture import picture_raster
from app.translation import _
from training.corpus import Labelled, as_written
from training.data.folder import DataError
from training.data.mnist import load_mnist
from training.data.pendigits import load_pendigits
from training.data.scanned import Scans, load_optdigits, load_semeion
from training.data.skahl import load_skahl
from training.recipes import INKLING

_MARGIN = 8


def data_named(name: str) -> Labelled:
    """Return a data set by its name; raises DataError, with the nearest name, if there is none."""
    if name in DATA:
        return DATA[name]()
    near = get_close_matches(name, DATA, n=1)
    hint = _(" Did you mean {name}?").format(name=near[0]) if near else ""
    raise DataError(
        _("There is no data set {name}; there are: {names}.").format(
            name=name, names=", ".join(DATA)
        )
        + hint
    )


def _mnist_test() -> Labelled:
    mnist = load_mnist()
    return Labelled(mnist.x_test, mnist.y_test.astype(np.int8))


def _pen_validation() -> Labelled:
    writers = set(INKLING.validation_writers)
    return as_written([digit for digit in load_pendigits() if digit.writer in writers])


def _rastered(scans: Scans) -> Labelled:
    """Return scans as a network sees them: pictures with paper around them, through the raster."""
    images = []
    for picture in scans.pictures:
        paper = Image.fromarray(np.pad(picture, _MARGIN))
        images.append(np.rint(picture_raster(paper) * 255).astype(np.uint8))
    return Labelled(np.stack(images), scans.labels.astype(np.int8))


DATA: dict[str, Callable[[], Labelled]] = {
    "mnist": _mnist_test,
    "pendigits": _pen_validation,
    "skahl": lambda: as_written(load_skahl()),
    "optdigits": lambda: _rastered(load_optdigits()),
    "semeion": lambda: _rastered(load_semeion()),
}
