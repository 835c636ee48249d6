"""The recognition thread: loads the model, answers numbered requests and runs jobs on the model.

Only the latest request waits: a newer one replaces it. Jobs, such as learning a sample, are all
run, in order, before the waiting request. What is explored, one thing at a time, goes on by a step
whenever nothing else waits. Results lie in a queue that the window polls.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import InklingError
from app.i18n import _
from app.storage.log import LOG
from app.storage.settings import DIGITS, NUMBER, OWN

if TYPE_CHECKING:  # numpy is imported on the recognition thread, so that the window need not wait
    from app.ink.drawing import Content
    from app.ink.rasterize import Raster
    from app.numbers.number import Number
    from app.numbers.reader import NumberReader
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction
    from app.symbols.own import OwnSymbols

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


@dataclass(frozen=True, slots=True)
class Explored:
    """A step of an exploration has given a value, or was the last one."""

    number: int
    """The exploration's number."""
    report: Callable[[], None] | None
    """Passes the value or the problem on, on the window's thread; None after the last step."""


Event = Ready | Answer | JobDone | Explored


class Worker:
    """The thread that the model is loaded and used on."""

    def __init__(
        self,
        load: Callable[[], PersonalRecogniser],
        symbols: Callable[[], OwnSymbols] | None = None,
    ) -> None:
        """`load` runs first on the thread; it returns the recogniser or raises InklingError.

        `symbols` returns the user's own, whenever they are asked for.
        """
        self._load = load
        self._symbols = symbols
        self._jobs: deque[_Job] = deque()
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._wake = threading.Condition()
        self._waiting: _Request | None = None
        self._exploration: _Exploration | None = None
        self._explorations = 0
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

    def explore(
        self,
        steps: Callable[[PersonalRecogniser], Iterator[T | None]],
        show: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> int:
        """Do something long in steps, in place of what is explored now; return its number.

        A step is done whenever nothing else waits. The report of an Explored event calls `show`
        with what a step yields, unless that is None, or `failed` with a sentence for the user.
        """
        with self._wake:
            self._explorations += 1
            self._exploration = _Exploration(self._explorations, steps, show, failed)
            self._wake.notify()
            return self._explorations

    def events(self) -> list[Event]:
        """Return the events since the last call, oldest first."""
        return [self._events.get() for _waiting in range(self._events.qsize())]

    def _run(self) -> None:
        recogniser, problem = self._loaded()
        self._events.put(Ready(problem, recogniser.notice if recogniser is not None else ""))
        while (task := self._next()) is not None:
            if isinstance(task, _Job):
                self._events.put(task.run(recogniser, problem))
            elif isinstance(task, _Exploration):
                self._explore(task, recogniser, problem)
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

    def _next(self) -> _Request | _Job | _Exploration | None:
        """Wait for the next task and return it; None when the thread is to end."""
        with self._wake:
            self._wake.wait_for(
                lambda: (
                    self._jobs
                    or self._waiting is not None
                    or self._exploration is not None
                    or self._stopping
                )
            )
            if self._jobs:  # also when stopping: a job may store what the user made
                return self._jobs.popleft()
            request, self._waiting = self._waiting, None
            if self._stopping:
                return None
            return request if request is not None else self._exploration

    def _explore(
        self, exploration: _Exploration, recogniser: PersonalRecogniser | None, problem: str | None
    ) -> None:
        """Do the next step of an exploration."""
        report, is_last = exploration.step(recogniser, problem)
        if report is not None:
            self._events.put(Explored(exploration.number, report))
        if is_last:
            with self._wake:
                if self._exploration is exploration:
                    self._exploration = None
            self._events.put(Explored(exploration.number, None))

    def _answer(self, request: _Request, recogniser: PersonalRecogniser | None) -> Answer:
        try:
            if request.reading == OWN and recogniser is not None and self._symbols is not None:
                return _answer_as_symbol(request, self._symbols())
            if recogniser is not None and request.reading == NUMBER:
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


def _answer_as_label(request: _Request, recogniser: PersonalRecogniser | None) -> Answer:
    from app.imaging.drawing_raster import drawing_raster

    if recogniser is not None and request.reading != DIGITS:
        recogniser = recogniser.for_alphabet(request.reading)
    raster = drawing_raster(request.content)
    if raster is None or recogniser is None:
        return Answer(request.number, raster)
    return Answer(request.number, raster, recogniser.predict(raster))


def _answer_as_symbol(request: _Request, own: OwnSymbols) -> Answer:
    if request.content.is_empty:
        own.prepare()
        return Answer(request.number)
    prediction = own.predict(request.content)
    return Answer(request.number, prediction.raster, prediction)


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
        except Exception as error:
            return JobDone(partial(self.failed, _sentence(error)))


class _Exploration:
    """What is explored in steps."""

    def __init__(
        self,
        number: int,
        start: Callable[[PersonalRecogniser], Iterator[Any]],
        show: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        self.number = number
        self._start = start
        self._show = show
        self._failed = failed
        self._steps: Iterator[Any] | None = None

    def step(
        self, recogniser: PersonalRecogniser | None, problem: str | None
    ) -> tuple[Callable[[], None] | None, bool]:
        """Do the next step; return what reports it, and whether it was the last."""
        if recogniser is None:
            return partial(self._failed, problem or ""), True
        try:
            self._steps = self._steps or self._start(recogniser)
            value = next(self._steps)
        except StopIteration:
            return None, True
        except Exception as error:
            return partial(self._failed, _sentence(error)), True
        return (None if value is None else partial(self._show, value)), False


def _sentence(error: Exception) -> str:
    """Return what the user is told of a failure; one that is not expected is logged."""
    if isinstance(error, InklingError):
        return str(error)
    LOG.error("A job on the recogniser failed", exc_info=error)
    return _("This could not be done; see the log file.")
