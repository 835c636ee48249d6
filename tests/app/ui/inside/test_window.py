"""The window "See inside": it follows the pen, and its view shows what was computed of it."""

import re
import tkinter as tk
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image, ImageDraw

from app.errors import ModelError
from app.explanation.layers import LayerViewer
from app.file_reader import picture_content
from app.ink.geometry import Rect
from app.ui.inside.layers.layers_view import LayersView
from app.ui.inside.map_view import MapView
from app.ui.inside.time.time_view import TimeView
from app.ui.inside.view import InsideView
from app.ui.inside.weights_view import WeightsView
from app.ui.inside.why_not_view import WhyNotView
from app.ui.inside.window import LAYERS, MAP, TIME, WEIGHTS, WHY_NOT, InsideWindow
from app.ui.toolkit import file_dialogs
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


def seven_picture() -> Image.Image:
    picture = Image.new("L", (300, 200), 228)
    ImageDraw.Draw(picture).line([(110, 40), (190, 40), (140, 170)], fill=40, width=14)
    return picture


def is_figure(text: str) -> bool:
    return re.fullmatch(r"−?\d+\.\d\d", text) is not None


def _named(path: Path, *_parent: object, **_options: object) -> str:
    return str(path)


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
    driver.window.document.replace(picture_content(seven_picture()))
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


def test_a_change_is_found_shown_on_the_canvas_and_taken_over(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    document, ghost = driver.window.document, driver.window.features.inside.ghost
    driver.window.features.inside.wanted = "1"
    window, view = opened(driver, WHY_NOT, WhyNotView)
    assert view.heading.startswith("This much more, and it is 1 (")
    assert ghost.strokes and driver.canvas.find_withtag("ghost")
    before = document.content
    view.take_over_button.invoke()
    settle(driver, window)
    prediction = driver.window.selection.prediction
    assert prediction is not None and prediction.text == "1"
    assert view.heading == "It is 1 already: click another label."
    assert not ghost.strokes
    document.undo()
    driver.settle()
    assert document.content == before
    window.close()
    assert not driver.canvas.find_withtag("ghost")


def test_a_picture_cannot_be_changed(driver: Driver) -> None:
    driver.window.document.replace(picture_content(seven_picture()))
    _window, view = opened(driver, WHY_NOT, WhyNotView)
    assert any("no strokes" in text for text in drawn(view.paper, "text", "text"))
    assert view.take_over_button.instate(["disabled"])


def test_the_time_machine_goes_back_plays_and_ends(driver: Driver) -> None:
    driver.seven()
    window, view = opened(driver, TIME, TimeView)
    last = view.playback.index
    view.go_to(0.0)
    assert view.playback.index == 0
    view.play()
    assert view.play_button["text"] == "Pause"
    driver.until(lambda: not view.playback.is_playing)
    assert view.playback.index == last and view.play_button["text"] == "Play"
    view.curves.event_generate("<ButtonPress-1>", x=1, y=20)
    assert view.playback.index == 0
    driver.window.document.clear()
    settle(driver, window)
    assert view.play_button.instate(["disabled"])


def test_the_time_machine_is_exported(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.seven()
    _window, view = opened(driver, TIME, TimeView)
    for button, name, start in (
        (view.film_button, "seven.gif", b"GIF89a"),
        (view.table_button, "seven.csv", b"ms,stroke"),
    ):
        path = tmp_path / name
        monkeypatch.setattr(file_dialogs, "ask_save_name", partial(_named, path))
        button.invoke()
        driver.until(path.exists)
        driver.settle()
        assert path.read_bytes().startswith(start)


def test_a_value_of_the_first_layer_shows_its_arithmetic(driver: Driver) -> None:
    driver.seven()
    window, view = opened(driver, LAYERS, LayersView)
    texts = drawn(view.strip, "text", "text")
    assert "Layer 1: 16 maps of 28 × 28" in texts and "Logits: the largest is the answer" in texts
    assert len(drawn(view.strip, "image", "image")) == len(texts) - len("0123456789")
    boxes = len(drawn(view.paper, "rectangle", "outline"))
    x, y = view.place_of(1, 10, 12, 3)
    view.strip.event_generate("<Motion>", x=x, y=y)
    assert "Layer 1, map 4" in drawn(view.arithmetic, "text", "text")
    assert window.status.text.startswith("Value 4: ")
    assert len(drawn(view.paper, "rectangle", "outline")) == boxes + 1
    view.strip.event_generate("<Leave>")
    assert len(drawn(view.paper, "rectangle", "outline")) == boxes


def test_the_figures_of_the_arithmetic_can_be_read(driver: Driver) -> None:
    driver.seven()
    _window, view = opened(driver, LAYERS, LayersView)
    x, y = view.place_of(1, 10, 12, 3)
    view.strip.event_generate("<Motion>", x=x, y=y)
    shown = view.arithmetic
    assert len([one for one in drawn(shown, "text", "text") if is_figure(one)]) == 9 + 9
    texts = [item for item in shown.find_all() if shown.tk.call(shown, "type", item) == "text"]
    boxes = [Rect(*shown.bbox(item)) for item in texts]
    assert max(box.bottom for box in boxes) <= shown.winfo_height()
    for one, two in combinations(boxes, 2):
        beside = one.right <= two.left or two.right <= one.left
        assert beside or one.bottom <= two.top or two.bottom <= one.top


def test_a_model_without_layers_says_so(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_shown(_viewer: object, _recogniser: object) -> None:
        raise ModelError("The layers of this model cannot be shown.")

    monkeypatch.setattr(LayerViewer, "__init__", none_shown)
    driver.seven()
    window, view = opened(driver, LAYERS, LayersView)
    assert drawn(view.paper, "text", "text") == ["The layers of this model cannot be shown."]
    assert window.status.is_problem
    window.chosen.set(WEIGHTS)
    window.show_view()
    settle(driver, window)
    assert isinstance(window.view, WeightsView) and window.view.heading


def test_the_map_shows_the_drawing_its_neighbours_and_own_samples(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.correction.label("1")
    driver.settle()
    window, view = opened(driver, MAP, MapView)
    assert len(view.trail) == 1
    nearest = drawn(view.nearest, "text", "text")
    assert len(nearest) == 8 and all(text.startswith("7 · ") for text in nearest[:2])
    assert drawn(view.plane, "text", "text") == ["1"]
    driver.window.document.clear()
    settle(driver, window)
    assert not view.trail and not drawn(view.nearest, "text", "text")


def test_it_follows_a_pen_that_rests_on_the_paper(driver: Driver) -> None:
    window, view = opened(driver, WEIGHTS, WeightsView)
    side = min(driver.canvas.winfo_width(), driver.canvas.winfo_height())
    driver.canvas.event_generate("<ButtonPress-1>", x=side // 4, y=side // 5)
    for x, y in ((side * 3 // 4, side // 5), (side // 2, side * 4 // 5)):
        driver.canvas.event_generate("<B1-Motion>", x=x, y=y)
    settle(driver, window)
    assert view.heading
    driver.canvas.event_generate("<ButtonRelease-1>", x=side // 2, y=side * 4 // 5)


def test_another_language_ends_what_plays(driver: Driver) -> None:
    driver.seven()
    window, view = opened(driver, TIME, TimeView)
    view.play()
    driver.window.features.appearance.set_language("zh_CN")
    settle(driver, window)
    assert isinstance(window.view, TimeView) and window.view is not view
    assert window.view.play_button["text"] == "播放"


def test_refused_ink_has_no_answer(driver: Driver) -> None:
    side = min(driver.canvas.winfo_width(), driver.canvas.winfo_height())
    for line in ([(0.3, 0.85), (0.5, 0.15), (0.7, 0.85)], [(0.38, 0.55), (0.62, 0.55)]):
        driver.stroke([(x * side, y * side) for x, y in line])
    _window, view = opened(driver, WEIGHTS, WeightsView)
    assert "the ink is refused" in view.heading
