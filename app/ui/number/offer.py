"""Offers to read as a number what is no digit, or an unsure one, but surely several digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.settings import DIGITS
from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.storage.settings import Settings
    from app.ui.document.document import Document
    from app.ui.preferences import Preferences
    from app.ui.recognition_client import RecognitionClient
    from app.ui.toolkit.background import Scheduler
    from app.worker import Answer

_PAUSE_MS = 150
"""The drawing is read as a number once it has not changed for this time: bars come first."""


class NumberOffer:
    """Asks the worker for the number where the answer as one digit is refused or unsure."""

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        document: Document,
        recognition: RecognitionClient,
        preferences: Preferences,
    ) -> None:
        self._scheduler = scheduler
        self._document = document
        self._recognition = recognition
        self._preferences = preferences
        self._timer: str | None = None
        self.text = ""
        """The number to offer, such as "37"; "" if there is nothing to offer."""
        self.changed: Signal[[]] = Signal()
        """Emitted when `text` has changed."""
        document.changed.connect(self._withdraw)
        preferences.changed.connect(self._preferences_changed)
        recognition.answered.connect(self._answered)

    def accept(self) -> None:
        """Read the drawing as a number from now on."""
        if self.text:
            self._preferences.change(number=True)

    def end(self) -> None:
        """Ask for nothing more: the program ends."""
        if self._timer is not None:
            self._scheduler.after_cancel(self._timer)
            self._timer = None

    def _answered(self, answer: Answer) -> None:
        self._withdraw()
        one = answer.prediction
        if one is None or self._document.in_gesture or one.matches_samples:
            return
        if one.alphabet != DIGITS:
            return
        if not (one.is_known and one.is_sure):
            self._timer = self._scheduler.after(_PAUSE_MS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        content = self._document.content

        def job(recogniser: PersonalRecogniser) -> str:
            return number_to_offer(content, recogniser)

        def done(text: str) -> None:
            unchanged = self._document.content == content and self._timer is None
            if unchanged and not self._preferences.settings.reads_number:
                self._set(text)

        self._recognition.run(job, done, lambda _problem: None)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            self._withdraw()

    def _withdraw(self) -> None:
        self.end()
        self._set("")

    def _set(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.changed.emit()


def number_to_offer(content: Content, recogniser: PersonalRecogniser) -> str:
    """Return the number of at least two digits that a drawing surely is; "" otherwise.

    Raises InkError for a picture without ink.
    """
    from app.numbers.number_ink import number_ink
    from app.numbers.reader import NumberReader

    ink = number_ink(content)
    if ink is None:
        return ""
    number = NumberReader(recogniser).read(ink)
    digits = [one for one in number.characters if one.prediction is not None]
    return number.text if number.is_sure and len(digits) > 1 else ""
