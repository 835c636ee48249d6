"""Taps on a number's boxes choose digits, also with an unsteady hand; strokes there are ink."""

import random

import pytest

from app.ink.viewport import Viewport
from tests.app.ui.conftest import Driver
from tests.app.ui.numbers import chosen, frame, items, write_751


@pytest.fixture
def number(driver: Driver) -> Driver:
    """A window in which the number 751 is drawn."""
    return write_751(driver)


def ink(driver: Driver) -> int:
    return len(driver.window.document.content.strokes)


def test_jittery_clicks_anywhere_on_boxes_and_labels_choose_and_leave_no_ink(
    number: Driver,
) -> None:
    rng = random.Random(19)
    before = ink(number)
    for _click in range(100):
        number.root.update()
        index = rng.randrange(3)
        item = items(number, rng.choice(["polygon", "text"]))[index]
        left, top, right, bottom = number.canvas.bbox(item)
        x, y = rng.uniform(left + 1, right - 1), rng.uniform(top + 1, bottom - 1)
        reach = number.window.theme.px(4) / 2**0.5
        moves = [
            (x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach))
            for _move in range(rng.randrange(4))
        ]
        number.stroke([(x, y), *moves])
        assert ink(number) == before
        assert chosen(number) == "751"[index]
        assert not number.window.document.in_gesture


def test_a_stroke_that_begins_in_a_box_is_drawn_with_all_its_points(number: Driver) -> None:
    before, was = ink(number), chosen(number)
    left, top, _right, _bottom = frame(number, 0)
    places = [(left + 5, top + 20), (left + 7, top + 20), (left + 9, top + 21), (left + 30, 190)]
    number.stroke(places)
    assert ink(number) == before + 1
    view: Viewport = number.window.sketchpad.viewport
    drawn = number.window.document.content.strokes[-1].points
    assert [view.to_pixels(point.x, point.y) for point in drawn] == [
        pytest.approx((round(x), round(y))) for x, y in places
    ]
    assert [point.t - drawn[0].t for point in drawn] == [0, 10, 20, 30]
    number.settle()
    assert was == "5" and chosen(number) != was  # the newest ink's


def test_a_stroke_of_a_press_and_a_far_release_is_drawn(number: Driver) -> None:
    before = ink(number)
    left, top, _right, _bottom = frame(number, 0)
    number.canvas.event_generate("<ButtonPress-1>", x=int(left) + 5, y=int(top) + 20)
    assert not number.window.document.in_gesture  # held back
    number.canvas.event_generate("<ButtonRelease-1>", x=int(left) + 40, y=int(top) + 60)
    assert ink(number) == before + 1
    assert len(number.window.document.content.strokes[-1].points) == 2


def test_the_answer_may_change_between_press_and_release(number: Driver) -> None:
    left, top, _right, _bottom = frame(number, 2)
    number.canvas.event_generate("<ButtonPress-1>", x=int(left) + 2, y=int(top) + 20)
    number.window.document.clear()
    number.settle()
    number.canvas.event_generate("<ButtonRelease-1>", x=int(left) + 2, y=int(top) + 20)
    assert number.window.document.is_blank and chosen(number) is None
