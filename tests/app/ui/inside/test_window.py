"""The window "See inside": it follows the pen, and its view shows what was computed of it."""

import tkinter as tk
from typing import TypeVar

from PIL import Image, ImageDraw

from app.file_reader import picture_content
from app.ui.inside.view import InsideView
from app.ui.inside.weights_view import WeightsView
from app.ui.inside.window import WEIGHTS, InsideWindow
from tests.app.ui.conftest import Driver

View = TypeVar("View", bound=InsideView)


def opened(driver: Driver, name: str, kind: type[View]) -> tuple[InsideWindow, View]:
    """Open the window with one of its views."""
    window = driver.window.features.show("inside")
    assert isinstance(window, InsideWindow)
    window.chosen.set(name)
    window.show_view()
    settle(driver, window)
    assert isinstance(window.view, kind)
    return window, window.view


def settle(driver: Driver, window: InsideWindow) -> None:
    driver.settle()
    driver.until(lambda: window.is_ready)
    driver.root.update()


def drawn(canvas: tk.Canvas, kind: str, option: str) -> list[str]:
    """Return an option of all items of a kind."""
    call = canvas.tk.call
    items = [item for item in canvas.find_all() if str(call(canvas, "type", item)) == kind]
    return [str(call(canvas, "itemcget", item, f"-{option}")) for item in items]


def test_the_key_opens_it_and_it_follows_the_pen(driver: Driver) -> None:
    driver.key("<Control-Key-i>")
    window = driver.window.features.windows["inside"]
    assert isinstance(window, InsideWindow)
    settle(driver, window)
    view = window.view
    assert isinstance(view, WeightsView)
    assert any("Draw a digit" in text for text in drawn(view.paper, "text", "text"))
    driver.seven()
    settle(driver, window)
    assert len(set(drawn(view.paper, "line", "fill"))) > 1
    driver.window.document.clear()
    settle(driver, window)
    assert any("Draw a digit" in text for text in drawn(view.paper, "text", "text"))


def test_another_label_is_chosen_and_the_answer_again(driver: Driver) -> None:
    driver.seven()
    window, view = opened(driver, WEIGHTS, WeightsView)
    view.choose("1")
    settle(driver, window)
    assert view.heading == "What each piece does for 1; the answer is 7"
    view.choose("7")
    settle(driver, window)
    assert view.heading == "What each piece does for 7, the answer"


def test_a_piece_tells_its_weight_under_the_pointer(driver: Driver) -> None:
    driver.seven()
    window, view = opened(driver, WEIGHTS, WeightsView)
    x, y = view.paper.viewport.to_pixels(*driver.window.document.content.strokes[0].points[1][:2])
    view.paper.event_generate("<Motion>", x=round(x), y=round(y))
    driver.root.update()
    assert window.status.text.startswith("This piece: ")


def test_a_picture_has_patches(driver: Driver) -> None:
    picture = Image.new("L", (300, 200), 228)
    ImageDraw.Draw(picture).line([(110, 40), (190, 40), (140, 170)], fill=40, width=14)
    driver.window.document.replace(picture_content(picture))
    _window, view = opened(driver, WEIGHTS, WeightsView)
    assert len(drawn(view.paper, "rectangle", "outline")) > 5


def test_it_is_built_anew_in_another_size(driver: Driver) -> None:
    driver.seven()
    window, _view = opened(driver, WEIGHTS, WeightsView)
    driver.key("<Control-Key-plus>")
    settle(driver, window)
    view = window.view
    assert isinstance(view, WeightsView) and view.heading


def test_a_number_shows_its_selected_digit(driver: Driver) -> None:
    driver.window.preferences.change(number=True)
    driver.seven()
    _window, view = opened(driver, WEIGHTS, WeightsView)
    assert view.heading == "What each piece does for 7, the answer"


def test_closing_it_ends_what_is_under_way(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    window = driver.window.features.show("inside")
    driver.until(lambda: driver.window.recognition.is_exploring)
    window.close()
    assert not driver.window.recognition.is_exploring
    driver.settle()
