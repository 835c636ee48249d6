"""A finished digit makes room for the next one and is kept, in the real window."""

import csv
from pathlib import Path

import pytest

from app.ui.history import next_digit
from app.ui.history.history import NO_ANSWER, History
from tests.app.ui.conftest import Driver
from tests.app.ui.numbers import ONE, SEVEN, draw


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def driver(clock: Clock, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The window with the option on; the pauses are short, and the clock stands still."""
    monkeypatch.setattr(next_digit, "_PAUSE_MS", 30)
    driver.key("<F4>")
    driver.window.features.next_digit._clock = lambda: clock.now
    driver.window.tools.set_pen_width(8.0)
    return driver


def texts(driver: Driver) -> list[str]:
    return [entry.text for entry in driver.window.features.history.entries]


def test_a_digit_is_cleared_after_a_pause_and_kept(driver: Driver) -> None:
    document = driver.window.document
    draw(driver, SEVEN, 100)
    seven = document.content
    driver.until(lambda: document.is_blank)
    assert texts(driver) == ["7"]
    driver.key("<Control-z>")
    assert document.content == seven
    draw(driver, ONE, 150)  # it goes on with the same drawing
    driver.until(lambda: document.is_blank)
    assert len(texts(driver)) == 1
    assert driver.window.features.history_strip.winfo_manager() == "grid"
    driver.key("<F4>")
    assert not driver.window.features.history_strip.winfo_manager()
    draw(driver, SEVEN, 100)
    driver.settle()
    assert driver.window.features.next_digit._timer is None


def test_a_kept_digit_that_is_brought_back_and_corrected_is_kept_so(driver: Driver) -> None:
    document, features = driver.window.document, driver.window.features
    draw(driver, SEVEN, 100)
    driver.until(lambda: document.is_blank)
    features.next_digit.bring_back(features.history.entries[0])
    driver.settle()
    assert texts(driver) == ["7"]
    driver.key("2")
    driver.until(lambda: texts(driver) == ["2"])


def test_only_a_stroke_far_away_after_a_rest_begins_the_next_digit(
    driver: Driver, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_digit, "_PAUSE_MS", 1_000_000)
    document = driver.window.document
    draw(driver, SEVEN, 20)
    driver.settle()
    draw(driver, [(10.0, 50.0), (50.0, 50.0)], 20)  # its bar
    driver.settle()
    draw(driver, ONE, 320)  # at once: a part of the drawing
    driver.settle()
    assert len(document.content.strokes) == 3 and not texts(driver)
    driver.key("<Control-z>")
    draw(driver, [(10.0, 50.0), (50.0, 50.0)], 20)
    driver.settle()
    clock.now += 1.0
    draw(driver, [(10.0, 55.0), (50.0, 55.0)], 20)  # late, but near
    driver.settle()
    assert len(document.content.strokes) == 4 and not texts(driver)
    clock.now += 1.0
    draw(driver, ONE, 320)
    driver.settle()
    assert len(document.content.strokes) == 1 and len(texts(driver)) == 1
    driver.key("<Control-z>")
    driver.key("<Control-z>")
    assert len(document.content.strokes) == 4, "nothing is lost"


def test_a_click_brings_a_drawing_back_and_keeps_the_present_one(driver: Driver) -> None:
    document, strip = driver.window.document, driver.window.features.history_strip
    for line in (SEVEN, ONE):
        draw(driver, line, 100)
        driver.until(lambda: document.is_blank)
    assert texts(driver) == ["7", "1"]
    driver.settle()
    strip.canvas.event_generate("<Button-1>", x=10, y=10)
    driver.settle()
    assert driver.window.selection.prediction is not None
    assert driver.window.selection.prediction.text == "1"
    strip.canvas.focus_force()
    driver.root.update()
    strip.canvas.event_generate("<Right>")
    strip.canvas.event_generate("<Return>")
    driver.settle()
    assert driver.window.selection.prediction.text == "7" and texts(driver) == ["7", "1"]
    driver.settle()
    assert len(strip.thumbnails._pictures) == 2


def test_all_answers_are_copied_and_exported(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, export = driver.window.features.history_strip.buttons
    assert copy.instate(["disabled"])
    for line in (SEVEN, ONE):
        draw(driver, line, 100)
        driver.until(lambda: driver.window.document.is_blank)
    copy.invoke()
    assert driver.root.clipboard_get() == "7\n1"
    path = tmp_path / "answers.csv"
    monkeypatch.setattr("tkinter.filedialog.asksaveasfilename", lambda **_words: str(path))
    export.invoke()
    driver.until(path.exists)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [row["text"] for row in rows] == ["7", "1"]
    assert float(rows[0]["p_7"]) > 0.9 and "T" in rows[0]["id"]


def test_the_history_forgets_the_oldest(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.history.history.MOST", 2)
    history = History()
    for place in (0, 100, 200):
        draw(driver, ONE, place)
        history.keep(driver.window.document.content, None)
        driver.key("<Escape>")
    assert history.text() == f"{NO_ANSWER}\n{NO_ANSWER}"
    assert history.entries[-1].content.strokes[0].points[0].x > 100
