"""The verb `recognise`: writes the answer to each input, in order, as soon as it is ready."""

import argparse
import io
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from app.answers import Row, answer_object, row_writer
from app.cli.inputs import Input, read_inputs
from app.errors import InkError, InklingError
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser, load_personal_recogniser
from app.storage.log import LOG
from app.storage.paths import user_folders
from app.storage.sample_store import TemporarySamples
from app.storage.temporary import remove_leftovers


def recognise(arguments: argparse.Namespace) -> int:
    """Recognise what the arguments of `recognise_parser` name; return 0, or 1 if any input was bad.

    With --teach and no --profile, what is learnt is thrown away at the end. Raises ModelError,
    StorageError.
    """
    if arguments.teach and arguments.profile is None:
        personal = PersonalRecogniser(shipped_recogniser(), TemporarySamples())
    else:
        folders = user_folders(arguments.profile)
        remove_leftovers(folders.stores)
        personal = load_personal_recogniser(folders)
    if personal.notice:
        sys.stderr.write(f"inkling: {personal.notice}\n")
    personal.uses_samples = not arguments.without_samples
    if arguments.number:
        labels: Sequence[str] = ()
        answer = partial(_answer_number, NumberReader(personal))
    else:
        labels = personal.recogniser.card.labels
        answer = partial(_answer_digit, personal, arguments.teach)
    return _write_answers(arguments, answer, labels)


def _write_answers(
    arguments: argparse.Namespace, answer: Callable[[Input], Row], labels: Sequence[str]
) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):  # an id or a path may hold lone surrogates
        sys.stdout.reconfigure(errors="backslashreplace")
    write = row_writer(arguments.format, sys.stdout, labels)
    status = 0
    for item in read_inputs(arguments.files, labelled=not arguments.number):
        row = _row(item, answer)
        status |= "error" in row
        write(row)
        sys.stdout.flush()
    return status


def _row(item: Input, answer: Callable[[Input], Row]) -> Row:
    try:
        return {"id": item.id, **answer(item)}
    except InklingError as error:
        return {"id": item.id, "error": str(error)}
    except Exception:  # one drawing that nobody thought of must not end all the others
        LOG.exception("%r could not be recognised", item.id)
        return {"id": item.id, "error": _("This drawing could not be recognised.")}


def _answer_digit(personal: PersonalRecogniser, teach: bool, item: Input) -> Row:
    started = time.perf_counter()
    content = item.read()
    raster = drawing_raster(content)
    if raster is None:
        raise InkError(_("The drawing has no ink."))
    prediction = personal.predict(raster)
    row = {**answer_object(prediction), "ms": _ms_since(started)}
    if teach:
        wrong = item.label is not None and prediction.text != item.label
        row["learnt"] = wrong and bool(personal.teach(content, str(item.label)))
    return row


def _answer_number(reader: NumberReader, item: Input) -> Row:
    started = time.perf_counter()
    ink = number_ink(item.read())
    if ink is None:
        raise InkError(_("The drawing has no ink."))
    return {**answer_object(reader.read(ink)), "ms": _ms_since(started)}


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
