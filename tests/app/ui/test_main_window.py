"""The real window: what a person does to it, and what it shows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.errors import ModelError
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.ui.main_window import NAME
from app.ui.theme.palette import DARK
from tests.app.ui.conftest import Driver


def strokes(driver: Driver) -> int:
    return len(driver.window.document.drawing.content.strokes)


def shown_image(driver: Driver) -> "np.typing.NDArray[np.uint8]":
    return np.asarray(driver.window.sketchpad.picture())


def test_an_empty_canvas_has_no_answer(driver: Driver) -> None:
    assert driver.root.title() == NAME
    assert driver.window.selection.prediction is None


def test_a_drawn_seven_is_seen(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    assert driver.root.title() == f"*Untitled – 7 – {NAME}"
    assert driver.window.selection.prediction is not None
    assert driver.window.selection.prediction.label == "7"


def test_it_answers_while_the_pen_is_down(driver: Driver) -> None:
    driver.canvas.event_generate("<ButtonPress-1>", x=100, y=100)
    driver.canvas.event_generate("<B1-Motion>", x=110, y=300)
    driver.until(lambda: driver.window.selection.prediction is not None)
    assert driver.window.document.in_gesture
    assert strokes(driver) == 0
    driver.canvas.event_generate("<ButtonRelease-1>", x=110, y=300)
    driver.settle()
    assert strokes(driver) == 1


def test_every_motion_becomes_a_point_with_its_time(driver: Driver) -> None:
    driver.stroke([(100 + i, 200 + (i % 7)) for i in range(150)], start_ms=5_000, step_ms=4)
    driver.stroke([(100, 100), (120, 140)], start_ms=9_000)
    first, second = driver.window.document.drawing.content.strokes
    assert len(first.points) == 150
    assert [point.t for point in first.points[:3]] == [0, 4, 8]
    assert second.points[0].t == 4_000


def test_undo_redo_and_clear_by_keys(driver: Driver) -> None:
    driver.seven()
    driver.stroke([(300, 100), (300, 300)])
    driver.settle()
    two = shown_image(driver)
    driver.key("<Control-z>")
    assert strokes(driver) == 1
    driver.key("<Control-y>")
    assert strokes(driver) == 2
    driver.key("<Control-z>")
    driver.key("<Control-Shift-Z>")
    assert strokes(driver) == 2
    driver.key("<Escape>")
    assert strokes(driver) == 0
    driver.settle()
    assert driver.root.title() == NAME
    assert shown_image(driver).min() == 255
    driver.key("<Control-z>")
    driver.key("<Delete>")
    assert strokes(driver) == 0
    driver.key("<Control-z>")
    driver.settle()
    assert np.array_equal(shown_image(driver), two)


def test_the_buttons_do_the_same(driver: Driver) -> None:
    bar = driver.window.toolbar
    assert bar.clear_button.instate(["disabled"])
    driver.seven()
    assert bar.clear_button.instate(["!disabled"])
    bar.undo_button.invoke()
    assert strokes(driver) == 0
    assert bar.undo_button.instate(["disabled"])
    bar.redo_button.invoke()
    assert strokes(driver) == 1
    bar.clear_button.invoke()
    assert strokes(driver) == 0


def test_control_c_copies_the_answer(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.key("<Control-c>")
    assert driver.root.clipboard_get() == "7"


def test_the_eraser_takes_ink_away_in_one_step(driver: Driver) -> None:
    driver.stroke([(100, 200), (400, 200)])
    driver.window.toolbar.tool.set("eraser")
    driver.window.tools.use("eraser")
    driver.stroke([(200, 150), (200, 200), (200, 250)])
    assert strokes(driver) == 2
    driver.stroke([(300, 150), (300, 250)])
    assert strokes(driver) == 3
    driver.key("<Control-z>")
    assert strokes(driver) == 2
    driver.settle()


def test_the_pens_width_is_the_strokes_width(driver: Driver) -> None:
    driver.window.tools.set_pen_width(40.0)
    driver.seven()
    driver.window.tools.set_pen_width(4.0)
    driver.seven()
    thick, thin = driver.window.document.drawing.content.strokes
    assert thick.width == pytest.approx(10 * thin.width)


def test_resizing_keeps_the_ink_and_the_answer(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    before, zoom = driver.window.selection.prediction, driver.window.sketchpad.viewport.zoom
    driver.root.geometry("1100x900")
    driver.until(lambda: driver.window.sketchpad.viewport.zoom != zoom)
    driver.settle()
    assert shown_image(driver).shape == (driver.canvas.winfo_height(), driver.canvas.winfo_width())
    assert shown_image(driver).min() == 0
    assert driver.window.selection.prediction == before


def test_a_broken_model_leaves_a_working_canvas(open_window: Callable[..., Driver]) -> None:
    def fail() -> Any:
        raise ModelError("The model digits.tflite is missing; install the program again.")

    driver = open_window(fail)
    driver.settle()
    assert "missing" in driver.window.status.text
    driver.seven()
    driver.settle()
    assert strokes(driver) == 1
    assert shown_image(driver).min() == 0
    assert driver.window.selection.prediction is None
    assert "missing" in driver.window.status.text


def test_ink_drawn_before_the_model_is_ready_is_answered(
    open_window: Callable[..., Driver],
) -> None:
    driver = open_window()
    driver.seven()
    driver.until(lambda: driver.root.title() == f"*Untitled – 7 – {NAME}")


def test_a_scribble_is_called_no_digit(driver: Driver) -> None:
    rng = np.random.default_rng(4)
    driver.stroke([(float(x), float(y)) for x, y in rng.uniform(60, 420, (60, 2))])
    driver.settle()
    assert driver.root.title() == f"*Untitled – Not a digit – {NAME}"
    driver.key("<Control-c>")
    assert "no answer" in driver.window.status.text


def test_the_dark_theme_dresses_every_part(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.features.appearance.set_theme("dark")
    driver.settle()
    assert driver.window.panel.bars.cget("background") == DARK.ground
    assert driver.window.selection.prediction is not None


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    monkeypatch.setenv("INKLING_SCALE", str(scale))
    driver = open_window()
    driver.seven()
    driver.settle()
    waiting = list(driver.root.winfo_children())
    while waiting:
        widget = waiting.pop()
        waiting += widget.winfo_children()
        if widget.winfo_ismapped() and widget.winfo_class() != "Canvas":
            assert widget.winfo_width() >= widget.winfo_reqwidth(), str(widget)
            assert widget.winfo_height() >= widget.winfo_reqheight(), str(widget)


def test_clearing_while_the_pen_is_down_can_be_undone(driver: Driver) -> None:
    driver.canvas.event_generate("<ButtonPress-1>", x=100, y=100)
    driver.canvas.event_generate("<B1-Motion>", x=110, y=300)
    driver.until(lambda: driver.window.selection.prediction is not None)
    driver.key("<Escape>")
    driver.canvas.event_generate("<ButtonRelease-1>", x=110, y=300)
    driver.settle()
    assert driver.root.title() == NAME
    assert driver.window.selection.prediction is None
    driver.key("<Control-z>")
    assert strokes(driver) == 1


def test_resizing_keeps_wet_ink_under_the_pen(driver: Driver) -> None:
    driver.canvas.event_generate("<ButtonPress-1>", x=100, y=100)
    driver.canvas.event_generate("<B1-Motion>", x=110, y=300)
    zoom = driver.window.sketchpad.viewport.zoom
    driver.root.geometry("1100x900")
    driver.until(lambda: driver.window.sketchpad.viewport.zoom != zoom)
    view, first = (
        driver.window.sketchpad.viewport,
        driver.window.document.content.strokes[0].points[0],
    )
    seen = [driver.canvas.coords(item)[:2] for item in driver.canvas.find_withtag("wet")]
    assert seen[0] == pytest.approx(view.to_pixels(first.x, first.y))
    driver.canvas.event_generate("<ButtonRelease-1>", x=110, y=300)
    driver.settle()


def test_redo_shows_ink_beyond_the_page(driver: Driver) -> None:
    far = Content(strokes=(Stroke.of([(-300.0, -300.0), (900.0, 900.0)]),))
    driver.window.document.drawing.replace(far)
    driver.key("<Control-z>")
    driver.settle()
    driver.key("<Control-y>")
    driver.settle()
    left, top = driver.window.sketchpad.viewport.to_drawing(0, 0)
    assert left <= -308 and top <= -308
