"""The verb `recognise`: writes the answer to each input, in order, as soon as it is ready."""

import argparse
import csv
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from app.answers import answer_object
from app.cli.inputs import Input, read_inputs
from app.errors import InkError, InklingError
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader
from app.recognition.personal_recogniser import PersonalRecogniser, load_personal_recogniser
from app.stdio import silence_native_stderr
from app.storage.log import LOG
from app.storage.paths import user_folders

Row = dict[str, Any]
"""One output line: "id", then either an answer or "error"."""


def recognise(arguments: argparse.Namespace) -> int:
    """Recognise what the arguments of `recognise_parser` name; return 0, or 1 if any input was bad.

    With --teach and no --profile, what is learnt is thrown away at the end. Raises ModelError,
    StorageError.
    """
    profile: Path | None = arguments.profile
    with ExitStack() as stack:
        if arguments.teach and profile is None:
            profile = Path(stack.enter_context(TemporaryDirectory(prefix="inkling-")))
        with silence_native_stderr():
            personal = load_personal_recogniser(user_folders(profile))
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
    write = _writer(arguments.format, sys.stdout, labels)
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
        LOG.exception("%s could not be recognised", item.id)
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


def _writer(output: str, stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:
    """Return what writes a row as "text", "json" or "csv"."""
    if output == "csv":
        return _csv_writer(stream, labels)
    form = _json_line if output == "json" else _text_line
    return lambda row: print(form(row), file=stream)


def _json_line(row: Row) -> str:
    return json.dumps(row, allow_nan=False)


def _text_line(row: Row) -> str:
    if "error" in row:
        answer = row["error"]
    elif row["is_digit"]:
        answer = f"{row['label']}  ({row['confidence']:.1%})"
    elif "digits" in row:
        answer = _("no number (the nearest is {label})").format(label=row["label"])
    else:
        answer = _("no digit (the nearest is {label})").format(label=row["label"])
    return f"{row['id']}: {answer}"


def _csv_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:
    fields = ["id", "text", "label", "confidence", "is_digit", "digit_score", "ms"]
    columns = [*fields, *(f"p_{label}" for label in labels), "error"]
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()

    def write(row: Row) -> None:
        probabilities = row.get("probabilities", {})
        writer.writerow({**row, **{f"p_{key}": p for key, p in probabilities.items()}})

    return write
