"""The language changes while the program runs, and nothing is lost."""

import json
import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import pytest

from app.i18n import LANGUAGES, language
from app.ui.main_window import NAME
from tests.app.ui.conftest import Driver
from tests.app.ui.reading import CHINESE, choose, fill_menus, widgets


@pytest.fixture(autouse=True)
def fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language has its characters, whatever fonts are installed."""
    monkeypatch.setattr("app.ui.theme.fonts.has_glyphs", lambda _root, _name: True)


def test_the_menu_changes_the_language_and_keeps_everything_else(driver: Driver) -> None:
    window = driver.window
    window.features.appearance.zoom_to(1.25)
    driver.settle()
    driver.canvas = window.sketchpad.canvas
    window.tools.set_pen_width(24.0)
    driver.seven()
    driver.stroke([(20, 20), (40, 40)])
    window.document.undo()
    driver.settle()
    drawing, prediction = window.document.drawing, window.selection.prediction
    content = drawing.content
    choose(driver, "简体中文")
    assert language() == CHINESE
    assert str(window.toolbar.pen_button.cget("text")) == "画笔"
    assert window.status.text == "语言：简体中文"
    assert driver.root.title() == f"*未命名 – 7 – {NAME}"
    assert window.document.drawing is drawing and drawing.content is content
    assert window.selection.prediction == prediction
    assert (window.preferences.settings.zoom, window.tools.pen_width) == (1.25, 24.0)
    assert str(window.toolbar.redo_button.cget("state")) == "normal"
    window.document.redo()
    assert len(drawing.content.strokes) == 2
    driver.settle()


def test_the_title_is_translated(driver: Driver) -> None:
    driver.stroke([(x * 37 % 400 + 20, x * 91 % 400 + 20) for x in range(60)])
    driver.settle()
    assert driver.root.title() == f"*Untitled – Not a digit – {NAME}"
    choose(driver, "简体中文")
    assert driver.root.title() == f"*未命名 – 不是数字 – {NAME}"


def test_it_is_remembered_and_used_from_the_first_widget_on(
    open_window: Callable[..., Driver], profile: Path
) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"version": 1, "language": CHINESE}))
    driver = open_window()
    assert str(driver.window.toolbar.clear_button.cget("text")) == "清空"
    driver.settle()
    driver.window.features.appearance.set_language("en")
    assert str(driver.window.toolbar.clear_button.cget("text")) == "Clear"
    driver.window.preferences.write_now()
    assert json.loads((profile / "settings.json").read_text())["language"] == "en"


def test_the_systems_language_is_the_default(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN:en")
    choose(driver, "English")
    assert language() == "en"
    choose(driver, "Like the System")
    assert language() == CHINESE
    assert driver.window.preferences.settings.language == "system"


def test_english_is_used_and_the_reason_shown_where_no_font_has_the_characters(
    open_window: Callable[..., Driver], profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.theme.fonts.has_glyphs", lambda _root, name: name == "en")
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"version": 1, "language": CHINESE}))
    driver = open_window()
    assert "No font" in driver.window.status.text and language() == "en"
    driver.settle()
    choose(driver, "Simplified Chinese")
    assert language() == "en"
    assert "No font" in driver.window.status.text
    # Chinese is used once there is a font.
    assert driver.window.preferences.settings.language == CHINESE


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    monkeypatch.setenv("INKLING_SCALE", str(scale))
    driver = open_window()
    driver.seven()
    driver.settle()
    driver.window.features.appearance.set_language(CHINESE)
    if scale == 1.0:  # twice as large does not fit on the screen of the tests
        driver.window.features.show("settings")
    driver.settle()
    for widget in widgets(driver.root):
        if widget.winfo_ismapped() and widget.winfo_class() != "Canvas":
            assert widget.winfo_width() >= widget.winfo_reqwidth(), str(widget)
            assert widget.winfo_height() >= widget.winfo_reqheight(), str(widget)


def test_tks_own_dialogs_are_translated_where_tk_has_a_catalogue(driver: Driver) -> None:
    tcl = driver.root.tk
    messages = Path(str(tcl.call("set", "::tk_library"))) / "msgs" / "zh_cn.msg"
    driver.window.features.appearance.set_language(CHINESE)
    text = str(tcl.eval("namespace eval ::tk {msgcat::mc &Cancel}"))
    assert (text != "&Cancel") == messages.exists()
    driver.window.features.appearance.set_language("en")
    assert str(tcl.eval("namespace eval ::tk {msgcat::mc &Cancel}")) == "&Cancel"


def test_yes_no_and_cancel_differ(driver: Driver) -> None:
    for name in LANGUAGES:
        driver.window.features.appearance.set_language(name)
        texts = [
            driver.root.tk.eval(f"namespace eval ::tk {{msgcat::mc {text}}}")
            for text in ("&Yes", "&No", "&Cancel")
        ]
        assert len(set(texts)) == 3, texts


def test_no_access_key_is_a_chinese_character(driver: Driver) -> None:
    driver.window.features.appearance.set_language(CHINESE)
    tcl = driver.root.tk
    for text in ("&OK", "&Cancel", "&Open", "File &name:", "Show &Hidden Files and Directories"):
        translated = str(tcl.call("namespace", "eval", "::tk", ("msgcat::mc", text)))
        key = translated.partition("&")[2]
        assert not key or key[0].isascii(), translated
    fill_menus(driver)
    for menu in driver.window.menu_bar.bar.winfo_children():
        assert isinstance(menu, tk.Menu)
        for index in range((menu.index("end") or 0) + 1):
            if menu.type(index) != "separator":
                label = menu.entrycget(index, "label")
                assert int(menu.entrycget(index, "underline")) < 0 or label.isascii(), label
