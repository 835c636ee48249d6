"""Unsaved work is asked about, files are remembered, and a crash loses nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.formats.drawing_file import DrawingEncoder
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.storage.autosave_store import Autosave
from app.storage.settings import MOST_RECENT
from tests.app.storage.test_autosave_store import kill, program
from tests.app.ui.conftest import Driver
from tests.app.ui.remembering import Open, remembered


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | None]]:
    """What the user says when asked whether to save; every answer has to be asked for."""
    given: list[str | None] = []
    monkeypatch.setattr("app.ui.dialogs.prompts.choose", lambda *_asked: given.pop(0))
    yield given
    assert not given, "was not asked"


def test_unsaved_work_is_asked_about(
    driver: Driver, answers: list[str | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = driver.window.features.files
    files.new()  # nothing drawn, nothing asked
    driver.seven()
    driver.settle()
    answers.append(None)
    files.new()
    assert not driver.window.document.drawing.content.is_empty
    monkeypatch.setattr(
        "tkinter.filedialog.asksaveasfilename", lambda **_words: str(tmp_path / "kept.ink")
    )
    answers.append("save")
    files.new()
    driver.until(lambda: driver.window.document.drawing.content.is_empty)
    assert (tmp_path / "kept.ink").exists()
    driver.seven()
    answers.append("discard")
    files.new()
    assert driver.window.document.drawing.content.is_empty
    driver.seven()
    driver.window.preferences.change(ask_unsaved=False)
    files.new()
    assert driver.window.document.drawing.content.is_empty


def test_quitting_asks_and_saved_work_is_not_asked_about(
    driver: Driver, answers: list[str | None], tmp_path: Path
) -> None:
    driver.seven()
    answers.append(None)
    driver.window.features.ask_close()
    assert driver.root.winfo_exists()
    driver.window.features.files.save(tmp_path / "a.svg")
    driver.until(lambda: "Saved" in driver.window.status.text)
    driver.window.features.ask_close()
    with pytest.raises(Exception, match="destroyed"):
        driver.root.winfo_exists()


def test_a_save_that_fails_keeps_the_window(
    driver: Driver, answers: list[str | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.seven()
    nowhere = tmp_path / "no folder" / "a.ink"
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(nowhere))
    answers.append("save")
    driver.window.features.ask_close()
    driver.until(lambda: "does not exist" in driver.window.status.text)
    assert driver.root.winfo_exists()
    assert not driver.window.document.drawing.content.is_empty


def test_recent_files(driver: Driver, tmp_path: Path, profile: Path) -> None:
    files = driver.window.features.files
    driver.seven()
    for number in range(MOST_RECENT + 2):
        files.save(tmp_path / f"{number}.ink")
        driver.until(lambda: f"Saved {number}.ink" in driver.window.status.text)  # noqa: B023
    recent = driver.window.preferences.settings.recent
    assert [Path(name).name for name in recent[:2]] == ["11.ink", "10.ink"]
    assert len(recent) == MOST_RECENT
    batch = driver.window.features.batch
    batch.open_recent(recent[3])
    driver.until(lambda: driver.window.document.path == Path(recent[3]))
    Path(recent[5]).unlink()
    batch.open_recent(recent[5])
    driver.until(lambda: "no longer exists" in driver.window.status.text)
    assert recent[5] not in driver.window.preferences.settings.recent
    driver.until(lambda: len(remembered(profile).recent) == MOST_RECENT - 1)


@pytest.mark.parametrize("name", ["a.jpg", "a.svg"])
def test_a_drawing_is_saved_for_others(driver: Driver, tmp_path: Path, name: str) -> None:
    driver.seven()
    driver.window.features.files.save(tmp_path / name)
    driver.until(lambda: "Saved" in driver.window.status.text)
    data = (tmp_path / name).read_bytes()
    assert data.startswith(b"\xff\xd8" if name == "a.jpg" else b"<?xml")


def test_a_saved_svg_opens_again(driver: Driver, tmp_path: Path) -> None:
    driver.seven()
    points = driver.window.document.drawing.content.strokes[0].points
    driver.window.features.files.save(tmp_path / "a.svg")
    driver.until(lambda: "Saved" in driver.window.status.text)
    (recent,) = driver.window.preferences.settings.recent
    driver.window.document.clear()
    driver.window.features.batch.open_recent(recent)
    driver.until(lambda: not driver.window.document.drawing.content.is_empty)
    (stroke,) = driver.window.document.drawing.content.strokes
    assert [point[:2] for point in stroke.points] == [
        pytest.approx(point[:2], abs=1e-3) for point in points
    ]


_PROGRAM = """
import sys, time
from app.ui.main_window import MainWindow
from app.ui.startup import open_root, start_the_rest
root = open_root()
window = MainWindow(root)
root.deiconify()
root.update()
start_the_rest(window, None)
window.features.autosave.restore()
if sys.argv[1] == "picture":
    from PIL import Image
    from app.file_reader import picture_content
    window.selection.switch(True)
    window.document.replace(picture_content(Image.new("RGB", (300, 200), (200, 10, 10))))
    window.features.picture_tool.use()
    window.features.picture_tool.nudge(-12, 8)
    window.tools.use("pen")
if sys.argv[1] != "look":
    window.sketchpad.canvas.event_generate("<ButtonPress-1>", x=90, y=90)
    window.sketchpad.canvas.event_generate("<ButtonRelease-1>", x=99, y=200)
while True:
    root.update()
    time.sleep(0.005)
    strokes = len(window.document.drawing.content.strokes)
    if strokes and window.features.autosave.is_written and not window.preferences.is_writing:
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
    driver.window.features.autosave.restore()
    driver.until(lambda: len(driver.window.document.drawing.content.strokes) == 1)


def test_a_killed_programs_number_on_a_picture_is_there_again(
    open_window: Open, profile: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, "picture"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "1\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    driver = open_window()
    driver.settle()
    driver.window.features.autosave.restore()
    driver.until(lambda: len(driver.window.document.drawing.content.strokes) == 1)
    content = driver.window.document.drawing.content
    assert content.background is not None and content.background.size == (300, 200)
    assert content.background.getpixel((5, 5)) == (200, 10, 10)
    assert content.background_rect is not None and content.background_rect != content.page
    assert driver.window.preferences.settings.number and driver.window.document.is_unsaved
    driver.settle()
    driver.until(lambda: len(list((profile / "autosave").glob("[!.]*.ink"))) == 1)


def test_what_a_crash_left_is_there_again(open_window: Open, profile: Path) -> None:
    seven = Stroke.of([(100.0, 80.0), (300.0, 80.0), (180.0, 330.0)])
    drawing = DrawingEncoder().encode(Content(strokes=(seven,)))
    kill(program(profile / "autosave", drawing.decode("ascii")))
    driver = open_window()
    driver.window.features.autosave.restore()
    driver.until(lambda: len(driver.window.document.drawing.content.strokes) == 1)
    assert "here it is again" in driver.window.status.text
    assert driver.window.document.is_unsaved
    driver.settle()
    driver.window.close()
    assert list((profile / "autosave").iterdir()) == []


def test_an_unsaved_drawing_is_kept_until_it_is_saved(
    driver: Driver, profile: Path, tmp_path: Path
) -> None:
    driver.seven()
    kept = profile / "autosave"
    driver.until(lambda: kept.exists() and len(list(kept.glob("[!.]*.ink"))) == 1)
    driver.window.features.files.save(tmp_path / "seven.ink")
    driver.until(lambda: list(kept.glob("*.ink")) == [])


def test_two_programs_keep_their_own_drawings(profile: Path) -> None:
    first, second = Autosave(profile), Autosave(profile)
    first.save(b"1")
    second.save(b"2")
    assert sorted(path.read_bytes() for path in profile.glob("*.ink")) == [b"1", b"2"]
    first.close()
    assert [path.read_bytes() for path in profile.glob("*.ink")] == [b"2"]
    second.close()


def test_saving_suggests_a_drawings_name_and_says_what_a_picture_lacks(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def ask(**words: Any) -> str:
        asked.append(words)
        return str(tmp_path / "kept.png")

    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", ask)
    driver.seven()
    driver.settle()
    driver.window.features.files.ask_or_save()
    driver.until(lambda: "kept.png as a picture" in driver.window.status.text)
    assert asked[0]["defaultextension"] == ".ink" and "*.ink" in asked[0]["filetypes"][0]
    assert asked[0]["initialfile"] == f"7 {date.today().isoformat()}.ink"
    assert driver.root.title() == "kept.png – 7 – Inkling"
    driver.seven()
    driver.settle()
    assert driver.root.title().startswith("*kept.png – ")
    driver.window.features.files.ask_save()
    assert asked[1]["initialfile"] == "kept.ink" and asked[1]["initialdir"] == str(tmp_path)
