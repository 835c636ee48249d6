"""Makes room for the next digit: clears the canvas after a pause, or for a stroke far away."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ink.stroke import bounding_box

if TYPE_CHECKING:
    from app.storage.settings import Settings
    from app.ui.document.document import Document
    from app.ui.history.history import Entry, History
    from app.ui.preferences import Preferences
    from app.ui.recognition_client import RecognitionClient
    from app.ui.toolkit.background import Scheduler

# Chosen on the pen digits of the validation writers and on UNIPEN: see `is_far`.
_PAUSE_MS = 2000
"""After a sure answer the canvas is cleared; after another, or in number mode, twice as late."""
_RETRY_MS = 100
_FAR = 0.5
"""How far from the ink a new stroke has to begin, in the ink's longer sides."""
_LEAST_SIDE = 0.4
"""The ink is taken to be at least as large as this share of the page: a 4 begins small."""
_FAR_PAUSE_S = 0.5
"""How long the pen has to be up before: most strokes of one digit follow each other faster."""


class NextDigit:
    """Keeps the drawing in the history and clears it. The setting `next_digit` turns it on."""

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        document: Document,
        recognition: RecognitionClient,
        preferences: Preferences,
        history: History,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` returns seconds."""
        self._scheduler = scheduler
        self._document = document
        self._recognition = recognition
        self._preferences = preferences
        self._history = history
        self._clock = clock
        self._pen_up = 0.0
        self._timer: str | None = None
        self._has_waited = False
        """Whether the first of two pauses is over."""
        document.changed.connect(self.end)
        document.stroke_ended.connect(self._stroke_ended)
        recognition.answered.connect(lambda _answer: self._answered())
        preferences.changed.connect(self._preferences_changed)

    @property
    def is_on(self) -> bool:
        """Whether the canvas is cleared for the next digit."""
        return self._preferences.settings.next_digit

    def toggle(self) -> None:
        """Clear the canvas for the next digit from now on, or no longer."""
        self._preferences.change(next_digit=not self.is_on)

    def pen_down(self, x: float, y: float) -> None:
        """Clear the canvas for a stroke that begins far from the ink, in drawing units."""
        rested = self._clock() - self._pen_up >= _FAR_PAUSE_S
        if not (self._may_clear and rested) or self._preferences.settings.reads_number:
            return
        if is_far(x, y, self._document) and not self._recognition.is_pending:
            self.make_room()

    def make_room(self) -> None:
        """Keep the drawing with its answer and clear the canvas; undo brings it back."""
        content = self._document.content
        if not content.is_empty:
            self._history.keep(content, self._recognition.result)
            self._document.clear()

    def bring_back(self, entry: Entry) -> None:
        """Show a kept drawing again; the present one is kept first."""
        content = self._document.content
        if content.strokes and content is not entry.content:
            self._history.keep(content, self._recognition.result)
        self._document.replace(entry.content)

    def end(self) -> None:
        """Stop waiting for the pause to be over."""
        if self._timer is not None:
            self._scheduler.after_cancel(self._timer)
            self._timer = None

    @property
    def _may_clear(self) -> bool:
        """Whether it is on, and the drawing is one that was drawn here."""
        content = self._document.drawing.content
        drawn_here = bool(content.strokes) and content.strokes[-1] is self._document.last_drawn
        return self.is_on and drawn_here and content.background is None

    @property
    def _is_sure(self) -> bool:
        """Whether the digit is probably complete."""
        answer = self._recognition.result
        is_number = self._preferences.settings.reads_number
        return answer is not None and answer.is_known and answer.is_sure and not is_number

    def _stroke_ended(self) -> None:
        self._pen_up = self._clock()
        self._wait()

    def _answered(self) -> None:
        if self._timer is not None:  # a correction is to be seen for as long
            self._wait()
        content = self._document.content
        if any(entry.content is content for entry in self._history.entries):
            self._history.keep(content, self._recognition.result)  # brought back, and corrected

    def _wait(self) -> None:
        self.end()
        self._has_waited = False
        if self._may_clear:
            self._timer = self._scheduler.after(_PAUSE_MS, self._pause_over)

    def _pause_over(self) -> None:
        self._timer = None
        if not self._may_clear or self._document.in_gesture:
            return
        if self._recognition.is_pending:
            self._timer = self._scheduler.after(_RETRY_MS, self._pause_over)
        elif not (self._is_sure or self._has_waited):
            self._has_waited = True
            self._timer = self._scheduler.after(_PAUSE_MS, self._pause_over)
        else:
            self.make_room()

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.next_digit != after.next_digit or before.reading != after.reading:
            self._wait()


def is_far(x: float, y: float, document: Document) -> bool:
    """Return whether a point is too far from the ink to belong to the same digit.

    By this distance alone 1 of the 1,499 digits of the validation writers would be torn apart, and
    0.8 % of UNIPEN's 13,266. In UNIPEN's raw recordings, 3 of 131 pauses within a character are
    longer than _FAR_PAUSE_S, and none than 0.83 s.
    """
    content = document.drawing.content
    ink = bounding_box(content.strokes)
    if ink is None:
        return False
    across = max(ink.left - x, x - ink.right, 0.0)
    down = max(ink.top - y, y - ink.bottom, 0.0)
    least = _LEAST_SIDE * max(content.page.width, content.page.height)
    return math.hypot(across, down) > _FAR * max(ink.width, ink.height, least)
