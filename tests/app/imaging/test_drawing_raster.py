"""Drawings with a picture: what lies on the page is rasterized, strokes and picture together."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.errors import InkError
from app.imaging.drawing_raster import drawing_frame, drawing_raster
from app.imaging.normalise import rasterize_picture
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.picture_placement import crop_to_page, move_picture, scale_picture
from app.ink.rasterize import Raster
from app.ink.stroke import Stroke
from tests.app.imaging.pictures import PICTURE, similarity


def seven(size: tuple[int, int] = (300, 150)) -> Content:
    """A wide picture with a seven in its left half."""
    picture = Image.new("L", size, 235)
    ImageDraw.Draw(picture).line([(40, 30), (110, 30), (70, 120)], fill=20, width=12)
    return Content(Rect(0.0, 0.0, 400.0, 400.0 * size[1] / size[0]), background=picture)


def raster(content: Content) -> Raster:
    found = drawing_raster(content)
    assert found is not None
    return found


def test_a_picture_under_strokes_is_rasterized_with_them() -> None:
    both = Content(background=PICTURE, strokes=(Stroke.of([(100, 350), (300, 350)]),))
    result = drawing_raster(both)
    assert result is not None
    assert similarity(result, rasterize_picture(PICTURE)) < 0.9


def test_only_what_is_on_the_page_is_rasterized() -> None:
    content = scale_picture(seven(), 1.7, 90.0, 90.0)
    part = crop_to_page(content)
    assert part.background is not None and part.background_rect is None
    assert np.array_equal(raster(content), raster(part))
    whole = crop_to_page(move_picture(seven(), 0.0, 30.0))
    assert whole.background is not None and whole.background.size == (300, 150)
    assert np.array_equal(raster(seven()), raster(whole))


def test_off_the_page_is_an_error_or_leaves_the_strokes_alone() -> None:
    off = move_picture(seven(), 1e6, 0.0)
    with pytest.raises(InkError, match="off the page"):
        drawing_raster(off)
    strokes = (Stroke.of([(100.0, 100.0), (120.0, 300.0)]),)
    alone = drawing_raster(Content(strokes=strokes))
    assert alone is not None
    assert np.array_equal(raster(replace(off, strokes=strokes)), alone)


@pytest.mark.parametrize(
    "content",
    [
        seven(),
        move_picture(seven(), 40, 30),
        replace(seven(), strokes=(Stroke.of([(53, 40), (147, 40), (93, 160)]),)),
    ],
)
def test_the_frame_tells_where_the_raster_lies_in_the_drawing(content: Content) -> None:
    frame, image = drawing_frame(content), raster(content)
    assert frame is not None
    rect = content.background_rect or content.page
    for x, y in ((60, 30), (90, 30), (90, 75)):  # of the picture, on the seven
        place = rect.left + x * rect.width / 300, rect.top + y * rect.height / 150
        column = int((place[0] - frame.left) / frame.width * 28)
        row = int((place[1] - frame.top) / frame.height * 28)
        assert image[row, column] > 0.4


def test_an_empty_drawing_has_no_frame() -> None:
    assert drawing_frame(Content()) is None
