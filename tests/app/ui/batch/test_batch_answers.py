"""Answers of a batch's files, without a display."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.recognition.prediction import Prediction
from app.ui.batch.batch_answers import BatchAnswers
from app.ui.preferences import Preferences

SEVEN = Prediction(
    tuple("0123456789"),
    (0, 0, 0, 0, 0, 0, 0, 1, 0, 0),
    0.99,
    True,
    (1.0,),
    np.zeros((28, 28), np.float32),
)


class NoTimer:
    """A Scheduler that never calls anything."""

    def after(self, _ms: int, _func: object, /) -> str:
        return ""

    def after_cancel(self, _id: str, /) -> None:
        pass


def test_an_answer_is_shown_in_the_mode_that_it_was_given_in(tmp_path: Path) -> None:
    preferences = Preferences(NoTimer(), tmp_path / "settings.json", print)
    answers = BatchAnswers(preferences)
    changed: list[int] = []
    answers.changed.connect(changed.append)
    answers.record(0, SEVEN)
    answers.record(1, replace(SEVEN, is_known=False))
    answers.record_failure(3)
    assert changed == [0, 1, 3]
    assert [answers.text(index) for index in range(4)] == [
        "7",
        "Not a digit",
        "",
        "cannot be opened",
    ]
    preferences.change(number=True)
    assert changed[3:] == [0, 1, 3]
    assert [answers.text(index) for index in range(4)] == ["", "", "", "cannot be opened"]
    answers.record(0, SEVEN)
    preferences.change(pen_width=20.0)
    assert changed[6:] == [0]
    assert answers.text(0) == "7"
    answers.clear()
    assert answers.text(0) == answers.text(3) == ""


def test_answers_have_a_kind_and_a_row_for_a_table(tmp_path: Path) -> None:
    answers = BatchAnswers(Preferences(NoTimer(), tmp_path / "settings.json", print))
    answers.record(0, SEVEN)
    answers.record(1, replace(SEVEN, is_sure=False))
    answers.record(2, replace(SEVEN, is_known=False))
    answers.record_failure(3, "There is no such file.")
    answers.record_failure(4, "The drawing has no ink.", is_blank=True)
    kinds = [answers.kind(index) for index in range(6)]
    assert kinds == ["sure", "unsure", "refused", "refused", "refused", ""]
    assert (answers.text(1), answers.text(4), answers.count) == ("7?", "no ink", 5)
    row, failed = answers.row(0), answers.row(3)
    assert row is not None and row["probabilities"]["7"] == 1 and row["is_digit"]
    assert failed == {"error": "There is no such file."} and answers.row(5) is None
    answers.record(3, SEVEN)  # it was opened after all
    assert (answers.text(3), answers.count) == ("7", 5)


def test_each_alphabet_has_its_own_answers(tmp_path: Path) -> None:
    preferences = Preferences(NoTimer(), tmp_path / "settings.json", print)
    answers = BatchAnswers(preferences)
    answers.record(0, SEVEN)
    preferences.change(alphabet="letters")
    assert not answers.has(0) and answers.count == 0
    answers.record(0, replace(SEVEN, is_known=False))
    assert answers.text(0) == "None of these"
    answers.record(1, SEVEN, "digits")
    assert not answers.has(1)
    preferences.change(alphabet="digits")
    assert [answers.text(index) for index in (0, 1)] == ["7", "7"]
