"""Owns what the command line's verbs do, apart from the window."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.errors import InkError, InklingError
from app.ink.drawing import Content
from app.ink.source import PICTURE_SUFFIXES, content_raster, read_content
from app.ink.strokes_file import MAX_BYTES, SUFFIX, parse_json, strokes_of
from app.recognition.card import read_card
from app.recognition.prediction import Prediction
from app.recognition.quiet import quiet_standard_error
from app.recognition.shipped import shipped_recogniser
from app.resources import shipped_model
from app.storage.log import LOG
from app.translation import _

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing to recognise: its id, and how to get its drawing (raises InklingError)."""

    id: Any
    read: Callable[[], Content]


def recognise(files: Sequence[str], output: str) -> int:
    """Recognise every input in order, writing each answer as it is ready.

    `output` is "text", "json" or "csv". Returns 0, or 1 if any input was bad; raises ModelError if
    the model cannot be used.
    """
    with quiet_standard_error():
        recogniser = shipped_recogniser()
    if isinstance(sys.stdout, io.TextIOWrapper):  # ids and names may hold what has no encoding
        sys.stdout.reconfigure(errors="backslashreplace")
    write = {"text": _text_writer, "json": _json_writer, "csv": _csv_writer}[output](
        sys.stdout, recogniser.card.labels
    )
    status = 0
    for item in _items(files):
        row = _row(item, recogniser.predict)
        status |= "error" in row
        write(row)
        sys.stdout.flush()
    return status


def run_training(verb: str, arguments: Sequence[str]) -> int:
    """Run a verb of the training package in this process's place; return its exit status."""
    # -P: a folder called training that the user happens to stand in is not ours.
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-m", "training", verb, *arguments]
    environment = {**os.environ, "PYTHONPATH": path}
    if os.name == "posix":  # the same process: whoever ends it, ends the training
        os.execve(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it had the same Ctrl+C, and may be saving its last epoch
            continue


def models(as_json: bool) -> int:
    """Print the models that the program can use: one line each, or their cards."""
    card = read_card(shipped_model().with_suffix(".json"))
    if as_json:
        sys.stdout.write(json.dumps([dict(card.all)]) + "\n")
    else:
        sys.stdout.write(f"{card.name}  {shipped_model()}  sha256 {card.sha256[:12]}…\n")
    return 0


def _items(files: Sequence[str]) -> Iterator[_Item]:
    for name in files:
        path = Path(name)
        if name == "-":
            yield from _lines(sys.stdin.buffer)
        elif os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where it may not look
            yield from _folder(path)
        else:
            yield _Item(name, lambda path=path: read_content(path))  # type: ignore[misc]


def _folder(folder: Path) -> Iterator[_Item]:
    """Return everything in a folder that may be recognised, by name, and what cannot be read."""
    closed: list[OSError] = []
    found = sorted(
        Path(parent) / name
        for parent, _folders, names in os.walk(folder, onerror=closed.append)
        for name in names
        if Path(name).suffix.lower() in PICTURE_SUFFIXES | {SUFFIX}
    )
    for error in closed:
        sentence = _("The folder cannot be read: {problem}.").format(problem=error.strerror)
        yield _Item(str(error.filename), _failing(sentence))
    if not found and not closed:
        yield _Item(str(folder), _failing(_("The folder has no pictures and no .ink files.")))
    for path in found:
        yield _Item(str(path), lambda path=path: read_content(path))  # type: ignore[misc]


def _lines(stream: IO[bytes]) -> Iterator[_Item]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                pass
        if line.strip():
            yield _line_item(line, number)


def _line_item(line: bytes, number: int) -> _Item:
    """Return a line of JSON as an item; its id is the line's number if it has none of its own."""
    try:
        value = parse_json(line)
    except InkError as error:
        return _Item(number, _failing(str(error)))
    if not isinstance(value, dict):
        return _Item(number, _failing(_("A line must be a JSON object.")))
    return _Item(_plain(value.get("id", number)), lambda: _object_content(value))


def _object_content(value: dict[str, Any]) -> Content:
    if ("strokes" in value) == ("image" in value):
        raise InkError(_('An object needs either "strokes" or "image".'))
    if "strokes" in value:
        return Content(strokes=strokes_of(value["strokes"]))
    if not isinstance(value["image"], str):
        raise InkError(_('"image" must be the path of a file.'))
    return read_content(Path(value["image"]))


def _row(item: _Item, predict: Callable[[Any], Prediction]) -> Row:
    started = time.perf_counter()
    try:
        raster = content_raster(item.read())
        if raster is None:
            raise InkError(_("The drawing has no ink."))
        prediction = predict(raster)
    except InklingError as error:
        return {"id": item.id, "error": str(error)}
    except Exception:  # one drawing that nobody thought of must not end all the others
        LOG.exception("%s could not be recognised", item.id)
        return {"id": item.id, "error": _("This drawing could not be recognised.")}
    return {
        "id": item.id,
        "text": prediction.text,
        "label": prediction.label,
        "confidence": prediction.confidence,
        "probabilities": dict(zip(prediction.labels, prediction.probabilities, strict=True)),
        "is_digit": prediction.is_digit,
        "digit_score": prediction.digit_score,
        "ms": round((time.perf_counter() - started) * 1000, 3),
    }


def _json_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:  # noqa: ARG001
    def write(row: Row) -> None:
        stream.write(json.dumps(row, allow_nan=False) + "\n")

    return write


def _csv_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:
    fields = ["id", "text", "label", "confidence", "is_digit", "digit_score", "ms"]
    chances = [f"p_{label}" for label in labels]
    writer = csv.DictWriter(stream, [*fields, *chances, "error"], lineterminator="\n")
    writer.writeheader()

    def write(row: Row) -> None:
        flat = {key: row[key] for key in (*fields, "error") if key in row}
        flat |= {f"p_{key}": value for key, value in row.get("probabilities", {}).items()}
        writer.writerow(flat)

    return write


def _text_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:  # noqa: ARG001
    def write(row: Row) -> None:
        if "error" in row:
            answer = row["error"]
        elif row["is_digit"]:
            answer = f"{row['label']}  ({row['confidence']:.1%})"
        else:
            answer = _("no digit (the nearest is {label})").format(label=row["label"])
        stream.write(f"{row['id']}: {answer}\n")

    return write


def _failing(sentence: str) -> Callable[[], Content]:
    def fail() -> Content:
        raise InkError(sentence)

    return fail


def _plain(value: Any) -> Any:
    """Return an id that can be written as JSON: a NaN or Infinity in it has no form there."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return str(value)
    return value
