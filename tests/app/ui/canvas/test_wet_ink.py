"""The stroke that is being drawn: the same curve as when it is finished."""

import math
import tkinter as tk
from itertools import chain, groupby, pairwise

import pytest

from app.ink.curve import PIXEL_TOLERANCE, flattened
from app.ui.canvas.wet_ink import WetInk
from app.ui.theme.theme import Theme
from tests.app.ui.conftest import Driver

Places = list[tuple[float, float]]
CIRCLE = [
    (200 + 100 * math.cos(turn * math.pi / 4), 200 + 100 * math.sin(turn * math.pi / 4))
    for turn in range(9)
]


def wet(canvas: tk.Canvas) -> list[float]:
    """Return what is drawn wet as one polyline, flat."""
    lines: list[list[float]] = [canvas.coords(item) for item in canvas.find_withtag("wet")]
    assert all(before[-2:] == after[:2] for before, after in pairwise(lines))
    places = chain.from_iterable(zip(line[::2], line[1::2], strict=True) for line in lines)
    return list(chain.from_iterable(place for place, _same in groupby(places)))


def curve(places: Places) -> list[float]:
    return list(chain.from_iterable(flattened(places, PIXEL_TOLERANCE)))


@pytest.mark.parametrize("begun", [1, 2, 3, 9])
def test_it_is_the_curve_through_the_points_after_every_motion(root: tk.Tk, begun: int) -> None:
    canvas = tk.Canvas(root)
    ink = WetInk(canvas, Theme(root))
    ink.begin(CIRCLE[:begun], 10.0)
    for count in range(begun, len(CIRCLE)):
        ink.extend(*CIRCLE[count])
        ink.extend(*CIRCLE[count])
        assert wet(canvas) == pytest.approx(curve(CIRCLE[: count + 1]))
    assert wet(canvas) == pytest.approx(curve(CIRCLE))
    ink.remove()
    assert not canvas.find_withtag("wet")


def test_a_dot_is_a_dot(root: tk.Tk) -> None:
    canvas = tk.Canvas(root)
    WetInk(canvas, Theme(root)).begin([(5.0, 6.0), (5.0, 6.0)], 10.0)
    assert wet(canvas) == [5.0, 6.0]


def test_at_pen_up_it_is_the_curve_of_the_finished_stroke(driver: Driver) -> None:
    driver.stroke(CIRCLE)
    view = driver.window.sketchpad.viewport
    (stroke,) = driver.window.document.drawing.content.strokes
    assert len(stroke.points) == len(CIRCLE)
    places = [view.to_pixels(point.x, point.y) for point in stroke.points]
    assert wet(driver.canvas) == pytest.approx(curve(places))
