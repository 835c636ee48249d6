"""What the files of a batch were recognised as, those that have been read so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.i18n import _
from app.ui.alphabet.names import refusal
from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.numbers.number import Number
    from app.recognition.prediction import Prediction
    from app.storage.settings import Settings
    from app.ui.preferences import Preferences

Kind = Literal["", "sure", "unsure", "refused"]
"""What an answer is; "" where there is none yet. A file that cannot be opened is refused."""


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    """"" if the file shows no digit or number."""
    is_sure: bool
    row: dict[str, Any]
    """As `answers.answer_object` returns it."""


@dataclass(frozen=True, slots=True)
class _Failure:
    problem: str
    """A sentence that says why; "" if it is not known."""
    is_blank: bool
    """Whether the file was opened, but shows no ink."""

    @property
    def text(self) -> str:
        return _("no ink") if self.is_blank else _("cannot be opened")


class BatchAnswers:
    """Answers by the file's index; only those to what drawings are read as now are shown."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._answers: defaultdict[str, dict[int, _Answer]] = defaultdict(dict)
        """By what the files were read as (`Settings.reading`), then by index."""
        self._failures: dict[int, _Failure] = {}
        self.changed: Signal[[int]] = Signal()
        """Emitted with the index of a file whose text has changed."""
        preferences.changed.connect(self._preferences_changed)

    @property
    def _present(self) -> dict[int, _Answer]:
        return self._answers[self._preferences.settings.reading]

    @property
    def count(self) -> int:
        """How many files have an answer in this mode, or cannot be opened."""
        return len(self._present) + len(self._failures)

    @property
    def unsure(self) -> int:
        """How many answers are unsure."""
        return sum(bool(one.text) and not one.is_sure for one in self._present.values())

    @property
    def refused(self) -> int:
        """How many files show no digit or number, or cannot be opened."""
        return sum(not one.text for one in self._present.values()) + len(self._failures)

    def has(self, index: int) -> bool:
        """Return whether a file has an answer in this mode, or cannot be opened."""
        return index in self._present or index in self._failures

    def clear(self) -> None:
        """Forget all answers."""
        self._answers.clear()
        self._failures.clear()

    def record(self, index: int, result: Number | Prediction, reading: str | None = None) -> None:
        """Record what a file was recognised as, read as files are now or as in `reading`."""
        from app.answers import answer_object

        if reading is None:
            reading = self._preferences.settings.reading
        row = answer_object(result)
        row.pop("digits", None)  # not in a table
        self._failures.pop(index, None)
        self._answers[reading][index] = _Answer(result.text, result.is_sure, row)
        self.changed.emit(index)

    def record_failure(self, index: int, problem: str = "", is_blank: bool = False) -> None:
        """Record that a file cannot be opened, or shows no ink, and the sentence that says why."""
        for answers in self._answers.values():
            answers.pop(index, None)
        self._failures[index] = _Failure(problem, is_blank)
        self.changed.emit(index)

    def cannot_be_opened(self, index: int) -> bool:
        """Return whether a file was tried and could not be opened."""
        return index in self._failures and not self._failures[index].is_blank

    def kind(self, index: int) -> Kind:
        """Return what a file's answer is in this mode."""
        if index in self._failures:
            return "refused"
        answer = self._present.get(index)
        if answer is None:
            return ""
        if not answer.text:
            return "refused"
        return "sure" if answer.is_sure else "unsure"

    def text(self, index: int) -> str:
        """Return the text to show for a file; "" if its answer is not known in this mode."""
        if index in self._failures:
            return self._failures[index].text
        answer = self._present.get(index)
        if answer is None:
            return ""
        if answer.text:
            return answer.text if answer.is_sure else f"{answer.text}?"
        return refusal(self._preferences.settings.reading)

    def row(self, index: int) -> dict[str, Any] | None:
        """Return a file's answer, or its "error", for `answers.row_writer`; None without one."""
        if index in self._failures:
            failure = self._failures[index]
            return {"error": failure.problem or failure.text}
        answer = self._present.get(index)
        return None if answer is None else answer.row

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            for index in set().union(*self._answers.values(), self._failures):
                self.changed.emit(index)
