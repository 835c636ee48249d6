"""Tk-side client of the recognition worker: debounces requests, polls, drops stale answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from app.i18n import _
from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.numbers.number import Number
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction
    from app.storage.settings import Settings
    from app.ui.document.document import Document
    from app.ui.preferences import Preferences
    from app.ui.toolkit.background import Scheduler
    from app.worker import Answer, Event, Explored, Ready, Worker

T = TypeVar("T")
_DEBOUNCE_MS = 8
_POLL_MS = 1
_SLOW_POLL_MS = 10
"""While the model is loaded, or something explored."""


class RecognitionClient:
    """Asks the worker for the present drawing and runs jobs on its thread."""

    def __init__(
        self, scheduler: Scheduler, *, document: Document, preferences: Preferences
    ) -> None:
        self._scheduler = scheduler
        self._document = document
        self._preferences = preferences
        self.ready: Signal[[Ready]] = Signal()
        """Emitted once, when the model is loaded or it is known why it cannot be."""
        self.answered: Signal[[Answer]] = Signal()
        """Emitted for every answer that is not older than the one before."""
        self.problem: str | None = None
        """Why there are no answers, once that is known."""
        self.answer: Answer | None = None
        """The latest answer."""
        self.is_ready = False
        """Whether the worker has loaded its model, or has failed to."""
        self.last_asked = 0
        self._last_answered = 0
        self._worker: Worker | None = None
        self._jobs = 0
        self._exploration = 0
        """The number of what is explored; 0 for nothing."""
        self._ask_timer: str | None = None
        self._poll_timer: str | None = None
        document.changed.connect(self._document_changed)
        preferences.changed.connect(self._preferences_changed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer or the result of a job is still to come."""
        return self.is_pending or self._jobs > 0

    @property
    def is_exploring(self) -> bool:
        """Whether something is explored."""
        return self._exploration > 0

    @property
    def is_pending(self) -> bool:
        """Whether the answer to the present drawing is still to come."""
        return self._ask_timer is not None or self._last_answered < self.last_asked

    @property
    def result(self) -> Number | Prediction | None:
        """What the whole drawing was recognised as: a digit or a number."""
        return None if self.answer is None else self.answer.number or self.answer.prediction

    def start(self, worker: Worker) -> None:
        """Use a worker that has been started, from now on."""
        self._worker = worker
        self.ask()
        self._poll()

    def ask(self) -> None:
        """Ask for the present drawing now."""
        if self._ask_timer is not None:
            self._scheduler.after_cancel(self._ask_timer)
            self._ask_timer = None
        if self._worker is not None:
            self.last_asked = self._worker.request(
                self._document.content, self._preferences.settings.reading
            )
            self._poll_soon()

    def ask_soon(self) -> None:
        """Ask in a moment, once for all changes until then."""
        if self._ask_timer is None:
            self._ask_timer = self._scheduler.after(_DEBOUNCE_MS, self.ask)

    def run(
        self,
        job: Callable[[PersonalRecogniser], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run a job on the worker's thread; call `done` or `failed` on this one."""
        if self._worker is None:
            failed(_("The model is still being loaded; try again in a moment."))
            return
        self._jobs += 1
        self._worker.submit(job, done, failed)
        self._poll_soon()

    def explore(
        self,
        steps: Callable[[PersonalRecogniser], Iterator[T | None]],
        show: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do something long in steps on the worker's thread, in place of what is explored now.

        `show` gets every value that a step yields but None; answers come before the next step.
        """
        if self._worker is None:
            failed(_("The model is still being loaded; try again in a moment."))
            return
        self._exploration = self._worker.explore(steps, show, failed)
        self._poll_soon()

    def stop_exploring(self) -> None:
        """Explore nothing."""
        if self._worker is not None and self._exploration:
            self._worker.explore(
                lambda _personal: iter(()), lambda _value: None, lambda _problem: None
            )
            self._exploration = 0

    def stop(self) -> None:
        """Stop asking and polling; the worker ends after what it is doing."""
        if self._worker is not None:
            self._worker.stop()
        for timer in (self._ask_timer, self._poll_timer):
            if timer is not None:
                self._scheduler.after_cancel(timer)

    def _document_changed(self) -> None:
        if self._document.in_gesture:
            self.ask_soon()
        else:
            self.ask()

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            self.ask()

    def _poll_soon(self) -> None:
        if self._poll_timer is not None:  # it may be a slow one
            self._scheduler.after_cancel(self._poll_timer)
        self._poll_timer = self._scheduler.after(_POLL_MS, self._poll)

    def _poll(self) -> None:
        self._poll_timer = None
        if self._worker is None:
            return
        for event in self._worker.events():
            self._handle(event)
        if self._poll_timer is None and (not self.is_ready or self.is_busy or self.is_exploring):
            delay = _POLL_MS if self.is_ready and self.is_busy else _SLOW_POLL_MS
            self._poll_timer = self._scheduler.after(delay, self._poll)

    def _handle(self, event: Event) -> None:
        from app.worker import Answer, Explored, JobDone  # the window does not wait for it

        if isinstance(event, JobDone):
            self._jobs -= 1
            event.report()
        elif isinstance(event, Explored):
            self._explored(event)
        elif isinstance(event, Answer):
            if event.request >= self._last_answered:
                self._last_answered = event.request
                self.answer = event
                self.answered.emit(event)
        else:
            self.is_ready = True
            self.problem = event.problem
            self.ready.emit(event)

    def _explored(self, event: Explored) -> None:
        if event.number != self._exploration:  # of what was explored before
            return
        if event.report is None:
            self._exploration = 0
        else:
            event.report()
