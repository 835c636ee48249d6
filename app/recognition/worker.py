"""Owns the worker: the one thread that loads the model and answers, never the window's.

Requests are numbered and only the latest waits; answers lie in a queue that the window polls.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import InklingError
from app.ink.drawing import Content
from app.storage.log import LOG
from app.translation import _

if TYPE_CHECKING:  # both need numpy, which only the worker's thread may wait for
    from app.ink.raster import Raster
    from app.recognition.prediction import Prediction

    Answerer = Callable[[Raster], Prediction]


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can answer, or at least make rasters: `problem` says why there are no answers."""

    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of request `number`; both None for an empty drawing."""

    number: int
    raster: "Raster | None" = None
    prediction: "Prediction | None" = None
    problem: str | None = None
    """Why a drawing with ink has no prediction, in one plain sentence."""


Event = Ready | Answer


class Worker:
    """Makes rasters and predictions of drawings on a thread of its own."""

    def __init__(self, load: "Callable[[], Answerer]") -> None:
        """`load` runs first on the thread; it returns what predicts, or raises InklingError."""
        self._load = load
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._wake = threading.Condition()
        self._waiting: tuple[int, Content] | None = None
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

    def ask(self, content: Content) -> int:
        """Ask for a drawing's prediction in place of any that still waits; return its number."""
        with self._wake:
            self._number += 1
            self._waiting = (self._number, content)
            self._wake.notify()
            return self._number

    def events(self) -> list[Event]:
        """Return what has happened since the last call, oldest first."""
        events: list[Event] = []
        while True:
            try:
                events.append(self._events.get_nowait())
            except queue.Empty:
                return events

    def _run(self) -> None:
        answerer, problem = self._loaded()
        self._events.put(Ready(problem))
        while (request := self._next()) is not None:
            self._events.put(_answer(*request, answerer))

    def _loaded(self) -> "tuple[Answerer | None, str | None]":
        try:
            return self._load(), None
        except InklingError as error:
            return None, str(error)
        except Exception:
            LOG.exception("The model could not be loaded")
            return None, _("The model could not be loaded; the log file says why.")

    def _next(self) -> tuple[int, Content] | None:
        with self._wake:
            self._wake.wait_for(lambda: self._waiting is not None or self._stopping)
            request, self._waiting = self._waiting, None
            return None if self._stopping else request


def _answer(number: int, content: Content, answerer: "Answerer | None") -> Answer:
    try:
        from app.ink.source import content_raster

        raster = content_raster(content)
        if raster is None or answerer is None:
            return Answer(number, raster)
        return Answer(number, raster, answerer(raster))
    except InklingError as error:
        return Answer(number, problem=str(error))
    except Exception:
        LOG.exception("A drawing could not be recognised")
        return Answer(number, problem=_("This drawing could not be recognised; the log says why."))
