"""The switch "Number": menu, sizes, keys, what is remembered and exported, what is clipped."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.settings import Settings
from app.storage.settings_store import SettingsStore
from app.ui.main_window import NAME
from app.ui.menu.action import actions
from app.ui.theme.palette import DARK
from tests.app.ui.conftest import Driver
from tests.app.ui.numbers import (
    ONE,
    SEVEN,
    chosen,
    draw,
    frame,
    items,
    option,
    texts,
    write_751,
)


@pytest.fixture
def number(driver: Driver) -> Driver:
    """A window in which the number 751 is drawn."""
    return write_751(driver)


def test_the_switch_is_in_the_menu_view(number: Driver) -> None:
    view = {action.label: action for action in actions(number.window.features.menus()[2].items())}
    switch, following = view["Number"], view["Next Digit"]
    assert switch.marked is not None and switch.marked() and following.enabled()
    following.run()
    assert chosen(number) == "1"
    switch.run()
    assert not switch.marked() and not following.enabled()
    assert not number.window.toolbar.number.get()


def test_the_switch_and_the_number_survive_a_change_of_size(number: Driver) -> None:
    number.key("<Left>")
    number.window.features.appearance.zoom_to(1.5)
    number.canvas = number.window.sketchpad.canvas
    number.settle()
    assert number.window.toolbar.number.get()
    assert texts(number) == ["7", "5", "1"] and chosen(number) == "7"
    assert number.window.panel.answer.best == "751"
    assert number.root.title() == f"*Untitled – 751 – {NAME}"
    mark = number.window.selection.characters[1]
    middle = number.window.sketchpad.viewport.to_pixels(
        (mark.box.left + mark.box.right) / 2, mark.box.top + 10
    )
    number.stroke([middle])
    number.settle()
    assert chosen(number) == "5"


def test_the_switch_is_remembered(number: Driver, profile: Path) -> None:
    settings = SettingsStore(profile / "settings.json")
    number.until(lambda: settings.read().number)


def test_a_window_left_with_the_switch_on_reads_numbers(
    open_window: Callable[..., Driver], profile: Path
) -> None:
    SettingsStore(profile / "settings.json").write(Settings(number=True))
    driver = open_window()
    assert driver.window.toolbar.number.get()
    assert "Draw a number here" in hints(driver)
    draw(driver, SEVEN, 40)
    draw(driver, ONE, 160)
    driver.settle()
    assert texts(driver) == ["7", "1"]


def test_the_hint_follows_the_switch(driver: Driver) -> None:
    assert "Draw a digit here" in hints(driver)
    driver.key("<Control-d>")
    assert "Draw a number here" in hints(driver)
    driver.key("<Control-d>")
    assert "Draw a digit here" in hints(driver)


def hints(driver: Driver) -> list[str]:
    """All that is written on the canvas."""
    canvas = driver.canvas
    found = [item for item in canvas.find_all() if str(canvas.type(item)) == "text"]
    return [option(driver, item, "text") for item in found]


def test_the_number_is_exported(
    number: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = number.window
    entries = {one.label: one.run for one in actions(window.features.export_menu.items())}
    for name, label in (
        ("a.json", "Probabilities as JSON…"),
        ("a.csv", "Probabilities as CSV…"),
    ):
        path = str(tmp_path / name)
        monkeypatch.setattr(
            "tkinter.filedialog.asksaveasfilename", lambda path=path, **_words: path
        )
        entries[label]()
        number.until(lambda name=name: f"Exported {name}" in window.status.text)  # type: ignore[misc]
    said = json.loads((tmp_path / "a.json").read_bytes())
    assert said["text"] == "751"
    assert [digit["text"] for digit in said["digits"]] == ["7", "5", "1"]
    assert (tmp_path / "a.csv").read_text().splitlines()[1].startswith("751,")


def test_tab_leaves_the_paper_beyond_the_last_digit(number: Driver) -> None:
    number.key("<Tab>")
    assert chosen(number) == "1" and number.root.focus_get() is number.canvas
    number.key("<Tab>")
    assert chosen(number) == "1" and number.root.focus_get() is not number.canvas


def test_the_arrows_move_the_slider_that_has_the_focus(number: Driver) -> None:
    slider = number.window.toolbar.width
    before = slider.get()
    slider.focus_force()
    number.root.update()
    slider.event_generate("<Right>")
    number.root.update()
    assert slider.get() > before and chosen(number) == "5"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped_in_the_least_window(
    open_window: Callable[..., Driver],
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    scale: float,
) -> None:
    monkeypatch.setenv("INKLING_SCALE", str(scale))
    SettingsStore(profile / "settings.json").write(Settings(number=True))
    driver = open_window()
    driver.root.minsize(1, 1)  # the tests' screen is smaller than this window at 200 %
    driver.root.geometry(f"{round(640 * scale)}x{round(480 * scale)}")
    draw(driver, SEVEN, 40)
    driver.settle()
    bar = driver.window.toolbar
    for widget in bar.winfo_children():
        right = widget.winfo_x() + widget.winfo_width()
        assert right <= bar.winfo_width(), str(widget)
        if widget is not bar.width:
            assert widget.winfo_width() >= widget.winfo_reqwidth(), str(widget)
    assert bar.winfo_rootx() + bar.winfo_width() <= (
        driver.root.winfo_rootx() + driver.root.winfo_width()
    )


def test_a_long_number_moves_nothing(driver: Driver) -> None:
    driver.window.tools.set_pen_width(4.0)
    driver.key("<Control-d>")
    wide = driver.canvas.winfo_width(), driver.root.winfo_width()
    for place in range(22):
        driver.stroke([(10 + 20 * place, 200), (10 + 20 * place, 240)])
    driver.settle()
    assert len(driver.window.panel.answer.best) > 15
    assert (driver.canvas.winfo_width(), driver.root.winfo_width()) == wide


def test_the_boxes_have_the_colours_of_the_theme(number: Driver) -> None:
    number.window.features.appearance.set_theme("dark")
    number.settle()
    outlines = [option(number, item, "outline") for item in items(number, "polygon")]
    assert outlines == [DARK.border, DARK.best, DARK.border]


def test_number_parts_are_made_when_the_switch_is_first_used() -> None:
    """A start that reads single digits imports nothing for numbers."""
    code = (
        "import sys; import app.ui.main_window, app.ui.menu.commands, app.ui.document.clipboard, "
        "app.ui.document.export_menu; "
        "print([name for name in sys.modules if name.startswith('app.numbers')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_boxes_stay_on_the_ink_when_the_window_grows(number: Driver) -> None:
    def first_box() -> tuple[float, ...]:
        return frame(number, 0)

    before = first_box()
    width, height = number.root.winfo_width(), number.root.winfo_height()
    number.root.geometry(f"{width + 200}x{height + 200}")
    number.until(lambda: first_box() != before)
    number.settle()
    mark = number.window.selection.characters[0]
    left, _top = number.window.sketchpad.viewport.to_pixels(mark.box.left, mark.box.top)
    assert 0 < left - first_box()[0] < 12
