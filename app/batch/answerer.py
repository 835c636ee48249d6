"""Answers groups of inputs with one model: the work of each process."""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.answers import Row, answer_object, columns, row_writer
from app.batch.items import Item, Line, failure
from app.batch.own_answers import OwnAnswers
from app.batch.work import Files
from app.errors import InkError, InklingError, ModelError
from app.file_reader import picture_content
from app.formats.sample import NO_DIGIT
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ink.drawing import Content
from app.ink.rasterize import Raster, line_segments_of_each, rasterize_many
from app.ink.stroke import Stroke
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader
from app.recognition.alphabet import DIGITS, OWN
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser, load_personal_recogniser
from app.recognition.prediction import Prediction
from app.recognition.profile_files import profile_files
from app.storage.log import LOG
from app.storage.paths import user_folders
from app.storage.sample_store import TemporarySamples

_MANY_POINTS = 1000
_NO_RASTER: Raster = np.zeros((0, 0), np.float32)
"""Stands for a raster that is made with others."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to answer; see `recognise_parser`."""

    output: str = "json"
    """text, json, csv or parquet."""
    number: bool = False
    alphabet: str = DIGITS.name
    teach: bool = False
    uses_samples: bool = True
    profile: Path | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The answers to a group, encoded."""

    text: str
    """A line for each answer, in order."""
    answers: int
    errors: int
    """How many of them are errors."""


class Answerer:
    """A model that answers groups of inputs. In another process it is loaded anew."""

    def __init__(self, options: Options) -> None:
        """Load the model; raises ModelError, StorageError.

        With --teach and no --profile, what is learnt is thrown away at the end.
        """
        self._options = options
        if options.teach and options.profile is None:
            self._loaded = PersonalRecogniser(shipped_recogniser(), TemporarySamples())
        else:
            self._loaded = load_personal_recogniser(user_folders(options.profile))
        self._loaded.uses_samples = options.uses_samples
        self._own = None
        """What answers in the alphabet of the user's own symbols."""
        if options.alphabet == OWN:
            self._own = OwnAnswers(options.profile, is_temporary=options.teach)
        self._personal = self._loaded
        if self._own is None:
            self._personal = self._loaded.for_alphabet(options.alphabet)
        self.notice = self._loaded.notice
        """What the user should know of how the model was loaded, if anything."""
        self._reader = NumberReader(self._personal) if options.number else None
        self.labels = () if options.number else self._personal.recogniser.alphabet.labels
        """What has a probability in each answer."""
        if self._own is not None:
            self.labels = self._own.names
        self.columns = columns(self.labels, options.alphabet == DIGITS.name)
        """Of a table of the answers."""
        self._text = io.StringIO()
        self._write = row_writer(options.output, self._text, self.columns)
        self.heading = self._text.getvalue()
        """What stands before the first answer."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process makes it: from its options."""
        return Answerer, (self._options,)

    def portable(self) -> tuple[Callable[[Path], "Answerer"], Files]:
        """Return how another machine makes it: from a profile with these files."""
        options = replace(self._options, profile=None)  # a path of this machine
        files = profile_files(self._loaded)
        if self._own is not None:
            files |= self._own.files()
        return partial(_answerer_of_profile, options), files

    def block(self, group: Sequence[Item | Line]) -> Block:
        """Return the answers to a group, encoded; a bad input has an error in its place."""
        self._text.seek(0)
        self._text.truncate()
        rows = self.rows(group)
        for row in rows:
            self._write(row)
        return Block(self._text.getvalue(), len(rows), sum("error" in row for row in rows))

    def split(self, group: Sequence[Item | Line]) -> Sequence[Sequence[Item | Line]]:
        """Return the inputs, to be answered one by one after a process ended."""
        return [[one] for one in group]

    def lost(self, group: Sequence[Item | Line]) -> Block:
        """Return the error for each input at which a process has ended."""
        sentence = _("The process that was to answer this ended; try it alone.")
        ids = (one.item().id if isinstance(one, Line) else one.id for one in group)
        return self.block([failure(id_, sentence) for id_ in ids])

    def joined(self, blocks: Sequence[Block]) -> Block:
        """Return the answers to parts of a group as those to all of it."""
        return Block(
            "".join(block.text for block in blocks),
            sum(block.answers for block in blocks),
            sum(block.errors for block in blocks),
        )

    def rows(self, group: Sequence[Item | Line]) -> list[Row]:
        """Return the answers to a group; a bad input has an error in its place."""
        items = [self._checked(one.item()) if isinstance(one, Line) else one for one in group]
        if self._reader is not None:
            return [self._number_row(self._reader, item) for item in items]
        if self._options.teach and self._own is not None:
            return [self._own.taught(item, _drawing, self._digit_rows) for item in items]
        if self._options.teach:  # each may be answered by what the one before taught
            return [self._taught_row(item) for item in items]
        return self._digit_rows(items)

    def _checked(self, item: Item) -> Item:
        """Return an input, or in place of one whose label none can have an error."""
        if item.label is None or item.label in (*self.labels, NO_DIGIT) or self._own is not None:
            return item
        wrong = _('"label" must be a digit, or "" for a drawing that is no digit.')
        if self._options.alphabet != DIGITS.name:
            wrong = _('"label" must be a character of the alphabet, or "" for none of them.')
        return failure(item.id, wrong)

    def _digit_rows(self, items: Sequence[Item]) -> list[Row]:
        started = time.perf_counter()
        try:
            answers: list[Prediction | InklingError] = self._predictions(items)
        except Exception as error:  # one drawing that nobody thought of must not end all the others
            if len(items) > 1:
                return [row for item in items for row in self._digit_rows([item])]
            answers = [_logged(items[0], error)]
        ms = round((time.perf_counter() - started) * 1000 / max(len(items), 1), 3)
        return [
            {"id": item.id, "error": str(answer)}
            if isinstance(answer, InklingError)
            else {"id": item.id, **answer_object(answer), "ms": ms}
            for item, answer in zip(items, answers, strict=True)
        ]

    def _predictions(self, items: Sequence[Item]) -> list[Prediction | InklingError]:
        """Return the prediction for each input, or the reason why it has none."""
        if self._own is not None:
            return [self._own.prediction(partial(_drawing, item)) for item in items]
        found = _rasters(items)
        good = [raster for raster in found if isinstance(raster, np.ndarray)]
        predictions = iter(self._personal.predict_many(np.stack(good)) if good else ())
        return [one if isinstance(one, InklingError) else next(predictions) for one in found]

    def _taught_row(self, item: Item) -> Row:
        (row,) = self._digit_rows([item])
        if "error" in row:
            return row
        wrong = item.label is not None and item.label not in labels_named(row)
        try:
            row["learnt"] = wrong and bool(self._personal.teach(_drawing(item), str(item.label)))
        except InklingError as error:
            return {"id": item.id, "error": str(error)}
        return row

    def _number_row(self, reader: NumberReader, item: Item) -> Row:
        started = time.perf_counter()
        try:
            ink = number_ink(_drawing(item))
            if ink is None:
                raise InkError(_no_ink_message())
            answer = answer_object(reader.read(ink))
        except InklingError as error:
            return {"id": item.id, "error": str(error)}
        except Exception as error:
            return {"id": item.id, "error": str(_logged(item, error))}
        return {"id": item.id, **answer, "ms": round((time.perf_counter() - started) * 1000, 3)}


def labels_named(row: Row) -> set[str]:
    """Return the labels that an answer names: several where look-alikes are not told apart."""
    return {row["text"], *(row.get("alternatives", ()) if row["text"] else ())}


def _answerer_of_profile(options: Options, profile: Path) -> Answerer:
    """Return an answerer with the model in `profile`; raises ModelError if it has to use another.

    Its samples are learnt if the options have them used.
    """
    answerer = Answerer(replace(options, profile=profile))
    if answerer.notice:
        raise ModelError(answerer.notice)
    return answerer


def _rasters(items: Sequence[Item]) -> list[Raster | InklingError]:
    """Return the raster of each input, or the reason why it has none; strokes' all at once."""
    found: list[Raster | InklingError] = []
    drawings: dict[int, Sequence[Stroke]] = {}
    for index, item in enumerate(items):
        try:
            content = item.read()
            if isinstance(content, Content) and _has_few_strokes(content):
                drawings[index] = content.strokes
                found.append(_NO_RASTER)
                continue
            raster = drawing_raster(content) if isinstance(content, Content) else content
            found.append(InkError(_no_ink_message()) if raster is None else raster)
        except InklingError as error:
            found.append(error)
        except Exception as error:
            found.append(_logged(item, error))
    if drawings:
        rasters = rasterize_many(line_segments_of_each(list(drawings.values())))
        for index, raster in zip(drawings, rasters, strict=True):
            found[index] = raster
    return found


def _has_few_strokes(content: Content) -> bool:
    """Whether there is nothing but strokes, of which 64 drawings together need little memory."""
    if content.background is not None or not content.strokes:
        return False
    return sum(len(stroke.points) for stroke in content.strokes) <= _MANY_POINTS


def _drawing(item: Item) -> Content:
    """Return an input's drawing; a raster is a picture."""
    content = item.read()
    if isinstance(content, Content):
        return content
    return picture_content(Image.fromarray((content * 255).round().astype(np.uint8)))


def _logged(item: Item, error: Exception) -> InklingError:
    """Return what is told of a failure that nobody thought of, which goes to the log."""
    LOG.error("%r could not be recognised", item.id, exc_info=error)
    return InklingError(_("This drawing could not be recognised."))


def _no_ink_message() -> str:
    return _("The drawing has no ink.")
