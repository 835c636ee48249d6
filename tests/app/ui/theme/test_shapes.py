"""Shapes with smooth edges, decoded again by Pillow."""

import io
import math

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from app.ui.theme.shapes import line, mix, picture, rounded


def pixels(data: bytes) -> NDArray[np.int64]:
    """Return the RGBA values of a PNG, shape (height, width, 4)."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return np.asarray(image.convert("RGBA")).astype(int)


def test_a_disc_covers_its_area() -> None:
    drawn = pixels(picture(40, 40, [(rounded(2, 2, 38, 38, 18), "#0069a8")]))
    assert (drawn[..., 3] / 255).sum() == pytest.approx(math.pi * 18**2, rel=0.002)
    assert tuple(drawn[20, 20]) == (0, 0x69, 0xA8, 255)
    assert drawn[0, 0, 3] == 0


def test_a_line_covers_its_length_and_its_round_ends() -> None:
    drawn = pixels(picture(60, 20, [(line([(10, 10), (50, 10)], 6), "#000000")]))
    assert (drawn[..., 3] / 255).sum() == pytest.approx(40 * 6 + math.pi * 9, rel=0.01)


@pytest.mark.parametrize("size", [(30, 30), (71, 24), (15, 90)])
def test_a_mirrored_corner_is_the_whole_shape(size: tuple[int, int]) -> None:
    width, height = size
    layers = [
        (rounded(0, 0, width, height, 6), "#c3c9d1"),
        (rounded(2, 2, width - 2, height - 2, 4), "#ffffff"),
    ]
    whole = pixels(picture(width, height, layers, "#f3f4f6"))
    assert (whole[..., 3] == 255).all()
    assert (pixels(picture(width, height, layers, "#f3f4f6", corner=7)) == whole).all()


def test_colours_are_mixed() -> None:
    assert mix("#000000", "#ffffff", 0.0) == "#000000"
    assert mix("#000000", "#ff8000", 0.5) == "#804000"
    assert mix("#102030", "#ffffff", 1.0) == "#ffffff"
