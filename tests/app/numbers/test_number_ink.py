"""The ink of a drawing that may be a number."""

import pytest
from PIL import Image

from app.errors import InkError
from app.ink.drawing import Content
from app.ink.picture_placement import move_picture
from app.ink.stroke import Stroke
from app.numbers.number_ink import MAX_STROKES, number_ink


def test_an_empty_drawing_has_no_ink() -> None:
    assert number_ink(Content()) is None


def test_too_many_strokes_for_a_number_are_an_error() -> None:
    dots = [Stroke.of([(x, x % 7)]) for x in range(MAX_STROKES + 1)]
    assert number_ink(Content(strokes=tuple(dots[1:]))) is not None
    with pytest.raises(InkError, match="2000 strokes"):
        number_ink(Content(strokes=tuple(dots)))


def test_a_picture_off_the_page_is_an_error() -> None:
    off = move_picture(Content(background=Image.new("L", (50, 50), 0)), 1e6, 0.0)
    with pytest.raises(InkError, match="off the page"):
        number_ink(off)
