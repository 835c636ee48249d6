"""Owns asking the worker and hearing its answers, on the Tk thread: when to ask, when to look."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.i18n import _

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.worker import Answer, Event, Ready, Worker

T = TypeVar("T")
_LIVE_MS = 8
_POLL_MS = 1
_LOADING_POLL_MS = 10


class Asking:
    """The window's end of the worker: the latest answer counts, and every job is told."""

    def __init__(
        self,
        root: tk.Tk,
        question: Callable[[], tuple[Content, bool]],
        on_ready: Callable[[Ready], None],
        on_answer: Callable[[Answer], None],
    ) -> None:
        """`question` gives, at the moment of asking, what is to be recognised.

        With it comes whether it is a whole number.
        """
        self._root = root
        self._question = question
        self._on_ready = on_ready
        self._on_answer = on_answer
        self.answered = 0
        """The number of the last request whose answer is shown."""
        self.asked = 0
        """The number of the last request."""
        self.ready = False
        """Whether the worker has loaded its model, or has said why it cannot."""
        self._worker: Worker | None = None
        self._jobs = 0
        self._ask_timer: str | None = None
        self._poll_timer: str | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer or a job is still to come."""
        return self._ask_timer is not None or self.answered < self.asked or self._jobs > 0

    def begin(self, worker: Worker) -> None:
        """Let `worker`, which has been started, answer from now on."""
        self._worker = worker
        self.ask()
        self._poll()

    def ask(self) -> None:
        """Ask now."""
        if self._ask_timer is not None:
            self._root.after_cancel(self._ask_timer)
            self._ask_timer = None
        if self._worker is not None:
            self.asked = self._worker.request(*self._question())
            self._poll_soon()

    def ask_soon(self) -> None:
        """Ask in a moment, once for all that changes until then."""
        if self._ask_timer is None:
            self._ask_timer = self._root.after(_LIVE_MS, self.ask)

    def do(
        self,
        work: Callable[[PersonalRecogniser], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do a job on the recogniser's thread; `done` or `failed` is told on this one."""
        if self._worker is None:
            failed(_("The model is still being loaded; try again in a moment."))
            return
        self._jobs += 1
        self._worker.submit(work, done, failed)
        self._poll_soon()

    def stop(self) -> None:
        """Stop asking and listening; the worker ends after what it is doing."""
        if self._worker is not None:
            self._worker.stop()
        for timer in (self._ask_timer, self._poll_timer):
            if timer is not None:
                self._root.after_cancel(timer)

    def _poll_soon(self) -> None:
        if self._poll_timer is None:
            self._poll_timer = self._root.after(_POLL_MS, self._poll)

    def _poll(self) -> None:
        self._poll_timer = None
        if self._worker is None:
            return
        for event in self._worker.events():
            self._take(event)
        if self._poll_timer is None and (not self.ready or self.busy):
            wait = _POLL_MS if self.ready else _LOADING_POLL_MS
            self._poll_timer = self._root.after(wait, self._poll)

    def _take(self, event: Event) -> None:
        from app.worker import Answer, JobDone

        if isinstance(event, JobDone):
            self._jobs -= 1
            event.report()
        elif isinstance(event, Answer):
            if event.request >= self.answered:
                self.answered = event.request
                self._on_answer(event)
        else:
            self.ready = True
            self._on_ready(event)
