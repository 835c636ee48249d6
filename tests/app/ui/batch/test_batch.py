"""Several files opened together in the real window."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import app.formats.folder_scan
from app.ink.drawing import Content
from app.ui.dialogs import progress as progress_module
from app.ui.dialogs.progress import CancelledError, Progress
from tests.app.ui.conftest import Driver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures of different widths, with one that is none between them."""
    folder = tmp_path / "pictures"
    (folder / "more").mkdir(parents=True)
    for width, name in ((30, "a.png"), (50, "c.png"), (60, "more/d.png")):
        picture = Image.new("L", (width, 90), 255)
        ImageDraw.Draw(picture).line([(15, 12), (15, 75)], fill=0, width=7)
        picture.save(folder / name)
    (folder / "b.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("not opened")
    return folder


def width(driver: Driver) -> int:
    background = driver.window.document.drawing.content.background
    return 0 if background is None else background.width


def test_a_folders_files_come_one_after_another(driver: Driver, folder: Path) -> None:
    window = driver.window
    window.features.batch.take([folder])
    driver.until(lambda: window.document.position == "1 of 4 – a.png")
    assert width(driver) == 30
    driver.until(lambda: driver.root.title() == "1 of 4 – a.png – 1 – Inkling")
    driver.key("<Next>")
    driver.until(lambda: "2 of 4 – b.png: This is not a picture" in window.status.text)
    assert window.document.is_blank, "the file before is not shown under the bad one's name"
    assert driver.root.title() == "2 of 4 – b.png – Inkling"
    panel = [child.cget("text") for child in window.panel.answer.winfo_children()[:2]]
    assert panel[0] == "" and "This is not a picture" in panel[1]
    driver.key("<Next>")
    driver.until(lambda: width(driver) == 50)
    driver.key("<Next>")
    driver.until(lambda: width(driver) == 60)
    assert not window.features.batch.has_next
    driver.key("<Next>")
    driver.key("<Prior>")
    driver.until(lambda: width(driver) == 50)
    assert window.preferences.settings.recent == (), (
        "a batch does not fill the list of recent files"
    )


def ends(driver: Driver, folder: Path) -> dict[str, Callable[[], object]]:
    """Return every way in which a batch ends, by name."""
    window = driver.window
    document, features = window.document, window.features

    def draw_anew() -> None:
        document.clear()
        driver.seven()

    def draw_on_a_bad_one() -> None:
        features.batch.step(1)
        driver.until(lambda: bool(document.problem))
        driver.seven()

    def paste() -> None:
        document.replace(Content(background=Image.new("L", (4, 4))))
        document.mark_saved(Content())

    return {
        "new": features.files.new,
        "paste": paste,
        "draw": draw_anew,
        "draw on a bad one": draw_on_a_bad_one,
        "open one": lambda: features.batch.take([folder / "c.png"]),
        "close": lambda: features.batch_bar.close.invoke(),
    }


def test_the_bar_goes_when_the_batch_does(driver: Driver, folder: Path) -> None:
    window = driver.window
    window.preferences.change(ask_unsaved=False)
    bar, batch = window.features.batch_bar, window.features.batch
    for way, end in ends(driver, folder).items():
        batch.begin([folder / "a.png", folder / "b.png", folder / "c.png"])
        driver.until(lambda: window.document.position == "1 of 3 – a.png")
        assert bar.winfo_manager(), way
        driver.seven()  # on the picture: it is still this file
        assert bar.winfo_manager() and batch.has_next, way
        end()
        driver.until(lambda: not bar.winfo_manager())
        assert not batch.paths and not batch.has_next, way
        driver.until(lambda: " of 3" not in driver.root.title())
    assert window.document.path == folder / "a.png" and not window.document.is_blank


def test_after_a_batch_there_is_no_file_before(driver: Driver, folder: Path) -> None:
    batch = driver.window.features.batch
    batch.begin([folder / "a.png", folder / "c.png"])
    batch.step(1)
    driver.until(lambda: width(driver) == 50)
    assert batch.has_previous
    batch.close()
    assert not batch.has_previous


def test_unsaved_ink_is_asked_about_once(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    answers = [None, "discard"]

    def ask(*_asked: object) -> str | None:
        asked.append(True)
        return answers.pop(0)

    monkeypatch.setattr("app.ui.dialogs.prompts.choose", ask)
    driver.window.features.batch.begin([folder / "a.png", folder / "c.png"])
    driver.until(lambda: width(driver) == 30)
    driver.seven()
    driver.key("<Next>")  # stays
    assert len(asked) == 1 and width(driver) == 30
    driver.key("<Next>")
    driver.until(lambda: width(driver) == 50)
    assert len(asked) == 2 and not driver.window.document.drawing.content.strokes


def test_files_chosen_together_are_opened(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (str(folder / "c.png"), str(folder / "a.png"))
    monkeypatch.setattr("tkinter.filedialog.askopenfilenames", lambda **_words: names)
    driver.key("<Control-o>")
    driver.until(lambda: driver.window.document.position == "1 of 2 – c.png")
    asked: list[str] = []

    def ask(**words: str) -> str:
        asked.append(words["initialdir"])
        return str(folder)

    monkeypatch.setattr("tkinter.filedialog.askdirectory", ask)
    driver.window.features.batch.ask_folder()
    driver.until(lambda: driver.window.document.position == "1 of 4 – a.png")
    driver.window.preferences.change(last_folder=str(folder / "more"))
    driver.window.features.batch.ask_folder()
    assert asked == [str(folder), str(folder / "more")]
    assert driver.window.preferences.settings.last_folder == str(folder)


def test_an_empty_folder_and_a_missing_file_give_messages(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    driver.window.features.batch.take([tmp_path / "empty"])
    driver.until(lambda: "has no pictures" in driver.window.status.text)
    driver.window.features.batch.take([tmp_path / "gone.png"])
    driver.until(lambda: "gone.png: There is no such file" in driver.window.status.text)


def test_a_long_search_shows_itself_and_can_be_cancelled(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "_SHOW_AFTER_MS", 1)
    go_on, whole = threading.Event(), app.formats.folder_scan.expand_paths

    def slow(paths: list[Path], step: Callable[[int], None]) -> list[Path]:
        step(1234)
        assert go_on.wait(20)
        return whole(paths, step)

    monkeypatch.setattr(app.formats.folder_scan, "expand_paths", slow)
    driver.seven()
    before = driver.window.document.drawing.content
    tasks = driver.window.features.tasks
    driver.window.features.batch.take([folder])
    driver.until(lambda: bool(tasks.shown))
    (shown,) = tasks.shown
    driver.until(lambda: shown.count.cget("text") == "1,234")
    driver.window.features.appearance.set_theme("dark")
    driver.window.features.appearance.set_language("zh_CN")
    assert shown.button.cget("text") == "取消"
    driver.window.features.appearance.set_language("en")
    shown.button.invoke()
    go_on.set()
    driver.until(lambda: "Cancelled" in driver.window.status.text)
    driver.until(lambda: not tasks.shown)
    assert not shown.exists
    assert driver.window.document.drawing.content is before


def test_what_is_cancelled_ends_at_its_next_step() -> None:
    progress = Progress()
    progress(1, 2)
    progress.cancelled = True
    with pytest.raises(CancelledError, match="nothing has changed"):
        progress(2, 2)
    with pytest.raises(ZeroDivisionError):
        progress.watched(lambda: 1 / 0)()
    assert progress.over


def test_undo_does_not_keep_all_pictures_of_a_batch(driver: Driver) -> None:
    drawing = driver.window.document.drawing
    for _number in range(30):
        drawing.replace(Content(background=Image.new("L", (4, 4))))
    steps = 0
    while drawing.undo():
        steps += 1
    assert 8 <= steps <= 10
