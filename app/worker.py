"""Owns the worker: the one thread that loads the model and answers, never the window's.

Requests are numbered and only the latest waits; answers lie in a queue that the window polls. Jobs,
such as learning a sample, are all done, in their order, before the request that waits.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import InklingError
from app.i18n import _
from app.ink.drawing import Content
from app.storage.log import LOG

if TYPE_CHECKING:  # both need numpy, which only the worker's thread may wait for
    from app.ink.rasterize import Raster
    from app.numbers.number import Number
    from app.numbers.reader import NumberReader
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can answer, or at least make rasters: `problem` says why there are no answers."""

    problem: str | None = None
    notice: str = ""
    """What the user should know all the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of request `number`; all None for an empty drawing."""

    number: int
    raster: "Raster | None" = None
    prediction: "Prediction | None" = None
    problem: str | None = None
    """Why a drawing with ink has no prediction, in one plain sentence."""
    whole: "Number | None" = None
    """The whole number that the drawing is, in place of a prediction, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Done:
    """A job has ended: `tell` says so to whoever asked for it, on the window's thread."""

    tell: Callable[[], None]


Event = Ready | Answer | Done


class Worker:
    """Makes rasters and predictions of drawings on a thread of its own."""

    def __init__(self, load: "Callable[[], PersonalRecogniser]") -> None:
        """`load` runs first on the thread; it returns what predicts, or raises InklingError."""
        self._load = load
        self._jobs: deque[_Job] = deque()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._wake = threading.Condition()
        self._waiting: _Request | None = None
        self._reader: NumberReader | None = None
        self._number = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="recognition", daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end after what it is doing; wait at most a second for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def ask(self, content: Content, whole: bool = False) -> int:
        """Ask for a drawing's prediction in place of any that still waits; return its number.

        `whole`: ask for the whole number that it is instead.
        """
        with self._wake:
            self._number += 1
            self._waiting = _Request(self._number, content, whole)
            self._wake.notify()
            return self._number

    def do(
        self,
        work: "Callable[[PersonalRecogniser], T]",
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do a job on the thread; its event tells `done` the result or `failed` the reason."""
        with self._wake:
            self._jobs.append(_Job(work, done, failed))
            self._wake.notify()

    def events(self) -> list[Event]:
        """Return what has happened since the last call, oldest first."""
        events: list[Event] = []
        while True:
            try:
                events.append(self._events.get_nowait())
            except queue.Empty:
                return events

    def _run(self) -> None:
        recogniser, problem = self._loaded()
        self._events.put(Ready(problem, getattr(recogniser, "notice", "")))
        while (request := self._next()) is not None:
            if isinstance(request, _Job):
                self._events.put(request.done_with(recogniser, problem))
            else:
                self._events.put(self._answer(request, recogniser))

    def _answer(self, request: "_Request", recogniser: "PersonalRecogniser | None") -> Answer:
        try:
            if request.whole and recogniser is not None:
                return self._number_in(request, recogniser)
            from app.imaging.drawing_raster import drawing_raster

            raster = drawing_raster(request.content)
            if raster is None or recogniser is None:
                return Answer(request.number, raster)
            return Answer(request.number, raster, recogniser.predict(raster))
        except InklingError as error:
            return Answer(request.number, problem=str(error))
        except Exception:
            LOG.exception("A drawing could not be recognised")
            sentence = _("This drawing could not be recognised; the log says why.")
            return Answer(request.number, problem=sentence)

    def _number_in(self, request: "_Request", recogniser: "PersonalRecogniser") -> Answer:
        from app.numbers.page import number_page
        from app.numbers.reader import NumberReader

        page = number_page(request.content)
        if page is None:
            return Answer(request.number)
        self._reader = self._reader or NumberReader(recogniser)
        return Answer(request.number, whole=self._reader.read(page))

    def _loaded(self) -> "tuple[PersonalRecogniser | None, str | None]":
        try:
            return self._load(), None
        except InklingError as error:
            return None, str(error)
        except Exception:
            LOG.exception("The model could not be loaded")
            return None, _("The model could not be loaded; the log file says why.")

    def _next(self) -> "_Request | _Job | None":
        with self._wake:
            self._wake.wait_for(lambda: self._jobs or self._waiting is not None or self._stopping)
            if self._jobs:  # also at the end: what the user gave must be kept
                return self._jobs.popleft()
            request, self._waiting = self._waiting, None
            return None if self._stopping else request


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    content: Content
    whole: bool
    """Whether it is to be read as a whole number."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: "Callable[[PersonalRecogniser], Any]"
    done: Callable[[Any], None]
    failed: Callable[[str], None]

    def done_with(self, recogniser: "PersonalRecogniser | None", problem: str | None) -> Done:
        """Do the work, if it can be done."""
        if recogniser is None:
            return Done(partial(self.failed, problem or ""))
        try:
            return Done(partial(self.done, self.work(recogniser)))
        except InklingError as error:
            return Done(partial(self.failed, str(error)))
        except Exception:
            LOG.exception("A job on the recogniser failed")
            return Done(partial(self.failed, _("This could not be done; the log file says why.")))
