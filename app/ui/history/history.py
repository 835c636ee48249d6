"""The last drawings that made room for the next one, with what they were recognised as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.numbers.number import Number
    from app.recognition.prediction import Prediction

MOST = 500
"""The oldest entries beyond this number are dropped."""
NO_ANSWER = "–"


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """A drawing, its answer, and the time when it was cleared."""

    time: datetime
    content: Content
    answer: Number | Prediction | None
    """None where the drawing could not be recognised."""

    @property
    def text(self) -> str:
        """The answer; NO_ANSWER if the drawing is no digit or number."""
        return (self.answer.text if self.answer is not None else "") or NO_ANSWER


class History:
    """The entries, the oldest first; they last as long as the window."""

    def __init__(self, now: Callable[[], datetime] = datetime.now) -> None:
        self._now = now
        self.entries: list[Entry] = []
        self.changed: Signal[[]] = Signal()
        """Emitted when `entries` has changed."""

    def keep(self, content: Content, answer: Number | Prediction | None) -> None:
        """Add a drawing; one that goes on with a kept drawing replaces it."""
        for index in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[index]
            before = entry.content.strokes
            if content.strokes[: len(before)] == before:
                self.entries[index] = replace(entry, content=content, answer=answer)
                break
        else:
            self.entries.append(Entry(self._now(), content, answer))
            del self.entries[:-MOST]
        self.changed.emit()

    def clear(self) -> None:
        """Forget all entries."""
        self.entries.clear()
        self.changed.emit()

    def text(self) -> str:
        """Return all answers, a line for each, the oldest first."""
        return "\n".join(entry.text for entry in self.entries)
