"""What is remembered, asked, restored and explained in the real window."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk
from typing import Any

import pytest
from PIL import Image

from app.ink.drawing import Content
from app.ink.drawing_file import DrawingFile
from app.ink.stroke import Stroke
from app.storage.autosave import Autosave
from app.storage.settings import MOST_RECENT, Place, Settings
from app.storage.settings_file import SettingsFile
from app.window.desktop import desktop_is_dark
from app.window.palette import DARK, LIGHT
from app.window.place import on_screen
from tests.app.storage.test_autosave import kill, program
from tests.window.conftest import Driver

Open = Callable[..., Driver]


def remember(profile: Path, settings: Settings) -> None:
    SettingsFile(profile / "settings.json").write(settings)


def written(driver: Driver) -> list[str]:
    """Return the texts on the canvas."""
    call, canvas = driver.root.tk.call, str(driver.canvas)
    items = driver.canvas.find_all()
    texts = [item for item in items if call(canvas, "type", item) == "text"]
    return [str(call(canvas, "itemcget", item, "-text")) for item in texts]


def remembered(profile: Path) -> Settings:
    return SettingsFile(profile / "settings.json").read()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool | None]]:
    """What the user says when asked whether to save; every answer has to be asked for."""
    given: list[bool | None] = []
    monkeypatch.setattr("tkinter.messagebox.askyesnocancel", lambda *_a, **_b: given.pop(0))
    yield given
    assert not given, "was not asked"


# Remembering


def test_a_window_is_as_it_was_left(open_window: Open, profile: Path) -> None:
    before = Settings(theme="dark", tool="eraser", pen_width=30.0, show_raster=False)
    remember(profile, before._replace(window=Place(40, 20, 700, 560)))
    driver = open_window()
    driver.settle()
    window = driver.window
    assert window.look.palette is DARK
    assert window.sketchpad.tool == "eraser" and window.sketchpad.pen_width == 30.0
    assert not window.panel.raster_view.winfo_ismapped()
    assert window.panel.bars.winfo_ismapped()
    assert (driver.root.winfo_width(), driver.root.winfo_height()) == (700, 560)


def test_what_is_changed_is_there_at_the_next_start(driver: Driver, profile: Path) -> None:
    driver.window.view.set_theme("dark")
    driver.window.view.toggle_candidates()
    driver.window.set_pen_width(25.0)
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
    assert "damaged" in driver.window.status


def test_settings_that_cannot_be_written_are_told_once(driver: Driver, profile: Path) -> None:
    profile.write_bytes(b"")  # a file where the folder would be
    driver.window.set_pen_width(25.0)
    driver.until(lambda: "cannot be kept" in driver.window.status)
    driver.window.tell("")
    driver.window.set_pen_width(26.0)
    driver.until(lambda: not driver.window.remembered.is_writing)
    assert driver.window.status == ""
    assert driver.window.sketchpad.pen_width == 26.0


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
    assert on_screen(place, Place(0, 0, 1280, 1024), (640, 480)) == expected


def test_reset_layout(driver: Driver) -> None:
    view = driver.window.view
    size = driver.root.winfo_width()
    view.toggle_raster()
    view.zoom_to(1.5)
    driver.root.geometry("1200x900")
    driver.settle()
    view.reset_layout()
    driver.settle()
    assert driver.window.settings.zoom == 1.0 and driver.window.settings.show_raster
    assert driver.window.panel.raster_view.winfo_ismapped()
    assert driver.root.winfo_width() == size


# Sizes and themes


def test_the_drawing_survives_a_change_of_size(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    before, high = driver.window.prediction, driver.window.toolbar.winfo_reqheight()
    driver.root.focus_force()
    driver.root.event_generate("<Control-plus>")
    driver.root.event_generate("<Control-plus>")
    driver.settle()
    assert driver.window.settings.zoom == 1.25
    assert driver.window.toolbar.winfo_reqheight() > high
    assert driver.window.prediction == before
    assert driver.window.panel.answer.winner == "7"
    assert driver.window.toolbar.undo_button.instate(["!disabled"])
    driver.root.event_generate("<Control-0>")
    driver.settle()
    assert driver.window.settings.zoom == 1.0
    driver.canvas = driver.window.sketchpad.canvas
    driver.seven()
    driver.settle()
    assert len(driver.window.drawing.content.strokes) == 2


def test_the_theme_follows_the_desktop(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    view = driver.window.view
    monkeypatch.setattr("app.window.desktop.desktop_is_dark", lambda: True)
    view.set_theme("light")
    assert driver.window.look.palette is LIGHT
    driver.until(lambda: not view.is_asking)
    view.set_theme("system")
    driver.until(lambda: driver.window.look.palette is DARK)
    assert driver.window.settings.desktop_is_dark


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


# Files


def test_unsaved_work_is_asked_about(
    driver: Driver, answers: list[bool | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = driver.window.files
    files.new()  # nothing drawn, nothing asked
    driver.seven()
    driver.settle()
    answers.append(None)
    files.new()
    assert not driver.window.drawing.content.is_empty
    monkeypatch.setattr(
        "tkinter.filedialog.asksaveasfilename", lambda **_words: str(tmp_path / "kept.ink")
    )
    answers.append(True)
    files.new()
    driver.until(lambda: driver.window.drawing.content.is_empty)
    assert (tmp_path / "kept.ink").exists()
    driver.seven()
    answers.append(False)
    files.new()
    assert driver.window.drawing.content.is_empty
    driver.seven()
    driver.window.remembered.change(ask_unsaved=False)
    files.new()
    assert driver.window.drawing.content.is_empty


def test_quitting_asks_and_saved_work_is_not_asked_about(
    driver: Driver, answers: list[bool | None], tmp_path: Path
) -> None:
    driver.seven()
    answers.append(None)
    driver.window.ask_close()
    assert driver.root.winfo_exists()
    driver.window.files.save(tmp_path / "a.svg")
    driver.until(lambda: "Saved" in driver.window.status)
    driver.window.ask_close()
    with pytest.raises(Exception, match="destroyed"):
        driver.root.winfo_exists()


def test_a_save_that_fails_keeps_the_window(
    driver: Driver, answers: list[bool | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.seven()
    nowhere = tmp_path / "no folder" / "a.ink"
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(nowhere))
    answers.append(True)
    driver.window.ask_close()
    driver.until(lambda: "does not exist" in driver.window.status)
    assert driver.root.winfo_exists()
    assert not driver.window.drawing.content.is_empty


def test_recent_files(driver: Driver, tmp_path: Path, profile: Path) -> None:
    files = driver.window.files
    driver.seven()
    for number in range(MOST_RECENT + 2):
        files.save(tmp_path / f"{number}.ink")
        driver.until(lambda: f"Saved {number}.ink" in driver.window.status)  # noqa: B023
    recent = driver.window.settings.recent
    assert [Path(name).name for name in recent[:2]] == ["11.ink", "10.ink"]
    assert len(recent) == MOST_RECENT
    files.open_recent(recent[3])
    driver.until(lambda: files.path == Path(recent[3]))
    Path(recent[5]).unlink()
    files.open_recent(recent[5])
    driver.until(lambda: "not there any more" in driver.window.status)
    assert recent[5] not in driver.window.settings.recent
    driver.until(lambda: len(remembered(profile).recent) == MOST_RECENT - 1)


@pytest.mark.parametrize("name", ["a.jpg", "a.svg"])
def test_a_drawing_is_saved_for_others(driver: Driver, tmp_path: Path, name: str) -> None:
    driver.seven()
    driver.window.files.save(tmp_path / name)
    driver.until(lambda: "Saved" in driver.window.status)
    data = (tmp_path / name).read_bytes()
    assert data.startswith(b"\xff\xd8" if name == "a.jpg" else b"<?xml")


# The clipboard


def test_a_picture_goes_over_the_clipboard(driver: Driver) -> None:
    if not any(os.access(f"{folder}/xclip", os.X_OK) for folder in os.get_exec_path()):
        if os.environ.get("CI"):
            pytest.fail("install xclip")
        pytest.skip("needs xclip")
    driver.seven()
    driver.settle()
    driver.window.clipboard.cut()
    driver.until(lambda: driver.window.drawing.content.is_empty)
    driver.window.clipboard.paste()
    driver.until(lambda: driver.window.drawing.content.background is not None)
    driver.settle()
    assert driver.window.prediction is not None and driver.window.prediction.text == "7"
    assert driver.window.files.is_unsaved
    driver.window.clipboard.copy_result()
    driver.window.remembered.change(ask_unsaved=False)
    driver.window.clipboard.paste()  # text now, and our own: nobody may wait for anybody
    driver.until(lambda: "no picture" in driver.window.status)


def test_without_a_tool_the_user_is_told_which(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    driver.seven()
    driver.window.clipboard.copy()
    driver.until(lambda: "apt install" in driver.window.status)
    driver.window.tell("")
    driver.window.remembered.change(ask_unsaved=False)
    driver.window.clipboard.paste()
    driver.until(lambda: "apt install" in driver.window.status)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Image.DecompressionBombError("too large"), "too many pixels"),
        (SyntaxError("broken PNG"), "damaged"),
        (ChildProcessError("no target"), "no picture"),
        (None, "no picture"),
        ([], "no picture"),
        (["/nowhere/a.png"], "no such file"),
        (Image.new("1", (14_200, 14_200)), "14,200"),
    ],
)
def test_what_cannot_be_pasted_is_told(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, found: object, said: str
) -> None:
    def grab() -> object:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("PIL.ImageGrab.grabclipboard", grab)
    driver.window.clipboard.paste()
    driver.until(lambda: said in driver.window.status)
    assert driver.window.drawing.content.is_empty


# After a crash


_PROGRAM = """
import sys, time
from app.window.main_window import MainWindow
from app.window.startup import open_root, start_the_rest
root = open_root()
window = MainWindow(root)
root.deiconify()
root.update()
start_the_rest(window, None)
window.autosaving.restore()
if sys.argv[1] == "draw":
    window.sketchpad.canvas.event_generate("<ButtonPress-1>", x=90, y=90)
    window.sketchpad.canvas.event_generate("<ButtonRelease-1>", x=99, y=200)
while True:
    root.update()
    time.sleep(0.005)
    strokes = len(window.drawing.content.strokes)
    if strokes and window.autosaving.is_kept:
        print(strokes, flush=True)
"""


def test_a_killed_programs_drawing_is_there_again(profile: Path, driver: Driver) -> None:
    for mode in ("draw", "look"):
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, mode], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert len(list((profile / "autosave").glob("[!.]*.ink"))) == 1
    driver.window.autosaving.restore()
    driver.until(lambda: len(driver.window.drawing.content.strokes) == 1)


def test_what_a_crash_left_is_there_again(open_window: Open, profile: Path) -> None:
    seven = Stroke.of([(100.0, 80.0), (300.0, 80.0), (180.0, 330.0)])
    drawing = DrawingFile().encoded(Content(strokes=(seven,)))
    kill(program(profile / "autosave", drawing.decode("ascii")))
    driver = open_window()
    driver.window.autosaving.restore()
    driver.until(lambda: len(driver.window.drawing.content.strokes) == 1)
    assert "here it is again" in driver.window.status
    assert driver.window.files.is_unsaved
    driver.settle()
    driver.window.close()
    assert list((profile / "autosave").iterdir()) == []


def test_an_unsaved_drawing_is_kept_until_it_is_saved(
    driver: Driver, profile: Path, tmp_path: Path
) -> None:
    driver.seven()
    kept = profile / "autosave"
    driver.until(lambda: kept.exists() and len(list(kept.glob("[!.]*.ink"))) == 1)
    driver.window.files.save(tmp_path / "seven.ink")
    driver.until(lambda: list(kept.glob("*.ink")) == [])


# Help


def test_the_hint_goes_with_the_first_stroke_and_stays_away(
    open_window: Open, profile: Path
) -> None:
    driver = open_window()
    assert "Draw a digit here" in written(driver)
    driver.seven()
    driver.settle()
    assert written(driver) == []
    driver.until(lambda: remembered(profile).hint_seen)


@pytest.mark.parametrize("name", ["settings", "guide", "shortcuts", "about"])
def test_each_window_of_help_opens_once_and_closes_by_escape(driver: Driver, name: str) -> None:
    show = getattr(driver.window.dialogs, f"show_{name}")
    dialog = show()
    driver.settle()
    assert show() is dialog
    driver.window.view.set_theme("dark")
    assert dialog.top.cget("background") == DARK.ground
    dialog.top.focus_force()
    driver.root.update()
    dialog.top.event_generate("<Escape>")
    driver.root.update()
    assert not dialog.exists
    assert show() is not dialog


def test_f1_opens_the_guide_with_its_pictures(driver: Driver) -> None:
    driver.key("<F1>")
    guide: Any = driver.window.dialogs.show_guide()
    assert len(guide.page.text.window_names()) == 7


def test_about_names_the_versions(driver: Driver) -> None:
    about: Any = driver.window.dialogs.show_about()
    card = json.loads(Path("models/digits.json").read_text(encoding="utf-8"))
    driver.until(lambda: card["sha256"][:12] in about.page.text.get("1.0", "end"))
    assert len(about.versions) == 7


def test_the_settings_dialog_changes_the_window(driver: Driver) -> None:
    dialog: Any = driver.window.dialogs.show_settings()
    dialog.theme.set(dialog.themes[2])
    dialog.set_theme()
    assert driver.window.look.palette is DARK
    for text in ("", "x", "900", "33"):
        dialog.pen_width.set(text)
    assert driver.window.sketchpad.pen_width == 33.0
    dialog.flags["show_raster"].set(False)
    dialog.set_flag("show_raster")
    driver.settle()
    assert not driver.window.panel.raster_view.winfo_ismapped()
    dialog.zoom.set("150 %")
    dialog.set_zoom()
    assert driver.window.settings.zoom == 1.5


def test_tooltips_come_and_go(driver: Driver) -> None:
    for tip in driver.window.tips:
        tip.show()
        driver.root.update()
        assert tip.top is not None and tip.top.winfo_ismapped()
        tip.hide()
        assert tip.top is None


def test_two_programs_keep_their_own_drawings(profile: Path) -> None:
    first, second = Autosave(profile), Autosave(profile)
    first.keep(b"1")
    second.keep(b"2")
    assert sorted(path.read_bytes() for path in profile.glob("*.ink")) == [b"1", b"2"]
    first.end()
    assert [path.read_bytes() for path in profile.glob("*.ink")] == [b"2"]
    second.end()


def test_what_is_said_moves_nothing(driver: Driver) -> None:
    canvas, bars = driver.canvas, driver.window.panel.bars
    driver.seven()
    driver.settle()
    places = (canvas.winfo_geometry(), bars.winfo_geometry(), driver.root.winfo_geometry())
    driver.key("<Key-7>")  # "as you taught" takes a line more
    driver.settle()
    driver.window.tell("Something that is no problem.")
    driver.root.update()
    assert (canvas.winfo_geometry(), bars.winfo_geometry(), driver.root.winfo_geometry()) == places


def test_the_focus_is_seen_on_every_button(driver: Driver) -> None:
    style = ttk.Style(driver.root)
    for name in ("TButton", "Toolbutton", "Main.TButton"):
        for state in ((), ("selected",)):
            edges = {
                str(style.lookup(name, "bordercolor", [*state, *focus]))
                for focus in ((), ("focus",))
            }
            assert len(edges) == 2, (name, state)
        assert str(style.lookup(name, "relief")) == "raised"  # a flat one draws no edge


def test_redraws_move_what_is_there_and_make_nothing_anew(driver: Driver) -> None:
    bars = driver.window.panel.bars
    driver.seven()
    driver.settle()
    items, places = bars.find_all(), set()
    for turn in range(60):
        share = turn / 60
        bars.show((share, 1 - share, *[0.0] * 8))
        driver.root.update_idletasks()
        places.add(tuple(bars.coords(items[2])))
    assert bars.find_all() == items
    assert len(places) > 30


def test_a_trace_of_the_start_remembers_nothing(profile: Path, root: object) -> None:
    assert root is not None  # a screen
    done = subprocess.run(
        [sys.executable, "-m", "app", "--trace-startup"], capture_output=True, check=True
    )
    assert json.loads(done.stdout)["recogniser_ms"] > 0
    assert not (profile / "settings.json").exists()
