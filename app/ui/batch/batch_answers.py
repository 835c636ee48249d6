"""What the files of a batch were recognised as, those that have been open so far."""

from dataclasses import dataclass

from app.i18n import _
from app.storage.settings import Settings
from app.ui.preferences import Preferences
from app.ui.signal import Signal


@dataclass(frozen=True)
class _Answer:
    text: str
    """"" if the file shows no digit or number."""
    is_number: bool
    """Whether it was read as a whole number."""


class BatchAnswers:
    """Answers by the file's index; those of the other mode, digit or number, are not shown."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._answers: dict[int, _Answer | None] = {}
        """None: the file cannot be opened."""
        self.changed: Signal[[int]] = Signal()
        """Emitted with the index of a file whose text has changed."""
        preferences.changed.connect(self._preferences_changed)

    def clear(self) -> None:
        """Forget all answers."""
        self._answers.clear()

    def record(self, index: int, text: str) -> None:
        """Record what a file was recognised as, in the present mode; "" for no digit or number."""
        self._answers[index] = _Answer(text, self._preferences.settings.number)
        self.changed.emit(index)

    def record_failure(self, index: int) -> None:
        """Record that a file cannot be opened."""
        self._answers[index] = None
        self.changed.emit(index)

    def text(self, index: int) -> str:
        """Return the text to show for a file; "" if its answer is not known in this mode."""
        if index not in self._answers:
            return ""
        answer = self._answers[index]
        if answer is None:
            return _("cannot be opened")
        if answer.is_number != self._preferences.settings.number:
            return ""
        return answer.text or (_("Not a number") if answer.is_number else _("Not a digit"))

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.number != after.number:
            for index in self._answers:
                self.changed.emit(index)
