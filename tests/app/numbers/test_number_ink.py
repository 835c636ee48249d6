"""The ink of a drawing that may be a number."""

import pytest
from PIL import Image

from app.errors import InkError
from app.ink.drawing import Content
from app.ink.picture_placement import move_picture
from app.numbers.number_ink import number_ink


def test_an_empty_drawing_has_no_ink() -> None:
    assert number_ink(Content()) is None


def test_a_picture_off_the_page_is_an_error() -> None:
    off = move_picture(Content(background=Image.new("L", (50, 50), 0)), 1e6, 0.0)
    with pytest.raises(InkError, match="off the page"):
        number_ink(off)
