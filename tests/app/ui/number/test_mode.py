"""The switch "Number": boxes, bars of the chosen digit, correcting one, copying, undoing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import ModelError
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ui.main_window import NAME
from app.ui.theme.palette import LIGHT
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


def test_a_number_has_boxes_a_title_and_can_be_copied(number: Driver) -> None:
    assert number.root.title() == f"*Untitled – 751 – {NAME}"
    assert texts(number) == ["7", "5", "1"]
    assert len(items(number, "polygon")) == 3
    number.key("<Control-c>")
    assert number.root.clipboard_get() == "751"


def test_the_switch_brings_the_single_digit_back(number: Driver) -> None:
    number.window.toolbar.digit_button.invoke()
    number.settle()
    assert texts(number) == []
    assert number.window.selection.prediction is not None
    assert number.root.title() != f"*Untitled – 751 – {NAME}"
    number.window.toolbar.number_button.invoke()
    number.settle()
    assert texts(number) == ["7", "5", "1"]


def test_keys_and_taps_choose_whose_bars_are_shown(number: Driver) -> None:
    assert chosen(number) == "5"  # the newest ink
    seen = []
    for key in ("<Tab>", "<Right>", "<Left>", "<Shift-Tab>"):
        number.key(key)
        assert number.window.selection.prediction is not None
        seen.append(number.window.selection.prediction.label)
    assert seen == ["1", "7", "1", "5"]
    strokes = len(number.window.document.drawing.content.strokes)
    number.stroke([(70, 160)])
    number.settle()
    assert chosen(number) == "7"
    assert len(number.window.document.drawing.content.strokes) == strokes
    outlines = [option(number, item, "outline") for item in items(number, "polygon")]
    assert outlines == [LIGHT.best, LIGHT.border, LIGHT.border]


def test_tab_goes_on_to_the_buttons_where_there_is_no_number(driver: Driver) -> None:
    driver.key("<Control-d>")
    driver.settle()
    driver.key("<Tab>")
    assert driver.root.focus_get() is not driver.canvas


def test_one_digit_is_corrected_stored_and_read_anew(number: Driver, samples: Path) -> None:
    number.stroke([(70, 160)])
    number.key("<Key-2>")
    number.settle()
    assert number.root.title() == f"*Untitled – 251 – {NAME}"
    (stored,) = samples.glob("*.ink")
    sample = json.loads(stored.read_bytes())
    assert sample["label"] == "2" and sample["predicted"] == "7"
    assert len(sample["strokes"]) == 1 and len(sample["strokes"][0]["points"]) == 3
    assert chosen(number) == "2"
    number.key("<BackSpace>")
    number.settle()
    assert number.root.title() == f"*Untitled – 751 – {NAME}"
    assert list(samples.glob("*.ink")) == []


def test_both_strokes_of_a_digit_are_its_sample(number: Driver, samples: Path) -> None:
    number.key("<Key-6>")
    number.settle()
    (stored,) = samples.glob("*.ink")
    assert len(json.loads(stored.read_bytes())["strokes"]) == 2
    assert number.root.title() == f"*Untitled – 761 – {NAME}"


def test_a_sign_is_not_taught(number: Driver, samples: Path) -> None:
    draw(number, [(0.0, 50.0), (25.0, 50.0)], 5)
    number.settle()
    assert texts(number) == ["−", "7", "5", "1"]
    assert number.root.title() == f"*Untitled – -751 – {NAME}"
    assert chosen(number) == "-"
    number.key("<Key-3>")
    number.settle()
    assert "Only digits" in number.window.status.text and list(samples.glob("*.ink")) == []


def test_undo_and_clear(number: Driver) -> None:
    number.key("<Control-z>")
    number.key("<Control-z>")
    number.settle()
    assert len(texts(number)) == 2
    number.key("<Escape>")
    number.settle()
    assert texts(number) == [] and number.root.title() == NAME
    number.key("<Key-3>")
    assert "Draw something first" in number.window.status.text
    number.key("<Control-z>")
    number.key("<Control-y>")
    number.settle()
    assert texts(number) == []


def test_something_that_is_no_digit_makes_it_no_number(number: Driver) -> None:
    number.stroke([(330 + (i * 37) % 90, 150 + (i * 53) % 100) for i in range(50)])
    number.settle()
    assert number.root.title() == f"*Untitled – Not a number – {NAME}"
    assert any(text.endswith("?") for text in texts(number))
    number.key("<Control-c>")
    assert "no answer to copy" in number.window.status.text


def test_a_picture_of_a_number_is_read_and_corrected(number: Driver, samples: Path) -> None:
    strokes = number.window.document.drawing.content.strokes
    picture = render(Content(strokes=strokes))
    number.window.document.replace(
        Content(page=Content(strokes=strokes).extent, background=picture)
    )
    number.settle()
    assert number.root.title() == f"*Untitled – 751 – {NAME}"
    number.window.selection.select(0)
    number.key("<Key-2>")
    number.settle()
    (stored,) = samples.glob("*.ink")
    assert "picture" in json.loads(stored.read_bytes())
    assert number.root.title() == f"*Untitled – 251 – {NAME}"


def test_without_a_model_it_says_why(open_window: Callable[..., Driver]) -> None:
    def missing() -> None:
        raise ModelError("The model is missing.")

    driver = open_window(missing)
    driver.key("<Control-d>")
    draw(driver, SEVEN, 40)
    driver.settle()
    assert texts(driver) == [] and driver.window.selection.prediction is None
    assert driver.window.status.text == "The model is missing."


def test_what_a_point_is_read_as_stands_where_no_other_box_is(driver: Driver) -> None:
    driver.window.tools.set_pen_width(6.0)
    driver.key("<Control-d>")
    draw(driver, SEVEN, 40)
    draw(driver, ONE, 150)
    driver.stroke([(135, 236), (136, 237)])
    driver.settle()
    assert texts(driver) == ["7", ".", "1"]
    seven, point, one = items(driver, "text")
    boxes = [frame(driver, index) for index in range(len(items(driver, "polygon")))]
    _x, y = driver.canvas.coords(point)
    assert y > 237
    for digit in (seven, one):
        assert driver.canvas.coords(digit)[1] <= min(top for _left, top, _right, _bottom in boxes)
