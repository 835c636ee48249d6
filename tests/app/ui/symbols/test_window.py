"""My symbols: made in their window, recognised on the canvas, changed, shared, kept."""

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

import pytest

from app.formats.drawing_file import encode_drawing
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.storage.paths import user_folders
from app.symbols.own import SymbolPrediction, load_own_symbols
from app.symbols.set_file import parse_set
from app.ui.symbols.window import SymbolsWindow
from tests.app.ui.conftest import Driver, Place

SHAPES: dict[str, list[list[Place]]] = {
    "to": [[(20, 100), (180, 100)], [(130, 50), (180, 100), (130, 150)]],
    "house": [[(40, 180), (40, 90), (100, 30), (160, 90), (160, 180), (40, 180)]],
    "zigzag": [[(20, 30), (70, 170), (120, 30), (170, 170)]],
}


def symbols_window(driver: Driver) -> SymbolsWindow:
    window = driver.window.features.show("symbols")
    assert isinstance(window, SymbolsWindow)
    driver.settle()
    return window


@pytest.fixture
def window(driver: Driver) -> SymbolsWindow:
    """The window, without any symbols yet."""
    return symbols_window(driver)


def draw_on(canvas: tk.Canvas, lines: Sequence[Sequence[Place]]) -> None:
    for number, line in enumerate(lines):
        whole = [(round(x), round(y)) for x, y in line]
        start = 1 + 1000 * number
        canvas.event_generate("<ButtonPress-1>", x=whole[0][0], y=whole[0][1], time=start)
        for step, (x, y) in enumerate(whole[1:], 1):
            canvas.event_generate("<B1-Motion>", x=x, y=y, time=start + 10 * step)
        canvas.event_generate("<ButtonRelease-1>", x=whole[-1][0], y=whole[-1][1], time=start + 900)


def button(window: SymbolsWindow, text: str) -> ttk.Button:
    """Return the button with this text."""
    waiting: list[tk.Misc] = [window.top]
    while waiting:
        one = waiting.pop()
        if type(one) is ttk.Button and one.cget("text") == text:
            return one
        waiting += one.winfo_children()
    raise AssertionError(text)


def make(driver: Driver, window: SymbolsWindow, name: str, text: str = "") -> None:
    """Make a symbol of a drawing on the pad."""
    window.begin_new()
    window.details.name.set(name)
    window.details.text.set(text)
    draw_on(window.details.pad.canvas, SHAPES[name])
    button(window, "Add Drawing").invoke()
    driver.settle()


def names(driver: Driver) -> list[str]:
    return list(driver.window.symbols.names)


def answer(driver: Driver, name: str) -> SymbolPrediction:
    """Draw a shape on the canvas, and return its answer."""
    driver.window.document.clear()
    for line in SHAPES[name]:
        driver.stroke([(2 * x, 2 * y) for x, y in line])
    driver.settle()
    prediction = driver.window.recognition.result
    assert isinstance(prediction, SymbolPrediction)
    return prediction


def test_three_symbols_are_made_and_recognised_and_survive(
    driver: Driver, window: SymbolsWindow, profile: Path
) -> None:
    for name in SHAPES:
        make(driver, window, name, "\\to" if name == "to" else "")
    driver.window.preferences.change(alphabet="own")
    for name in SHAPES:
        found = answer(driver, name)
        assert (found.label, found.is_known) == (name, True)
        assert found.text == ("\\to" if name == "to" else name)
    assert driver.window.panel.answer.best == "zigzag"
    own = load_own_symbols(user_folders(profile))
    assert own.names == tuple(SHAPES)


def test_drawings_are_added_and_the_nearest_is_shown(driver: Driver, window: SymbolsWindow) -> None:
    make(driver, window, "house")
    assert window.details.symbol is not None
    assert window.details.symbol.name == "house"
    assert window.details.pad.strokes == []
    draw_on(window.details.pad.canvas, [[(x + 9, y) for x, y in SHAPES["house"][0]]])
    window.details.pad.canvas.event_generate("<Return>")
    driver.settle()
    assert "house has 2 drawings" in window.status.text
    driver.window.preferences.change(alphabet="own")
    found = answer(driver, "house")
    captions = [cell.caption for cell in window.details.drawings._cells]
    keys = [drawing.key for drawing in window.details.symbol.drawings]
    assert captions[keys.index(found.drawing)].endswith("nearest")


def test_the_canvas_drawing_becomes_a_symbol(driver: Driver, window: SymbolsWindow) -> None:
    driver.seven()
    window.details.name.set("seven")
    button(window, "From the Canvas").invoke()
    driver.settle()
    assert names(driver) == ["seven"]


def test_what_cannot_be_is_said(driver: Driver, window: SymbolsWindow) -> None:
    draw_on(window.details.pad.canvas, SHAPES["house"])
    button(window, "Add Drawing").invoke()
    driver.settle()
    assert (window.status.text, window.status.is_problem) == ("A symbol needs a name.", True)
    assert len(window.details.pad.strokes) == 1  # it is not lost
    window.details.name.set("house")
    button(window, "Add Drawing").invoke()
    driver.settle()
    window.begin_new()
    window.details.name.set("house ")
    draw_on(window.details.pad.canvas, SHAPES["house"])
    button(window, "Add Drawing").invoke()
    assert "There is a symbol called house already" in window.status.text
    window.details.name.set("empty")
    button(window, "From the Canvas").invoke()
    driver.settle()
    assert "nothing drawn" in window.status.text


def test_a_complaint_goes_when_something_is_typed_or_drawn(window: SymbolsWindow) -> None:
    pad = window.details.pad
    changes: list[Callable[[], None]] = [
        lambda: window.details.name.set("h"),
        lambda: draw_on(pad.canvas, SHAPES["to"]),
        pad.clear,
    ]
    for change in changes:
        window.status.show_problem("A symbol needs a name.")
        change()
        assert not window.status.text
    window.status.show("house has 2 drawings.")
    pad.clear()
    assert window.status.text


def test_return_in_the_name_field_adds_the_drawing_of_a_new_symbol(
    driver: Driver, window: SymbolsWindow
) -> None:
    field = window.details.name_field
    field.focus_force()
    window.details.name.set("house")
    field.event_generate("<Return>")
    driver.settle()
    assert names(driver) == []  # there is no drawing yet
    draw_on(window.details.pad.canvas, SHAPES["house"])
    field.focus_force()
    field.event_generate("<Return>")
    driver.settle()
    assert names(driver) == ["house"] and not window.details.pad.strokes


def test_a_drawing_that_was_not_added_is_not_dropped_unasked(
    driver: Driver, window: SymbolsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[str | None] = [None, "close"]
    monkeypatch.setattr("app.ui.symbols.window.choose", lambda *_options, **_more: answers.pop(0))
    draw_on(window.details.pad.canvas, SHAPES["house"])
    window.escape()
    assert window.exists and len(window.details.pad.strokes) == 1
    window.escape()
    assert not window.exists and not answers
    window = symbols_window(driver)
    window.escape()  # without ink there is nothing to ask
    assert not window.exists


def test_rename_delete_and_undo(driver: Driver, window: SymbolsWindow) -> None:
    make(driver, window, "house")
    make(driver, window, "to")
    window.details.name.set("arrow")
    window.apply()
    driver.settle()
    assert names(driver) == ["house", "arrow"]
    window.delete()
    driver.settle()
    assert names(driver) == ["house"]
    button(window, "Undo").invoke()
    driver.settle()
    assert names(driver) == ["house", "arrow"]
    button(window, "Undo").invoke()
    driver.settle()
    assert names(driver) == ["house", "to"]
    window.grid.select_all()
    window.delete()
    driver.settle()
    assert (names(driver), window.status.text) == ([], "2 symbols deleted. Undo brings them back.")


def test_a_drawing_is_deleted_and_comes_back(driver: Driver, window: SymbolsWindow) -> None:
    make(driver, window, "to")
    window.details.drawings.select_all()
    button(window, "Delete Drawing").invoke()
    driver.settle()
    assert names(driver) == []
    button(window, "Undo").invoke()
    driver.settle()
    assert names(driver) == ["to"]


def test_sets_and_drawings_are_imported_and_exported(
    driver: Driver, window: SymbolsWindow, tmp_path: Path
) -> None:
    (tmp_path / "ring 1.ink").write_bytes(
        encode_drawing(Content(strokes=(Stroke.of([(0, 0), (9, 9), (0, 9)]),)))
    )
    window.files.import_paths([tmp_path / "ring 1.ink"])
    driver.until(lambda: bool(window.status.text))
    driver.settle()
    assert names(driver) == ["ring"]
    out = tmp_path / "my.symbols"
    window.files.export(window._to_export(), out)
    driver.until(out.exists)
    assert [symbol.name for symbol in parse_set(out.read_bytes())] == ["ring"]
    driver.until(lambda: "exported" in window.status.text)
    window.files.import_paths([out])
    driver.until(lambda: "0 drawings imported" in window.status.text)
    (tmp_path / "bad.symbols").write_bytes(b"no set")
    window.files.import_paths([tmp_path / "bad.symbols"])
    driver.until(lambda: "damaged" in window.status.text)


def test_a_correction_adds_the_drawing_and_is_taken_back(
    driver: Driver, window: SymbolsWindow
) -> None:
    for name in ("house", "to"):
        make(driver, window, name)
    driver.window.preferences.change(alphabet="own")
    answer(driver, "zigzag")
    correction = driver.window.correction
    for name in ("house", "to"):
        correction.label(name)
        driver.settle()
    counts: list[int] = []
    driver.window.symbols.all(
        lambda every: counts.extend(len(one.drawings) for one in every), pytest.fail
    )
    driver.settle()
    assert counts == [1, 2]
    found = driver.window.recognition.result
    assert found is not None
    assert (found.label, found.is_known) == ("to", True)
    correction.take_back()
    driver.settle()
    assert driver.window.status.text == "Label removed."


def test_it_survives_another_language_with_what_was_typed(
    driver: Driver, window: SymbolsWindow
) -> None:
    make(driver, window, "to")
    window.begin_new()
    window.details.name.set("half")
    draw_on(window.details.pad.canvas, SHAPES["house"])
    driver.window.features.appearance.set_language("zh_CN")
    driver.settle()
    assert window.details.name.get() == "half"
    assert len(window.details.pad.strokes) == 1
    window.details.pad.undo()
    assert window.details.pad.strokes == []


def test_none_of_them_opens_the_window(open_window: Callable[..., Driver]) -> None:
    driver = open_window()
    driver.settle()
    driver.window.preferences.change(alphabet="own")
    driver.seven()
    driver.settle()
    assert "no symbols yet" in driver.window.status.text
    driver.window.panel.no_digit_button.invoke()
    driver.settle()
    assert driver.window.features.windows["symbols"].exists
