"""The hint, the windows of Help, the settings and the tooltips of the real window."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.ui.theme.palette import DARK
from tests.app.ui.conftest import Driver
from tests.app.ui.reading import widgets


def written(driver: Driver) -> list[str]:
    """Return the texts on the canvas."""
    call, canvas = driver.root.tk.call, str(driver.canvas)
    items = driver.canvas.find_all()
    texts = [item for item in items if call(canvas, "type", item) == "text"]
    return [str(call(canvas, "itemcget", item, "-text")) for item in texts]


def test_the_hint_goes_with_the_first_stroke_and_comes_back_after_a_while(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Draw a digit here" in written(driver)
    driver.seven()
    driver.settle()
    assert written(driver) == []
    driver.window.document.clear()
    driver.settle()
    assert written(driver) == []  # the next digit may come at once
    monkeypatch.setattr("app.ui.canvas.hint._QUIET_MS", 1)
    driver.window.document.undo()
    driver.window.document.clear()
    driver.until(lambda: "Draw a digit here" in written(driver))
    assert any("Ctrl+V" in text and "Number" in text for text in written(driver))
    driver.window.document.undo()
    assert written(driver) == []


def test_a_page_has_a_scroll_bar_only_where_there_is_more_of_it(driver: Driver) -> None:
    about, shortcuts = (
        driver.window.features.show("about"),
        driver.window.features.show("shortcuts"),
    )
    driver.settle()
    for dialog, has_bar in ((about, False), (shortcuts, True)):
        bars = [one for one in widgets(dialog.top) if one.winfo_class() == "TScrollbar"]
        assert [bool(one.winfo_ismapped()) for one in bars] == [has_bar]


@pytest.mark.parametrize("name", ["settings", "guide", "shortcuts", "about"])
def test_each_window_of_help_opens_once_and_closes_by_escape(driver: Driver, name: str) -> None:
    show = partial(driver.window.features.show, name)
    dialog = show()
    driver.settle()
    assert show() is dialog
    driver.window.features.appearance.set_theme("dark")
    assert dialog.top.cget("background") == DARK.ground
    dialog.top.focus_force()
    driver.root.update()
    dialog.top.event_generate("<Escape>")
    driver.root.update()
    assert not dialog.exists
    assert show() is not dialog


def test_f1_opens_the_guide_with_its_pictures(driver: Driver) -> None:
    driver.key("<F1>")
    guide: Any = driver.window.features.show("guide")
    assert len(guide.page.text.window_names()) == 10


def test_about_names_the_versions(driver: Driver) -> None:
    about: Any = driver.window.features.show("about")
    card = json.loads(Path("models/digits.json").read_text(encoding="utf-8"))
    driver.until(lambda: card["sha256"][:12] in about.page.text.get("1.0", "end"))
    assert len(about.versions) == 7


def test_the_settings_dialog_changes_the_window(driver: Driver) -> None:
    dialog: Any = driver.window.features.show("settings")
    dialog.theme_choice.set(dialog.themes[2])
    dialog.set_theme()
    assert driver.window.theme.palette is DARK
    for text in ("", "x", "900", "33"):
        dialog.pen_width.set(text)
    assert driver.window.tools.pen_width == 33.0
    dialog.flags["show_raster"].set(False)
    dialog.set_flag("show_raster")
    driver.settle()
    assert not driver.window.panel.raster_view.winfo_ismapped()
    dialog.zoom.set("150 %")
    dialog.set_zoom()
    assert driver.window.preferences.settings.zoom == 1.5


def test_tooltips_come_and_go(driver: Driver) -> None:
    for tip in [*driver.window.toolbar.tooltips, *driver.window.panel.tooltips]:
        tip.show()
        driver.root.update()
        assert tip.top is not None and tip.top.winfo_ismapped()
        tip.hide()
        assert tip.top is None
