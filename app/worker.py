"""The recognition thread: loads the model, answers numbered requests and runs jobs on the model.

Only the latest request waits: a newer one replaces it. Jobs, such as learning a sample, are all
run, in order, before the waiting request. Results lie in a queue that the window polls.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import InklingError
from app.i18n import _
from app.storage.log import LOG
from app.storage.settings import DIGITS, NUMBER

if TYPE_CHECKING:  # numpy is imported on the recognition thread, so that the window need not wait
    from app.ink.drawing import Content
    from app.ink.rasterize import Raster
    from app.numbers.number import Number
    from app.numbers.reader import NumberReader
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded, or cannot be: then there are rasters but no predictions."""

    problem: str | None = None
    """Why the model cannot be loaded."""
    notice: str = ""
    """What the user should know all the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request; everything is None for an empty drawing."""

    request: int
    """The request's number."""
    raster: Raster | None = None
    prediction: Prediction | None = None
    problem: str | None = None
    """Why a drawing with ink has no prediction: a sentence for the user."""
    number: Number | None = None
    """The whole number, where that was requested; then there are no raster and no prediction."""


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job has ended. Call `report` on the window's thread to pass on its result or problem."""

    report: Callable[[], None]


Event = Ready | Answer | JobDone


class Worker:
    """The thread that the model is loaded and used on."""

    def __init__(self, load: Callable[[], PersonalRecogniser]) -> None:
        """`load` runs first on the thread; it returns the recogniser or raises InklingError."""
        self._load = load
        self._jobs: deque[_Job] = deque()
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._wake = threading.Condition()
        self._waiting: _Request | None = None
        self._number_reader: NumberReader | None = None
        self._last_request = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="recognition", daemon=True)

    def start(self) -> None:
        """Start the thread, which loads the model."""
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end after its jobs; wait at most one second for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def request(self, content: Content, reading: str = DIGITS) -> int:
        """Request the answer to a drawing, in place of a request that still waits.

        `reading`: what it is read as, a label of this alphabet or NUMBER. Returns the request's
        number; later requests have higher numbers.
        """
        with self._wake:
            self._last_request += 1
            self._waiting = _Request(self._last_request, content, reading)
            self._wake.notify()
            return self._last_request

    def submit(
        self,
        work: Callable[[PersonalRecogniser], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run a job on the thread.

        Its JobDone event calls `done` with the result, or `failed` with a sentence for the user.
        """
        with self._wake:
            self._jobs.append(_Job(work, done, failed))
            self._wake.notify()

    def events(self) -> list[Event]:
        """Return the events since the last call, oldest first."""
        return [self._events.get() for _waiting in range(self._events.qsize())]

    def _run(self) -> None:
        recogniser, problem = self._loaded()
        self._events.put(Ready(problem, recogniser.notice if recogniser is not None else ""))
        while (task := self._next()) is not None:
            if isinstance(task, _Job):
                self._events.put(task.run(recogniser, problem))
            else:
                self._events.put(self._answer(task, recogniser))

    def _loaded(self) -> tuple[PersonalRecogniser | None, str | None]:
        """Return the recogniser, or None and why it cannot be loaded."""
        try:
            return self._load(), None
        except InklingError as error:
            return None, str(error)
        except Exception:
            LOG.exception("The model could not be loaded")
            return None, _("The model could not be loaded; see the log file.")

    def _next(self) -> _Request | _Job | None:
        """Wait for the next task and return it; None when the thread is to end."""
        with self._wake:
            self._wake.wait_for(lambda: self._jobs or self._waiting is not None or self._stopping)
            if self._jobs:  # also when stopping: a job may store what the user made
                return self._jobs.popleft()
            request, self._waiting = self._waiting, None
            return None if self._stopping else request

    def _answer(self, request: _Request, recogniser: PersonalRecogniser | None) -> Answer:
        try:
            if recogniser is None:
                return _answer_without_model(request)
            if request.reading == NUMBER:
                return self._answer_as_number(request, recogniser)
            return _answer_as_label(request, recogniser)
        except InklingError as error:
            return Answer(request.number, problem=str(error))
        except Exception:
            LOG.exception("A drawing could not be recognised")
            problem = _("This drawing could not be recognised; see the log file.")
            return Answer(request.number, problem=problem)

    def _answer_as_number(self, request: _Request, recogniser: PersonalRecogniser) -> Answer:
        from app.numbers.number_ink import number_ink
        from app.numbers.reader import NumberReader

        ink = number_ink(request.content)
        if ink is None:
            return Answer(request.number)
        self._number_reader = self._number_reader or NumberReader(recogniser)
        return Answer(request.number, number=self._number_reader.read(ink))


def _answer_without_model(request: _Request) -> Answer:
    from app.imaging.drawing_raster import drawing_raster

    return Answer(request.number, drawing_raster(request.content))


def _answer_as_label(request: _Request, recogniser: PersonalRecogniser) -> Answer:
    from app.imaging.drawing_raster import drawing_raster

    if request.reading != DIGITS:  # of an empty drawing too: the next answer need not wait
        recogniser = recogniser.for_alphabet(request.reading)
    raster = drawing_raster(request.content)
    if raster is None:
        return Answer(request.number)
    return Answer(request.number, raster, recogniser.predict(raster))


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    content: Content
    reading: str


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[PersonalRecogniser], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]

    def run(self, recogniser: PersonalRecogniser | None, problem: str | None) -> JobDone:
        """Do the work; without a recogniser, fail with `problem`."""
        if recogniser is None:
            return JobDone(partial(self.failed, problem or ""))
        try:
            return JobDone(partial(self.done, self.work(recogniser)))
        except InklingError as error:
            return JobDone(partial(self.failed, str(error)))
        except Exception:
            LOG.exception("A job on the recogniser failed")
            problem = _("This could not be done; see the log file.")
            return JobDone(partial(self.failed, problem))
