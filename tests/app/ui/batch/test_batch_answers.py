"""Answers of a batch's files, without a display."""

from pathlib import Path

from app.ui.batch.batch_answers import BatchAnswers
from app.ui.preferences import Preferences


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
    answers.record(0, "7")
    answers.record(1, "")
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
    answers.record(0, "75")
    preferences.change(pen_width=20.0)
    assert changed[6:] == [0]
    assert answers.text(0) == "75"
    answers.clear()
    assert answers.text(0) == answers.text(3) == ""
