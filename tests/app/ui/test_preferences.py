"""What is remembered from one start of the real window to the next; sizes and themes."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.storage.settings import Place, Settings
from app.ui.theme.palette import DARK, LIGHT
from app.ui.toolkit.desktop import desktop_is_dark
from app.ui.toolkit.window_geometry import within_screen
from tests.app.ui.conftest import Driver
from tests.app.ui.remembering import Open, remember, remembered


def test_a_window_is_as_it_was_left(open_window: Open, profile: Path) -> None:
    before = Settings(theme="dark", tool="eraser", pen_width=30.0, show_raster=False)
    remember(profile, replace(before, window=Place(40, 20, 700, 560)))
    driver = open_window()
    driver.settle()
    window = driver.window
    assert window.theme.palette is DARK
    assert window.tools.tool == "eraser" and window.tools.pen_width == 30.0
    assert not window.panel.raster_view.winfo_ismapped()
    assert window.panel.bars.winfo_ismapped()
    assert (driver.root.winfo_width(), driver.root.winfo_height()) == (700, 560)


def test_what_is_changed_is_there_at_the_next_start(driver: Driver, profile: Path) -> None:
    driver.window.features.appearance.set_theme("dark")
    driver.window.features.appearance.toggle_candidates()
    driver.window.tools.set_pen_width(25.0)
    driver.until(lambda: remembered(profile).pen_width == 25.0)
    driver.root.geometry("800x650+20+30")
    driver.settle()
    driver.window.close()
    after = remembered(profile)
    assert (after.theme, after.show_candidates) == ("dark", False)
    assert after.window is not None and after.window[2:] == (800, 650)


def test_damaged_settings_are_told(open_window: Open, profile: Path) -> None:
    profile.mkdir()
    (profile / "settings.json").write_bytes(b"{")
    driver = open_window()
    assert "damaged" in driver.window.status.text


def test_settings_that_cannot_be_written_are_told_once(driver: Driver, profile: Path) -> None:
    profile.write_bytes(b"")  # a file where the folder would be
    driver.window.tools.set_pen_width(25.0)
    driver.until(lambda: "cannot be saved" in driver.window.status.text)
    driver.window.status.show("")
    driver.window.tools.set_pen_width(26.0)
    driver.until(lambda: not driver.window.preferences.is_writing)
    assert driver.window.status.text == ""
    assert driver.window.tools.pen_width == 26.0


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(10, 20, 800, 600), Place(10, 20, 800, 600)),
        (Place(5000, 20, 800, 600), Place(480, 20, 800, 600)),
        (Place(-900, -900, 800, 600), Place(0, 0, 800, 600)),
        (Place(0, 0, 9000, 9000), Place(0, 0, 1280, 1024)),
        (Place(100, 100, 5, 5), Place(100, 100, 640, 480)),
    ],
)
def test_a_window_is_never_off_the_screen(place: Place, expected: Place) -> None:
    assert within_screen(place, Place(0, 0, 1280, 1024), (640, 480)) == expected


def test_reset_layout(driver: Driver) -> None:
    view = driver.window.features.appearance
    size = driver.root.winfo_width()
    view.toggle_raster()
    view.zoom_to(1.5)
    driver.root.geometry("1200x900")
    driver.settle()
    view.reset_layout()
    driver.settle()
    assert (
        driver.window.preferences.settings.zoom == 1.0
        and driver.window.preferences.settings.show_raster
    )
    assert driver.window.panel.raster_view.winfo_ismapped()
    assert driver.root.winfo_width() == size


def test_the_drawing_survives_a_change_of_size(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    before, high = driver.window.selection.prediction, driver.window.toolbar.winfo_reqheight()
    driver.root.focus_force()
    driver.root.event_generate("<Control-plus>")
    driver.root.event_generate("<Control-plus>")
    driver.settle()
    assert driver.window.preferences.settings.zoom == 1.25
    assert driver.window.toolbar.winfo_reqheight() > high
    assert driver.window.selection.prediction == before
    assert driver.window.panel.answer.best == "7"
    assert driver.window.toolbar.undo_button.instate(["!disabled"])
    driver.root.event_generate("<Control-0>")
    driver.settle()
    assert driver.window.preferences.settings.zoom == 1.0
    driver.canvas = driver.window.sketchpad.canvas
    driver.seven()
    driver.settle()
    assert len(driver.window.document.drawing.content.strokes) == 2


def test_the_theme_follows_the_desktop(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    appearance = driver.window.features.appearance
    monkeypatch.setattr("app.ui.theme.appearance.desktop_is_dark", lambda: True)
    appearance.set_theme("light")
    assert driver.window.theme.palette is LIGHT
    driver.until(lambda: not appearance.is_asking_desktop)
    appearance.set_theme("system")
    driver.until(lambda: driver.window.theme.palette is DARK)
    assert driver.window.preferences.settings.desktop_is_dark


@pytest.mark.parametrize(
    ("portal", "gnome", "dark"),
    [
        ("(<<uint32 1>>,)", "", True),
        ("(<<uint32 2>>,)", "'prefer-dark'", False),
        ("(<<uint32 0>>,)", "'prefer-dark'", None),
        ("", "'prefer-dark'", True),
        ("", "'prefer-light'", False),
        ("", "'default'", None),
        ("", "", None),
    ],
)
def test_what_a_linux_desktop_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portal: str, gnome: str, dark: bool | None
) -> None:
    for name, said in (("gdbus", portal), ("gsettings", gnome)):
        if said:
            (tmp_path / name).write_text(f'#!/bin/sh\necho "{said}"\n')
            (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert desktop_is_dark() is dark


def test_a_trace_of_the_start_remembers_nothing(profile: Path, root: object) -> None:
    assert root is not None  # a screen
    done = subprocess.run(
        [sys.executable, "-m", "app", "--trace-startup"], capture_output=True, check=True
    )
    assert json.loads(done.stdout)["recogniser_ms"] > 0
    assert not (profile / "settings.json").exists()


def test_what_is_said_moves_nothing(driver: Driver) -> None:
    canvas, bars = driver.canvas, driver.window.panel.bars
    driver.seven()
    driver.settle()
    places = (canvas.winfo_geometry(), bars.winfo_geometry(), driver.root.winfo_geometry())
    driver.key("<Key-7>")  # "as you taught" takes a line more
    driver.settle()
    driver.window.status.show("Something that is no problem.")
    driver.root.update()
    assert (canvas.winfo_geometry(), bars.winfo_geometry(), driver.root.winfo_geometry()) == places


def test_redraws_move_what_is_there_and_make_nothing_anew(driver: Driver) -> None:
    bars = driver.window.panel.bars
    driver.seven()
    driver.settle()
    items, places = bars.find_all(), set()
    for turn in range(60):
        share = turn / 60
        bars.show("0123456789", (share, 1 - share, *[0.0] * 8))
        driver.root.update_idletasks()
        places.add(tuple(bars.coords(items[2])))
    assert bars.find_all() == items
    assert len(places) > 30
