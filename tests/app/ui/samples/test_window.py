"""The window "My samples": relabel, delete, undo, export, import, open as a drawing."""

import csv
import io
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

import pytest
from PIL import Image

from app.formats.sample import Sample, encode_sample, new_sample
from app.formats.sample_archive import strokes_archive
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import SampleStore
from app.ui.dialogs.progress import CancelledError
from app.ui.samples.import_export import import_samples
from app.ui.samples.window import SamplesWindow
from tests.app.ui.conftest import Driver
from tests.app.ui.reading import widgets


def teach(folder: Path, *labels: str) -> None:
    """Store a sample for every label, before the program starts."""
    for number, label in enumerate(labels):
        stroke = Stroke.of([(50, 50), (60 + 20 * number, 200), (50, 300)])
        sample = new_sample(Content(strokes=(stroke,)), label, predicted="7", model="ab")
        SampleStore(folder).add(encode_sample(sample), sample.time)


def labels(folder: Path) -> list[str]:
    return [json.loads(path.read_bytes())["label"] for path in sorted(folder.glob("*.ink"))]


def samples_window(driver: Driver) -> SamplesWindow:
    window = driver.window.features.windows.get("samples")
    assert isinstance(window, SamplesWindow)
    return window


@pytest.fixture
def opened(samples: Path, open_window: Callable[..., Driver]) -> tuple[Driver, SamplesWindow]:
    """The window with four samples."""
    teach(samples, "1", "4", "", "4")
    driver = open_window()
    driver.settle()
    driver.key("<Control-m>")
    driver.settle()
    return driver, samples_window(driver)


def press(driver: Driver, window: SamplesWindow, sequence: str) -> None:
    window.grid.canvas.focus_force()
    driver.root.update()
    window.grid.canvas.event_generate(sequence)
    driver.settle()


def enabled_buttons(window: SamplesWindow) -> set[str]:
    """Return the texts of the buttons that are enabled."""
    buttons = [one for one in widgets(window.top) if type(one) is ttk.Button]
    return {str(one.cget("text")) for one in buttons if one.instate(["!disabled"])}


def click(driver: Driver, window: SamplesWindow, index: int, state: int = 0) -> None:
    canvas, px = window.grid.canvas, driver.window.theme.px
    canvas.event_generate("<Button-1>", x=px(96) * index + px(40), y=px(40), state=state)
    driver.settle()


def test_it_shows_all_and_those_of_one_label(opened: tuple[Driver, SamplesWindow]) -> None:
    driver, window = opened
    window.grid.select_all()
    assert len(window.grid.selected) == 4
    assert len(window.grid.canvas.find_withtag("all")) == 4 * 3  # frame, picture, caption
    window.filter.set("4")
    window._fill_grid()
    window.grid.select_all()
    assert len(window.grid.selected) == 2
    driver.settle()


def test_relabel_delete_and_undo(opened: tuple[Driver, SamplesWindow], samples: Path) -> None:
    driver, window = opened
    click(driver, window, 0)
    press(driver, window, "<Key-9>")
    assert labels(samples) == ["1", "4", "", "9"] and "1 sample relabelled" in window.status.text
    click(driver, window, 1)
    click(driver, window, 2, state=0x4)
    press(driver, window, "<Delete>")
    assert labels(samples) == ["1", "9"] and "2 samples deleted" in window.status.text
    press(driver, window, "<Control-z>")
    assert window.status.text == "2 samples are back."
    press(driver, window, "<Control-z>")
    assert window.status.text == "1 sample has its old label again."
    assert labels(samples) == ["1", "4", "", "4"]
    press(driver, window, "<Control-z>")
    assert "nothing to undo" in window.status.text


def test_without_a_selection_a_digit_goes_to_its_first_sample(
    opened: tuple[Driver, SamplesWindow], samples: Path
) -> None:
    driver, window = opened
    press(driver, window, "<Key-1>")  # the oldest: the last one
    assert labels(samples) == ["1", "4", "", "4"] and window.grid.selected == []
    window.grid.canvas.event_generate("<Left>")
    driver.settle()
    assert [window._stored[name].sample.label for name in window.grid.selected] == ["4"]


def test_command_takes_the_place_of_control_on_macos(
    samples: Path, open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.menu.key_bindings.is_mac", lambda _widget: True)
    teach(samples, "1", "4", "", "4")
    driver = open_window()
    driver.settle()
    driver.window.features.show("samples")
    driver.settle()
    window = samples_window(driver)
    click(driver, window, 0)
    click(driver, window, 1, state=0x8)
    assert len(window.grid.selected) == 2
    press(driver, window, "<Command-a>")
    assert len(window.grid.selected) == 4
    press(driver, window, "<Command-z>")
    assert "nothing to undo" in window.status.text


def test_keys_move_the_selection_and_shift_extends_it(
    opened: tuple[Driver, SamplesWindow],
) -> None:
    driver, window = opened
    names = [cell.name for cell in window._cells()]
    click(driver, window, 0)
    press(driver, window, "<Right>")
    assert window.grid.selected == names[1:2]
    click(driver, window, 3, state=0x1)
    assert window.grid.selected == names[1:4]
    press(driver, window, "<Up>")
    assert len(window.grid.selected) == 1


def test_a_sample_opens_as_the_drawing(opened: tuple[Driver, SamplesWindow]) -> None:
    driver, window = opened
    click(driver, window, 0)
    press(driver, window, "<Return>")
    assert len(driver.window.document.content.strokes) == 1
    assert driver.window.selection.prediction is not None


def test_a_correction_appears_while_it_is_open(opened: tuple[Driver, SamplesWindow]) -> None:
    driver, window = opened
    driver.seven()
    driver.key("<Key-5>")
    driver.settle()
    driver.settle()
    assert len(window._cells()) == 5


def test_what_is_exported_can_be_imported(
    opened: tuple[Driver, SamplesWindow], samples: Path, tmp_path: Path
) -> None:
    driver, window = opened
    path = tmp_path / "mine.ink.zip"
    window.files.export(window._to_export(), path)
    driver.until(lambda: "exported" in window.status.text)
    window.grid.select_all()
    press(driver, window, "<Delete>")
    assert labels(samples) == []
    window.files.import_files([path])
    driver.until(lambda: "imported" in window.status.text)
    driver.settle()
    assert sorted(labels(samples)) == ["", "1", "4", "4"]


def test_pictures_and_a_table_are_exported(
    opened: tuple[Driver, SamplesWindow], tmp_path: Path
) -> None:
    driver, window = opened
    path = tmp_path / "mine.png.zip"
    window.files.export(window._to_export(), path)
    driver.until(lambda: "exported" in window.status.text)
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("samples.csv").decode())))
        assert [row["label"] for row in rows] == ["1", "4", "", "4"]
        pictures = [Image.open(io.BytesIO(archive.read(row["file"]))) for row in rows]
    assert all(picture.size == (400, 400) for picture in pictures)


def test_what_cannot_be_imported_is_reported_and_the_rest_is_imported(
    opened: tuple[Driver, SamplesWindow], samples: Path, tmp_path: Path
) -> None:
    driver, window = opened
    archive, text = tmp_path / "a.zip", tmp_path / "b.ink"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("bad.ink", "{")
        file.writestr("good.ink", next(samples.glob("*.ink")).read_bytes())
    text.write_text("hello")
    window.files.import_files([archive, text, tmp_path / "none.zip"])
    driver.until(lambda: "imported" in window.status.text)
    assert "1 sample imported" in window.status.text and "3 could not be read" in window.status.text
    driver.settle()
    assert len(labels(samples)) == 5


def test_a_cancelled_import_is_undone(samples: Path, tmp_path: Path) -> None:
    teach(samples, "1", "2", "3")
    recogniser = PersonalRecogniser(shipped_recogniser(), SampleStore(samples))
    archive = tmp_path / "a.zip"
    archive.write_bytes(strokes_archive([one.sample for one in recogniser.stored_samples()]))
    calls: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        calls.append((done, total))
        if done == 2:
            raise CancelledError("as it was")

    with pytest.raises(CancelledError):
        import_samples(recogniser, [archive], progress)
    assert calls == [(0, 3), (1, 3), (2, 3)]
    assert labels(samples) == ["1", "2", "3"] and len(recogniser) == 3


def test_a_cancelled_export_writes_nothing(
    opened: tuple[Driver, SamplesWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, window = opened
    monkeypatch.setattr("app.ui.dialogs.progress._SHOW_AFTER_MS", 1)
    go_on = threading.Event()

    def slow(samples: list[Sample], step: Callable[[int, int], None]) -> bytes:
        step(1, len(samples))
        assert go_on.wait(20)
        return strokes_archive(samples, step)

    monkeypatch.setattr("app.formats.sample_archive.strokes_archive", slow)
    window.files.export(window._to_export(), tmp_path / "mine.ink.zip")
    tasks = driver.window.features.tasks
    driver.until(lambda: bool(tasks.shown) and tasks.shown[0].count.cget("text") == "1 of 4")
    tasks.cancel_all()
    go_on.set()
    driver.until(lambda: "Cancelled" in window.status.text)
    driver.until(lambda: not tasks.shown)
    assert list(tmp_path.glob("*mine*")) == []


def test_without_samples_it_shows_how_to_begin(driver: Driver) -> None:
    driver.key("<Control-m>")
    driver.settle()
    window = samples_window(driver)
    assert "press the right digit" in window.grid.empty_text
    assert enabled_buttons(window) == {"Open Folder", "Import…"}
    window.files.ask_export([])
    assert "no samples" in window.status.text
    window.close()
    driver.window.features.appearance.set_theme("dark")
    driver.key("<Control-m>")
    driver.settle()
    assert samples_window(driver) is not window
