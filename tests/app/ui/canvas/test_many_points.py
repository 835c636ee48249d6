"""A drawing of many points: the window lives while it is inked, and nothing drawn is lost."""

import math
from typing import Any

import numpy as np
import pytest

from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from tests.app.ui.conftest import Driver


@pytest.fixture(autouse=True)
def short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of inking is a slice of its own, however fast this computer is."""
    monkeypatch.setattr("app.ui.canvas.dry_ink._SLICE_S", 0.0)


def scribble(count: int = 6_000) -> Content:
    points = [
        (200 + 180 * math.sin(turn * 0.05), 200 + 180 * math.sin(turn * 0.0631 + 1))
        for turn in range(count)
    ]
    return Content(strokes=(Stroke.of(points, width=2.0),))


def darkest_seen(driver: Driver) -> int:
    """Return the darkest pixel of what lies dry on the canvas."""
    canvas: Any = driver.canvas
    item = next(item for item in canvas.find_all() if canvas.type(item) == "image")
    rows = driver.root.tk.call(canvas.itemcget(item, "image"), "data")
    return min(int(pixel[1:3], 16) for row in rows for pixel in str(row).split())


def is_seen_whole(driver: Driver) -> bool:
    pad = driver.window.sketchpad
    expected = render(driver.window.document.drawing.content, pad.viewport)
    return np.array_equal(np.asarray(pad.picture()), np.asarray(expected))


def test_opening_it_does_not_wait_until_it_is_inked(driver: Driver) -> None:
    driver.window.document.replace(scribble())
    assert darkest_seen(driver) == 255
    driver.until(lambda: darkest_seen(driver) == 0)
    assert is_seen_whole(driver)


def test_ink_drawn_meanwhile_stays_and_becomes_dry(driver: Driver) -> None:
    driver.window.document.replace(scribble())
    driver.stroke([(30, 30), (30, 90), (90, 90)])
    assert darkest_seen(driver) == 255 and driver.canvas.find_withtag("wet")
    driver.until(lambda: not driver.canvas.find_withtag("wet"))
    assert len(driver.window.document.drawing.content.strokes) == 2
    assert darkest_seen(driver) == 0 and is_seen_whole(driver)


def test_another_drawing_takes_its_place_at_once(driver: Driver) -> None:
    driver.window.document.replace(scribble())
    driver.window.document.clear()
    driver.seven()
    driver.until(lambda: not driver.canvas.find_withtag("wet"))
    assert len(driver.window.document.drawing.content.strokes) == 1
    assert is_seen_whole(driver)


def test_what_is_saved_meanwhile_is_the_whole(driver: Driver) -> None:
    driver.window.document.replace(scribble())
    assert is_seen_whole(driver) and darkest_seen(driver) == 255


def test_closing_meanwhile_leaves_nothing_to_be_done(driver: Driver) -> None:
    driver.window.document.replace(scribble())
    driver.window.close(remember=False)
