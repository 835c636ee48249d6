"""The answer in words: what is sure, what is not, and what is no digit."""

from dataclasses import replace
from itertools import zip_longest
from tkinter import ttk

import numpy as np
import pytest

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.numbers.number import Number, NumberCharacter
from app.recognition.prediction import Prediction
from app.ui.answer.answer_view import AnswerView
from app.ui.theme.palette import LIGHT
from app.worker import Answer
from tests.app.ui.conftest import Driver

RASTER = np.zeros((28, 28), np.float32)
FOUR = Prediction(
    tuple("0123456789"), (0, 0, 0, 0, 0.6, 0, 0, 0, 0, 0.4), 0.99, True, (1.0,), RASTER
)


@pytest.fixture
def view(driver: Driver) -> AnswerView:
    return driver.window.panel.answer


def texts(view: AnswerView) -> list[str]:
    labels = [child for child in view.winfo_children() if isinstance(child, ttk.Label)]
    return [str(label.cget("text")) for label in labels]


def others(view: AnswerView) -> list[tuple[str, str]]:
    """Return the lines below: a label and its probability, or a reason and ""."""
    columns = view.winfo_children()[-1].winfo_children()
    labels, shares = (str(column.cget("text")).splitlines() for column in columns)
    return list(zip_longest(labels, shares, fillvalue=""))


def test_a_sure_answer_says_how_sure_and_then_the_others(view: AnswerView) -> None:
    view.show(FOUR)
    assert texts(view) == ["4", "60.0 % sure"]
    assert others(view)[0] == ("9", "40.0 %")


def test_an_unsure_answer_is_a_question_between_two(view: AnswerView) -> None:
    view.show(replace(FOUR, is_sure=False))
    assert texts(view) == ["4?", "Not sure\n4 or 9?"]
    assert others(view)[:2] == [("4", "60.0 %"), ("9", "40.0 %")]


def test_what_is_no_digit_has_its_reason(view: AnswerView) -> None:
    view.show(replace(FOUR, is_known=False, is_sure=False))
    assert texts(view) == ["–", "Not a digit"]
    assert others(view) == [("unlike any digit", ""), ("nearest: 4", "")]


@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize(
    "names",
    [
        ("the integral from zero to infinity", "a commutative diagram of arrows"),
        ("从零到正无穷大的定积分符号与变量", "表示集合之间关系的一个交换图示意"),
        ("WWWWWWWWWWWWWWWWWWWWWWWW", "MMMMMMMMMMMMMMMMMMMMMMMMMM"),
    ],
)
def test_a_long_name_is_shortened_not_cut(
    driver: Driver, view: AnswerView, names: tuple[str, str], sure: bool
) -> None:
    view.show(replace(FOUR, labels=names, probabilities=(0.6, 0.4), is_sure=sure))
    driver.settle()
    assert view.best == (names[0] if sure else f"{names[0]}?")
    (best, _sentence), (name, _share) = texts(view), others(view)[-1]
    for shown, whole in ((best, view.best), (name, names[1])):
        start, mark, end = shown.partition("…")
        assert mark and whole.startswith(start) and whole.endswith(end)
    for label in (*view.winfo_children()[:2], *view.winfo_children()[-1].winfo_children()):
        assert label.winfo_width() >= label.winfo_reqwidth()


def test_an_unsure_number_is_a_question(view: AnswerView) -> None:
    mark = NumberCharacter("4", Rect(0, 0, 40, 100), 0.6, (0,), Content(), True, FOUR)
    view.show_number(Number((mark,), (("4", 0.6), ("9", 0.4)), is_sure=False))
    assert texts(view) == ["4?", "Not sure"]
    assert others(view) == [("4", "60.0 %"), ("9", "40.0 %")]


def test_no_bar_stands_out_where_nothing_is_sure(driver: Driver) -> None:
    bars, recognition = driver.window.panel.bars, driver.window.recognition

    def show(answer: Answer) -> None:
        recognition.answer = answer
        recognition.answered.emit(answer)

    def fills() -> set[str]:
        call = driver.root.tk.call
        shown = (item for item in bars.find_all() if str(bars.type(item)) != "image")
        return {str(call(str(bars), "itemcget", item, "-fill")) for item in shown}

    show(Answer(1, RASTER, FOUR))
    assert LIGHT.best in fills()
    show(Answer(2, RASTER, replace(FOUR, is_sure=False)))
    assert LIGHT.best not in fills()


def test_no_runner_up_is_cut_off_by_what_stands_above(driver: Driver, view: AnswerView) -> None:
    driver.root.tk.call("font", "configure", "InklingStrong", "-size", -20)
    view.show(replace(FOUR, is_sure=False))
    driver.root.update()
    *_above, lines = view.winfo_children()
    assert 0 < len(others(view)) < 3
    assert lines.winfo_height() >= lines.winfo_reqheight()
