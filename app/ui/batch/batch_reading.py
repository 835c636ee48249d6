"""Reads all files of a batch, one after another: their answers, and thumbnails that are wanted."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import InklingError
from app.i18n import _
from app.storage.log import LOG
from app.storage.settings import NUMBER, OWN
from app.ui.signal import Signal
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL.Image import Image

    from app.ink.drawing import Content
    from app.numbers.number import Number
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction
    from app.symbols.own import OwnSymbols
    from app.ui.batch.batch import Batch
    from app.ui.document.document import Document
    from app.ui.preferences import Preferences
    from app.ui.recognition_client import RecognitionClient
    from app.ui.toolkit.background import Scheduler

_CHUNK, _CHUNK_S = 16, 0.1
"""The most files, and about the longest time, of one run of the thread that reads them."""
_REST_MS = 100
"""While the pen is down nothing is read: its every motion counts."""


@dataclass
class _File:
    """A file to read, and what was read."""

    index: int
    path: Path
    side: int
    """Of the thumbnail, in pixels; 0 for none."""
    wants_answer: bool
    content: Content | None = None
    thumbnail: Image | None = None
    problem: str = ""


@dataclass
class _Run:
    """One run from `start` to its end."""

    reading: str
    """What the files are read as, as in `Settings.reading`."""
    first: int = 0
    """All files before this index have an answer."""
    waiting: list[_File] = field(default_factory=list)
    """Files that were read and have no answer yet."""


class BatchReading:
    """Files are read on a thread and recognised on the worker's, a few at a time."""

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        batch: Batch,
        document: Document,
        recognition: RecognitionClient,
        preferences: Preferences,
        symbols: Callable[[], OwnSymbols],
    ) -> None:
        """`symbols` returns the user's own, on the recogniser's thread."""
        self._scheduler = scheduler
        self._batch = batch
        self._document = document
        self._recognition = recognition
        self._symbols = symbols
        self._preferences = preferences
        self._run: _Run | None = None
        self._wanted: dict[int, int] = {}
        """The side of each thumbnail that is wanted, by the file's index."""
        self._is_reading = False
        self.problem = ""
        """Why nothing can be recognised; "" if it can."""
        self.changed: Signal[[]] = Signal()
        """Emitted when it has got further, begins or ends."""
        self.drawn: Signal[[dict[int, Image]]] = Signal()
        """Emitted with new thumbnails, by the files' indices."""
        batch.files_changed.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether files are being read for their answers."""
        return self._run is not None

    def start(self) -> None:
        """Read all files that have no answer in the present mode."""
        self._run = _Run(self._preferences.settings.reading)
        self.problem = ""
        self._read_more()
        self.changed.emit()

    def stop(self) -> None:
        """Read no more files; what is known stays."""
        self._run = None
        self._wanted.clear()
        self.changed.emit()

    def want_thumbnails(self, indices: Sequence[int], side: int) -> None:
        """Draw the thumbnails of these files next, `side` pixels high and wide."""
        self._wanted = dict.fromkeys(indices, side)
        self._read_more()

    def _read_more(self) -> None:
        """Read the next files on a thread, unless one is at it."""
        if self._is_reading or (self._run is not None and self._run.waiting):
            return
        if self._document.in_gesture:
            self._scheduler.after(_REST_MS, self._read_more)
            return
        run, files = self._run, list(itertools.islice(self._next_files(), _CHUNK))
        if not files:
            self._run = None
            self.changed.emit()
            return
        paths = self._batch.paths
        self._is_reading = True

        def done(read: list[_File]) -> None:
            self._is_reading = False
            if self._batch.paths is paths:
                self._take(read, run)
            else:
                self._read_more()

        run_in_thread(self._scheduler, lambda: _read(files), done, self._fail)

    def _next_files(self) -> Iterator[_File]:
        """Yield the files to read: those with a wanted thumbnail first."""
        paths, answers = self._batch.paths, self._batch.answers
        for index, side in self._wanted.items():
            wants_answer = self._run is not None and not answers.has(index)
            yield _File(index, paths[index], side, wants_answer)
        if (run := self._run) is None:
            return
        while run.first < len(paths) and answers.has(run.first):
            run.first += 1
        for index in range(run.first, len(paths)):
            if not answers.has(index) and index not in self._wanted:
                yield _File(index, paths[index], 0, wants_answer=True)

    def _take(self, read: Sequence[_File], run: _Run | None) -> None:
        for one in read:
            if one.side or one.problem:
                self._wanted.pop(one.index, None)
            if one.problem:
                self._batch.answers.record_failure(one.index, one.problem)
        self.drawn.emit({one.index: one.thumbnail for one in read if one.thumbnail is not None})
        if run is not None and run is self._run:
            run.waiting = [one for one in read if one.wants_answer and one.content is not None]
            self._answer_next(run)
        else:
            self._read_more()

    def _answer_next(self, run: _Run) -> None:
        """Recognise the next file: one job at a time, so that the pen's ink need not wait."""
        if run is not self._run:
            return
        if not run.waiting:
            self.changed.emit()
            self._read_more()
            return
        one, paths = run.waiting.pop(0), self._batch.paths

        def job(recogniser: PersonalRecogniser) -> Number | Prediction | str:
            assert one.content is not None
            return _answer(one.content, recogniser, self._symbols, run.reading)

        def done(result: Number | Prediction | str) -> None:
            if self._batch.paths is not paths:
                return
            if isinstance(result, str):
                self._batch.answers.record_failure(one.index, result, is_blank=True)
            else:
                self._batch.answers.record(one.index, result, run.reading)
            self._answer_next(run)

        self._recognition.run(job, done, self._fail)

    def _fail(self, problem: str) -> None:
        self._is_reading = False
        self.problem = problem
        self.stop()


def _read(files: Sequence[_File]) -> list[_File]:
    """Read files for about _CHUNK_S; return those that were read."""
    from app.file_reader import read_content
    from app.ink.renderer import render_thumbnail

    end = time.monotonic() + _CHUNK_S
    read: list[_File] = []
    for one in files:
        try:
            one.content = read_content(one.path)
            if one.side:
                one.thumbnail = render_thumbnail(one.content, one.side)
        except InklingError as error:
            one.problem = str(error)
        except Exception:  # one file that nobody thought of must not end all the others
            LOG.exception("%s could not be read", one.path)
            one.problem = _("This file could not be read; see the log file.")
        read.append(one)
        if time.monotonic() > end:
            break
    return read


def _answer(
    content: Content,
    recogniser: PersonalRecogniser,
    symbols: Callable[[], OwnSymbols],
    reading: str,
) -> Number | Prediction | str:
    """Return the answer to a drawing, or a sentence that says why there is none."""
    from app.imaging.drawing_raster import drawing_raster
    from app.numbers.number_ink import number_ink
    from app.numbers.reader import NumberReader

    try:
        if reading == NUMBER:
            ink = number_ink(content)
            return (
                _("The drawing has no ink.") if ink is None else NumberReader(recogniser).read(ink)
            )
        if reading == OWN:
            return symbols().predict(content)
        raster = drawing_raster(content)
        if raster is None:
            return _("The drawing has no ink.")
        return recogniser.for_alphabet(reading).predict(raster)
    except InklingError as error:
        return str(error)
