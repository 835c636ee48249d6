"""Placing the picture on its page; only what lies on the page is recognised."""

from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from app.ink.drawing import Content, Drawing
from app.ink.geometry import Rect
from app.ink.picture_placement import (
    crop_to_page,
    fit_picture,
    is_cropped,
    move_picture,
    scale_picture,
    visible_rect,
)
from app.ink.renderer import render
from app.ink.stroke import Stroke


def seven(size: tuple[int, int] = (300, 150)) -> Content:
    """A wide picture with a seven in its left half."""
    picture = Image.new("L", size, 235)
    ImageDraw.Draw(picture).line([(40, 30), (110, 30), (70, 120)], fill=20, width=12)
    return Content(Rect(0.0, 0.0, 400.0, 400.0 * size[1] / size[0]), background=picture)


def test_a_wide_picture_has_room_to_be_moved() -> None:
    content = move_picture(seven(), 10.0, 20.0)
    assert content.page == Rect(0.0, -100.0, 400.0, 300.0)
    assert content.background_rect == Rect(10.0, 20.0, 410.0, 220.0)
    assert is_cropped(content) and visible_rect(content) == Rect(10.0, 20.0, 400.0, 220.0)


def test_scaling_keeps_the_point_under_the_pointer() -> None:
    content = scale_picture(seven(), 2.0, 100.0, 50.0)
    assert content.background_rect == Rect(-100.0, -50.0, 700.0, 350.0)
    back = scale_picture(content, 0.5, 100.0, 50.0)
    assert back.background_rect == Rect(0.0, 0.0, 400.0, 200.0) and not is_cropped(back)


def test_size_and_position_are_bounded() -> None:
    content = seven()
    for factor in (1e9, 1e-9):
        rect = scale_picture(content, factor, 5.0, 5.0).background_rect
        assert rect is not None
        assert 400 / 20 - 1e-6 <= rect.width <= 400 * 20 + 1e-6
    off = move_picture(content, 1e9, -1e9)
    assert visible_rect(off) is None and is_cropped(off)
    assert visible_rect(move_picture(off, -60.0, 0.0)) is None  # it is above the page still
    assert visible_rect(move_picture(off, -60.0, 60.0)) is not None
    assert fit_picture(off).background_rect == Rect(0.0, 0.0, 400.0, 200.0)


def test_a_picture_never_moved_fits_already() -> None:
    assert fit_picture(seven()).background_rect is None
    assert crop_to_page(seven()).background_rect is None


def test_strokes_stay_where_they_are() -> None:
    stroke = Stroke.of([(1.0, 2.0), (30.0, 40.0)])
    content = replace(seven(), strokes=(stroke,))
    changed = fit_picture(scale_picture(move_picture(content, 9.0, 9.0), 1.5, 0.0, 0.0))
    assert changed.strokes == (stroke,)


def test_only_what_is_on_the_page_is_rendered() -> None:
    black = Content(background=Image.new("L", (50, 50), 0))
    seen = np.asarray(render(move_picture(black, 100.0, 0.0)))
    assert seen[:, :199].min() == 255 and seen[:, 201:].max() == 0
    assert np.asarray(render(move_picture(black, 1e6, 0.0))).min() == 255
    assert np.asarray(render(scale_picture(black, 20.0, 200.0, 200.0))).max() == 0


def test_a_gesture_is_one_step() -> None:
    drawing = Drawing(seven())
    before = drawing.content
    assert not drawing.place_picture(before)
    for step in range(5):
        assert drawing.place_picture(move_picture(drawing.content, 3.0, 1.0), same_gesture=step > 0)
    assert drawing.undo() and drawing.content is before and not drawing.can_undo
    assert drawing.redo() and visible_rect(drawing.content) is not None
