"""Opening and saving in the real window: nothing is lost, and failures are shown."""

import struct
import threading
import time
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.file_reader import read_content
from app.formats.drawing_file import parse_drawing
from app.ink.drawing import Content
from app.ui.main_window import NAME
from tests.app.ui.conftest import Driver


def strokes(driver: Driver) -> int:
    return len(driver.window.document.drawing.content.strokes)


def shown_image(driver: Driver) -> "np.typing.NDArray[np.uint8]":
    return np.asarray(driver.window.sketchpad.picture())


def test_what_is_seen_is_what_save_writes(driver: Driver, tmp_path: Path) -> None:
    driver.seven()
    driver.settle()
    driver.window.features.files.save(tmp_path / "seven.png")
    driver.until(lambda: "Saved seven.png" in driver.window.status.text)
    with Image.open(tmp_path / "seven.png") as saved:
        assert np.array_equal(np.asarray(saved), shown_image(driver))
    driver.window.features.files.save(tmp_path / "seven.ink")
    driver.until(lambda: "Saved seven.ink" in driver.window.status.text)
    kept = parse_drawing((tmp_path / "seven.ink").read_bytes())
    assert len(kept.strokes[0].points) == 3


def test_a_saved_drawing_opens_again(driver: Driver, tmp_path: Path) -> None:
    driver.seven()
    driver.settle()
    for name in ("seven.ink", "seven.png"):
        driver.window.features.files.save(tmp_path / name)
        driver.until(lambda: f"Saved {name}" in driver.window.status.text)  # noqa: B023
        driver.key("<Escape>")
        driver.settle()
        driver.window.features.files.open(tmp_path / name)
        driver.until(lambda: driver.root.title() == f"{name} – 7 – {NAME}")  # noqa: B023


def test_a_file_that_cannot_be_opened_leaves_an_empty_canvas_and_undo(
    driver: Driver, tmp_path: Path
) -> None:
    (tmp_path / "bad.png").write_bytes(b"no picture")
    driver.seven()
    driver.window.features.files.open(tmp_path / "bad.png")
    driver.until(lambda: "not a picture" in driver.window.status.text)
    assert strokes(driver) == 0 and driver.root.title() == f"bad.png – {NAME}"
    assert driver.window.document.path is None  # Save does not write to it
    driver.key("<Control-z>")
    driver.settle()
    assert strokes(driver) == 1 and driver.root.title() == f"*Untitled – 7 – {NAME}"


def test_a_save_that_fails_says_so(driver: Driver, tmp_path: Path) -> None:
    driver.seven()
    driver.window.features.files.save(tmp_path / "no folder" / "seven.png")
    driver.until(lambda: "does not exist" in driver.window.status.text)


def test_the_time_runs_on_from_a_file(driver: Driver, tmp_path: Path) -> None:
    driver.stroke([(100, 100), (120, 300)], start_ms=100)
    driver.window.features.files.save(tmp_path / "one.ink")
    driver.until(lambda: "Saved" in driver.window.status.text)
    driver.key("<Escape>")
    driver.window.features.files.open(tmp_path / "one.ink")
    driver.until(lambda: strokes(driver) == 1)
    driver.stroke([(200, 100), (220, 300)], start_ms=900_000_000)
    first, second = driver.window.document.drawing.content.strokes
    assert second.points[0].t == first.points[-1].t + 500


def test_a_picture_is_not_lost_in_a_strokes_file(driver: Driver, tmp_path: Path) -> None:
    Image.new("L", (40, 40), 200).save(tmp_path / "grey.png")
    driver.window.features.files.open(tmp_path / "grey.png")
    driver.until(lambda: driver.window.document.drawing.content.background is not None)
    driver.settle()
    driver.window.features.files.save(tmp_path / "a.xyz")
    driver.until(lambda: "ends in .png" in driver.window.status.text)
    assert not (tmp_path / "a.xyz").exists()
    driver.window.features.files.save(tmp_path / "a.ink")
    driver.until(lambda: "Saved a.ink" in driver.window.status.text)
    back = read_content(tmp_path / "a.ink").background
    assert back is not None and back.size == (40, 40)


def test_the_last_file_opened_stays(driver: Driver, tmp_path: Path) -> None:
    Image.new("L", (6000, 6000), 255).save(tmp_path / "slow.png")
    Image.new("L", (30, 60), 255).save(tmp_path / "fast.png")
    driver.window.features.files.open(tmp_path / "slow.png")
    driver.window.features.files.open(tmp_path / "fast.png")
    driver.until(lambda: driver.window.document.drawing.content.background is not None)
    for _turn in range(300):
        driver.root.update()
        time.sleep(0.003)
    background = driver.window.document.drawing.content.background
    assert background is not None and background.size == (30, 60)


def test_opening_can_be_cancelled(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.dialogs.progress._SHOW_AFTER_MS", 1)
    go_on, ended = threading.Event(), threading.Event()

    def slow(_path: Path) -> Content:
        assert go_on.wait(20)
        ended.set()
        return Content()

    monkeypatch.setattr("app.file_reader.read_content", slow)
    driver.seven()
    before = driver.window.document.drawing.content
    driver.window.features.files.open(tmp_path / "slow.png")
    tasks = driver.window.features.tasks
    driver.until(lambda: bool(tasks.shown))
    tasks.cancel_all()
    driver.until(lambda: not tasks.shown)  # it does not wait for a disk in another country
    assert "Cancelled" in driver.window.status.text
    go_on.set()
    driver.until(ended.is_set)
    driver.settle()
    assert driver.window.document.drawing.content is before


def test_a_picture_of_200_megapixels_is_refused_before_it_is_decoded(
    driver: Driver, tmp_path: Path
) -> None:
    stream = BytesIO()
    Image.new("L", (8, 8)).save(stream, "PNG")
    data = stream.getvalue()
    head = data[12:16] + struct.pack(">II", 20_000, 10_000) + data[24:29]
    huge = data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    (tmp_path / "huge.png").write_bytes(huge)
    driver.seven()
    driver.window.features.files.open(tmp_path / "huge.png")
    driver.until(lambda: "huge.png: The picture has" in driver.window.status.text)
    assert "8,000" in driver.window.status.text
    driver.window.document.undo()
    assert strokes(driver) == 1
