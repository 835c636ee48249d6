"""Menus, keys and the list of shortcuts, all made from the same actions."""

import json
import os
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import Any

import pytest
from PIL import Image

from app.ink.drawing import Content
from app.ui.menu.action import Action, actions
from app.ui.menu.key_bindings import Key
from tests.app.ui.conftest import Driver


def all_actions(driver: Driver) -> list[Action]:
    return [action for menu in driver.window.features.menus() for action in actions(menu.items())]


def opened(driver: Driver, index: int) -> tk.Menu:
    """Return a menu of the bar, filled as if it had been opened."""
    menu = driver.window.menu_bar.bar.winfo_children()[index]
    assert isinstance(menu, tk.Menu)
    driver.root.tk.call(menu.cget("postcommand"))
    return menu


def entries(menu: tk.Menu) -> dict[str, int]:
    last = menu.index("end")
    places = range(0 if last is None else last + 1)
    return {
        str(menu.entrycget(place, "label")): place
        for place in places
        if menu.type(place) != "separator"
    }


def test_the_usual_menus_have_the_usual_entries(driver: Driver) -> None:
    bar = driver.window.menu_bar.bar
    assert [bar.entrycget(place, "label") for place in range(5)] == [
        "File",
        "Edit",
        "View",
        "Model",
        "Help",
    ]
    found = [set(entries(opened(driver, index))) for index in range(5)]
    assert {"New", "Open…", "Open Recent", "Save As…", "Export", "Quit"} <= found[0]
    assert {"Undo", "Redo", "Cut Drawing", "Copy Drawing", "Copy Result"} <= found[1]
    assert {"Paste Picture", "Pen", "Eraser", "Clear", "Settings…"} <= found[1]
    assert {"Theme", "What the Network Sees", "Candidates", "Reset Layout"} <= found[2]
    assert {"Guide", "Keyboard Shortcuts", "Open Log File", "About Inkling"} <= found[4]


def test_entries_are_enabled_as_things_are_when_the_menu_opens(driver: Driver) -> None:
    edit = opened(driver, 1)
    assert edit.entrycget(entries(edit)["Undo"], "state") == "disabled"
    driver.seven()
    driver.settle()
    edit = opened(driver, 1)
    assert edit.entrycget(entries(edit)["Undo"], "state") == "normal"
    assert "Ctrl+Z" in edit.entrycget(entries(edit)["Undo"], "accelerator")
    edit.invoke(entries(edit)["Undo"])
    assert driver.window.document.drawing.content.is_empty


def test_no_key_does_two_things(driver: Driver) -> None:
    sequences = [
        sequence
        for action in all_actions(driver)
        for key in action.keys
        for sequence in Key.of(key).sequences(mac=False)
    ]
    assert len(sequences) == len(set(sequences))


def test_every_key_is_bound_and_listed(driver: Driver) -> None:
    shortcuts: Any = driver.window.features.show("shortcuts")
    listed = shortcuts.page_of_text.get("1.0", "end")
    for action in all_actions(driver):
        for key in action.keys:
            for sequence in Key.of(key).sequences(mac=False):
                bind = driver.root.bind_all if action.everywhere else driver.root.bind
                assert bind(sequence), sequence
        if action.keys:
            assert f"{action.label}\t{Key.of(action.keys[0]).written(mac=False)}" in listed


def test_the_program_can_be_quit_from_every_window(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(driver.window.features, "_close", lambda: quits.append(True))
    for name in ("guide", "samples", "models", "shortcuts"):
        window = driver.window.features.show(name)
        driver.settle()
        window.top.focus_force()
        driver.root.update()
        window.top.event_generate("<Control-q>")
        assert len(quits) == 1, name
        quits.clear()
        window.close()
    driver.key("<Control-q>")
    assert quits == [True]


def test_a_mac_has_its_own_keys() -> None:
    assert Key.of("Mod+Shift+Z").sequences(mac=True) == [
        "<Command-Shift-Key-z>",
        "<Command-Shift-Key-Z>",
    ]
    assert Key.of("Mod+Shift+Z").accelerator(mac=True) == "Command-Shift-Z"
    assert Key.of("Mod+Shift+Z").written(mac=True) == "⇧⌘Z"
    assert Key.of("Mod+comma").written(mac=False) == "Ctrl+,"
    assert Key.of("F1").sequences(mac=False) == ["<Key-F1>"]


def test_a_digit_with_alt_or_control_is_no_label(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.root.focus_force()
    for state in (0x8, 0x4):
        driver.canvas.event_generate("<Key-3>", state=state)
        driver.settle()
        assert "Learnt" not in driver.window.status.text


def test_tools_and_pen_width_by_keys(driver: Driver) -> None:
    driver.key("<Key-e>")
    assert driver.window.tools.tool == "eraser"
    assert driver.window.toolbar.tool.get() == "eraser"
    driver.key("<Key-p>")
    assert driver.window.tools.tool == "pen"
    for _turn in range(30):
        driver.key("<Key-bracketright>")
    assert driver.window.tools.pen_width == 40.0
    driver.key("<Key-bracketleft>")
    assert driver.window.tools.pen_width == 38.0
    assert driver.window.toolbar.width.get() == 38.0


@pytest.mark.usefixtures("characters")
def test_tab_goes_through_the_window_as_it_is_read(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    bar, panel = driver.window.toolbar, driver.window.panel
    expected: list[tk.Misc] = [bar.pen_button, bar.width, bar.alphabet]
    expected += [bar.digit_button]  # of those that exclude each other the chosen one
    expected += [bar.undo_button, bar.clear_button]
    at: tk.Misc | None = expected[0]
    for following in (*expected[1:], driver.canvas, panel.no_digit_button):
        assert at is not None
        at = at.tk_focusNext()
        if isinstance(at, ttk.Label):  # the runners-up, where the answer has some
            at = at.tk_focusNext()
        assert at is following


def test_return_presses_the_button_that_has_the_focus(driver: Driver) -> None:
    driver.seven()
    button = driver.window.toolbar.clear_button
    button.focus_force()
    driver.root.update()
    button.event_generate("<Return>")
    assert driver.window.document.drawing.content.is_empty


def test_the_canvas_shows_that_it_has_the_focus(driver: Driver) -> None:
    driver.canvas.focus_force()
    driver.root.update()
    assert driver.window.sketchpad.cget("style") == "Focused.Edge.TFrame"
    driver.window.toolbar.clear_button.focus_force()
    driver.root.update()
    assert driver.window.sketchpad.cget("style") == "Edge.TFrame"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a.png", "What the Network Sees (PNG)…"),
        ("a.csv", "Probabilities as CSV…"),
        ("a.json", "Probabilities as JSON…"),
        ("bars.png", "Bars as a Picture…"),
    ],
)
def test_exports(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, label: str
) -> None:
    driver.seven()
    driver.settle()
    path = tmp_path / name
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(path))
    next(action for action in all_actions(driver) if action.label == label).run()
    driver.until(lambda: f"Exported {name}" in driver.window.status.text)
    assert driver.window.selection.prediction is not None
    if path.suffix == ".png":
        with Image.open(path) as picture:
            assert picture.size == ((28, 28) if name == "a.png" else (640, 488))
    elif path.suffix == ".csv":
        lines = path.read_text().splitlines()
        assert lines[0] == "label,probability"
        assert sum(float(line.split(",")[1]) for line in lines[1:]) == pytest.approx(1, abs=1e-4)
    else:
        exported = json.loads(path.read_text())
        assert exported["text"] == exported["label"] == "7"
        assert set(exported["probabilities"]) == set("0123456789")


def test_help_opens_the_data_folder_and_the_log(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    entries = {action.label: action.run for action in all_actions(driver)}
    monkeypatch.setattr("app.ui.menu.commands.show_in_file_manager", shown.append)
    entries["Open Data Folder"]()
    entries["Open Log File"]()
    assert shown[0].is_dir() and shown[1].name == "inkling.log"

    def fail(_path: Path) -> None:
        raise FileNotFoundError("xdg-open")

    monkeypatch.setattr("app.ui.menu.commands.show_in_file_manager", fail)
    entries["Open Log File"]()
    assert os.fspath(shown[1]) in driver.window.status.text


def test_the_answer_is_gone_with_the_drawing(driver: Driver) -> None:
    driver.window.document.replace(Content())
    driver.settle()
    file = opened(driver, 0)
    export = file.nametowidget(str(file.entrycget(entries(file)["Export"], "menu")))
    assert {export.entrycget(place, "state") for place in entries(export).values()} == {"disabled"}


def test_the_finder_opens_files(
    open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("app.ui.menu.commands.is_mac", lambda _widget: True)
    path = tmp_path / "seven 七.png"
    Image.new("L", (40, 20), 200).save(path)
    driver = open_window()
    driver.settle()
    driver.root.tk.call("tk::mac::OpenDocument", str(path))
    driver.until(lambda: driver.window.document.path == path)
