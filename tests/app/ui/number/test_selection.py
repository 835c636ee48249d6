"""Which mark of a number is selected: by the newest ink, by step, by place; it stays selected."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import Stroke
from app.numbers.number import Number, NumberCharacter
from app.storage.settings import Settings
from app.ui.number.selection import NumberSelection
from app.ui.signal import Signal


def mark(text: str, left: float, stroke: int) -> NumberCharacter:
    ink = Stroke.of([(left, 0), (left + 40, 0), (left + 10, 100)], 8.0)
    box = Rect(left, 0.0, left + 40.0, 100.0)
    return NumberCharacter(text, box, 0.9, (stroke,), Content(strokes=(ink,)), True)


def number(*marks: NumberCharacter) -> Number:
    return Number(marks, (("".join(one.text for one in marks), 0.9),))


@pytest.fixture
def selection() -> NumberSelection:
    """A selection in number mode, without a worker."""
    recognition: Any = SimpleNamespace(answered=Signal(), answer=None)
    preferences: Any = SimpleNamespace(changed=Signal(), settings=Settings(number=True))
    return NumberSelection(recognition=recognition, preferences=preferences)


def test_the_newest_ink_is_selected_until_the_user_selects(selection: NumberSelection) -> None:
    selection.set_number(number(mark("7", 0, 1), mark("1", 60, 0)))
    assert selection.index == 0
    selection.set_number(number(mark("7", 0, 1), mark("1", 60, 0), mark("4", 120, 2)))
    assert selection.index == 2
    selection.select(1)
    selection.set_number(
        number(mark("7", 0, 1), mark("1", 60, 0), mark("4", 120, 2), mark("5", 180, 3))
    )
    assert selection.selected is not None and selection.selected.text == "1"
    selection.set_number(number(mark("7", 0, 1)))
    assert selection.index == 0
    selection.set_number(None)
    assert selection.selected is None


def test_steps_go_round(selection: NumberSelection) -> None:
    selection.step(1)  # there is nothing to step through yet
    selection.set_number(number(mark("7", 0, 0), mark("1", 60, 1)))
    for by, index in ((1, 0), (1, 1), (-1, 0)):
        selection.step(by)
        assert selection.index == index
