"""The bar and the list of a batch's files in the real window."""

import csv
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.ui.batch.batch_list import BatchList
from tests.app.ui.conftest import Driver


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """A one, what is no picture, and a seven in a folder of its own."""
    (tmp_path / "more").mkdir()
    paths = [tmp_path / "one.png", tmp_path / "bad.png", tmp_path / "more" / "seven.png"]
    lines: tuple[list[tuple[int, int]], ...] = (
        [(45, 15), (45, 105)],
        [],
        [(20, 20), (75, 20), (40, 105)],
    )
    for path, line in zip(paths, lines, strict=True):
        picture = Image.new("L", (90, 120), 255)
        ImageDraw.Draw(picture).line(line, fill=0, width=9)
        picture.save(path)
    paths[1].write_bytes(b"no picture")
    return paths


def opened(driver: Driver, paths: list[Path]) -> BatchList:
    """Open the files as a batch, and the window that lists them."""
    driver.window.features.batch.begin(paths)
    driver.until(lambda: driver.window.document.path == paths[0])
    driver.key("<Control-j>")
    listing = driver.window.features.windows.get("files")
    assert isinstance(listing, BatchList)
    driver.settle()
    return listing


def row(listing: BatchList, index: int) -> tuple[str, ...]:
    """Return the texts of a row: number, name, answer."""
    return tuple(str(value) for value in listing.rows.item(str(index), "values"))


def test_the_bar_shows_the_position_and_steps(driver: Driver, paths: list[Path]) -> None:
    batch, bar = driver.window.features.batch, driver.window.features.batch_bar
    assert not bar.winfo_manager()
    batch.begin(paths)
    assert bar.winfo_manager() == "grid"
    driver.until(lambda: driver.window.document.path == paths[0])
    assert bar.position.cget("text") == "1 of 3 – one.png"
    assert bar.previous.instate(["disabled"])
    bar.next.invoke()
    bar.next.invoke()
    driver.until(lambda: driver.window.document.path == paths[2])
    assert bar.position.cget("text") == "3 of 3 – seven.png"
    assert bar.next.instate(["disabled"]) and bar.previous.instate(["!disabled"])
    batch.begin(paths[:1])  # one file alone needs no bar
    assert not bar.winfo_manager()


def test_the_list_goes_to_any_file_and_shows_the_answers(driver: Driver, paths: list[Path]) -> None:
    listing = opened(driver, paths)
    driver.until(lambda: row(listing, 0) == ("1", "one.png", "1"))
    assert listing.position.cget("text") == "1 of 3 – one.png"
    driver.until(lambda: row(listing, 2) == ("3", str(Path("more", "seven.png")), "7"))
    assert row(listing, 1)[2] == "cannot be opened"
    listing.rows.event_generate("<End>")
    listing.rows.event_generate("<Return>")
    driver.until(lambda: driver.window.document.path == paths[2])
    driver.until(lambda: row(listing, 2)[2] == "7")
    assert listing.position.cget("text") == "3 of 3 – seven.png"
    driver.window.features.batch.step(-1)
    driver.until(lambda: row(listing, 1)[2] == "cannot be opened")
    assert listing.rows.selection() == ("1",)
    driver.window.selection.switch(True)  # what was read as digits was not read as numbers
    assert (row(listing, 2)[2], row(listing, 1)[2]) == ("", "cannot be opened")
    driver.window.selection.switch(False)
    assert row(listing, 2)[2] == "7"
    driver.settle()
    driver.window.features.batch.begin(paths[:1])
    assert not listing.exists


def test_a_drawing_does_not_change_the_files_answer(driver: Driver, paths: list[Path]) -> None:
    listing = opened(driver, paths)
    driver.until(lambda: row(listing, 0)[2] == "1")
    driver.stroke([(60 + 31 * x % 300, 40 + 77 * x % 300) for x in range(40)])
    driver.settle()
    assert row(listing, 0)[2] == "1"


def test_unsaved_ink_is_asked_about_before_the_list_opens_another(
    driver: Driver, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("app.ui.dialogs.prompts.choose", lambda *_asked: asked.append(True))
    listing = opened(driver, paths)
    driver.seven()
    driver.settle()
    before = driver.window.document.drawing.content
    listing.rows.selection_set("2")
    listing.open_chosen()
    assert asked == [True] and driver.window.document.drawing.content is before
    assert listing.position.cget("text") == "1 of 3 – one.png"


def test_ten_thousand_files_do_not_block_the_window(
    driver: Driver, paths: list[Path], tmp_path: Path
) -> None:
    many = [paths[0], *(tmp_path / f"{number}.png" for number in range(9_999))]
    listing = opened(driver, many)
    driver.until(lambda: len(listing.rows.get_children()) == 10_000)
    assert row(listing, 9_999)[0] == "10,000"
    driver.window.features.batch.go_to(9_999)
    driver.until(lambda: "There is no such file" in driver.window.status.text)
    assert listing.rows.selection() == ("9999",)


@pytest.mark.parametrize("name", ["a\nb.png", "a\udcffb.png", "long" * 60 + ".png"])
def test_odd_names_are_one_line_and_not_too_long(
    driver: Driver, paths: list[Path], tmp_path: Path, name: str
) -> None:
    odd = tmp_path / name
    try:
        paths[0].rename(odd)
    except OSError:
        pytest.skip("no such names on this disk")
    listing = opened(driver, [odd, paths[2]])
    texts = [driver.window.document.position, listing.position.cget("text")]
    texts.append(row(listing, 0)[1])
    texts.append(str(driver.window.features.batch_bar.position.cget("text")))
    assert all(0 < len(text) < 110 and "\n" not in text for text in texts)
    assert all(text.endswith(".png") for text in texts)


def test_all_files_are_read_filtered_and_exported(
    driver: Driver, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = opened(driver, paths)
    reading = driver.window.features.batch_reading
    driver.until(lambda: not reading.is_running)
    assert listing.progress.cget("text") == "3 of 3 read"
    assert listing.stop.instate(["disabled"])
    texts = [str(button.cget("text")) for button in listing.filter_buttons.values()]
    assert texts == ["All (3)", "Unsure (0)", "Refused (1)"]
    driver.until(lambda: bool(listing.rows.item("0", "image")))
    listing.filter_buttons["refused"].invoke()
    assert listing.rows.get_children() == ("1",)
    listing.filter_buttons["all"].invoke()
    assert listing.rows.get_children() == ("0", "1", "2")
    table = tmp_path / "answers.csv"
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(table))
    listing.export.invoke()
    driver.until(table.exists)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [one["text"] for one in rows] == ["1", "", "7"]
    assert "not a picture" in rows[1]["error"] and rows[2]["id"] == str(paths[2])


def test_reading_can_be_cancelled_and_goes_on(driver: Driver, paths: list[Path]) -> None:
    features = driver.window.features
    reading, answers = features.batch_reading, features.batch.answers
    stopped: list[bool] = []

    def stop_at_once(_index: int) -> None:  # later all may have been read
        if reading.is_running and not stopped:
            listing = features.windows.get("files")
            assert isinstance(listing, BatchList)
            listing.stop.invoke()
            stopped.append(True)

    answers.changed.connect(stop_at_once)
    listing = opened(driver, paths * 40)
    driver.until(lambda: bool(stopped))
    driver.settle()
    assert not reading.is_running and listing.stop.cget("text") == "Continue"
    before = answers.count
    driver.root.update()
    assert answers.count == before < 120
    listing.stop.invoke()
    driver.until(lambda: answers.count == 120)
    driver.window.selection.switch(True)  # read again, as numbers
    driver.until(lambda: answers.count == 120 and not reading.is_running)
    assert row(listing, 2)[2] == "7"
    listing.close()
    assert not reading.is_running


@pytest.mark.usefixtures("characters")
def test_files_are_read_again_in_another_alphabet(
    driver: Driver, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = opened(driver, paths)
    answers = driver.window.features.batch.answers
    driver.until(lambda: answers.count == 3)
    driver.window.preferences.change(alphabet="small")
    driver.until(lambda: answers.count == 3)
    driver.settle()
    assert row(listing, 0)[2].rstrip("?").isalpha() and row(listing, 1)[2] == "cannot be opened"
    table = tmp_path / "answers.csv"
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(table))
    listing.export.invoke()
    driver.until(table.exists)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert {"p_a", "p_z", "is_known", "alternatives"} <= set(rows[0]) and "p_7" not in rows[0]
    driver.window.preferences.change(alphabet="digits")
    assert answers.count == 3 and row(listing, 2)[2] == "7"
