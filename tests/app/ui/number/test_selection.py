"""What is chosen of a number: by the newest ink, by step, by place; it stays chosen."""

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import Stroke
from app.numbers.number import Number, NumberCharacter
from app.ui.number.selection import NumberState


def mark(text: str, left: float, stroke: int) -> NumberCharacter:
    ink = Stroke.of([(left, 0), (left + 40, 0), (left + 10, 100)], 8.0)
    box = Rect(left, 0.0, left + 40.0, 100.0)
    return NumberCharacter(text, box, 0.9, (stroke,), Content(strokes=(ink,)), True)


def number(*marks: NumberCharacter) -> Number:
    return Number(marks, (("".join(one.text for one in marks), 0.9),))


def test_the_newest_ink_is_chosen_until_somebody_chooses() -> None:
    state = NumberState()
    state.take(number(mark("7", 0, 1), mark("1", 60, 0)))
    assert state.index == 0
    state.take(number(mark("7", 0, 1), mark("1", 60, 0), mark("4", 120, 2)))
    assert state.index == 2
    state.choose(1)
    state.take(number(mark("7", 0, 1), mark("1", 60, 0), mark("4", 120, 2), mark("5", 180, 3)))
    assert state.chosen is not None and state.chosen.text == "1"
    state.take(number(mark("7", 0, 1)))
    assert state.index == 0
    state.take(None)
    assert state.chosen is None


def test_steps_go_round() -> None:
    state = NumberState()
    assert not state.step(1)
    state.take(number(mark("7", 0, 0), mark("1", 60, 1)))
    assert [state.step(by) and state.index for by in (1, 1, -1)] == [0, 1, 0]


def test_a_place_in_a_box_is_its_mark_but_a_point_may_be_set_under_it() -> None:
    state = NumberState()
    state.take(number(mark("7", 0, 0), mark("1", 60, 1)))
    assert state.at(80, 30) == 1
    assert state.at(50, 30) is None
    assert state.at(35, 95) is None
    assert state.at(12, 98) == 0
