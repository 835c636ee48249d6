"""Inputs of the verb `recognise`: pictures, strokes files, folders and JSON Lines."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from app.errors import InkError
from app.file_reader import read_content
from app.formats.folder_scan import empty_folder_message, find_files, unreadable_folder_message
from app.formats.sample import LABELS
from app.formats.strokes_file import MAX_STROKES_BYTES, parse_json, strokes_from_json
from app.i18n import _
from app.ink.drawing import Content


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to recognise."""

    id: Any
    read: Callable[[], Content]
    """Returns its drawing; raises InklingError."""
    label: str | None = None
    """The right answer, if given: "0" to "9", or "" for no digit."""


def read_inputs(files: Sequence[str], labelled: bool = True) -> Iterator[Input]:
    """Yield every input of `files` in order; `-` is JSON Lines on standard input.

    Bad ones are yielded too: their `read` raises. With `labelled` false "label" is ignored.
    """
    for name in files:
        if name == "-":
            yield from _stream_inputs(sys.stdin.buffer, labelled)
        elif os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where it may not look
            yield from _folder_inputs(Path(name))
        else:
            yield Input(name, partial(read_content, Path(name)))


def _folder_inputs(folder: Path) -> Iterator[Input]:
    """Yield a folder's files by name, and an error for each folder that cannot be listed."""
    unreadable: list[OSError] = []
    found = find_files(folder, unreadable)
    for error in unreadable:
        yield Input(str(error.filename), partial(_fail, unreadable_folder_message(error)))
    if not found and not unreadable:
        yield Input(str(folder), partial(_fail, empty_folder_message()))
    for path in found:
        yield Input(str(path), partial(read_content, path))


def _stream_inputs(stream: IO[bytes], labelled: bool) -> Iterator[Input]:
    number = 0
    while line := stream.readline(MAX_STROKES_BYTES + 1):
        number += 1
        if len(line) > MAX_STROKES_BYTES and not line.endswith(b"\n"):  # skip the rest of the line
            while (rest := stream.readline(MAX_STROKES_BYTES)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield _line_input(line, number, labelled)


def _line_input(line: bytes, number: int, labelled: bool) -> Input:
    """Return the input of a line of JSON; its id is the line's number if it has none."""
    try:
        value = parse_json(line)
    except InkError as error:
        return Input(number, partial(_fail, str(error)))
    if not isinstance(value, dict):
        return Input(number, partial(_fail, _("A line must be a JSON object.")))
    name = _writable_id(value.get("id", number))
    try:
        label = _label(value.get("label")) if labelled else None
    except InkError as error:
        return Input(name, partial(_fail, str(error)))
    return Input(name, partial(_object_content, value), label)


def _label(value: Any) -> str | None:
    """Return a label as samples have it; raises InkError for one that no drawing can have."""
    if value is None:
        return None
    label = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if label not in LABELS:
        raise InkError(_('"label" must be a digit, or "" for a drawing that is no digit.'))
    return str(label)


def _object_content(value: dict[str, Any]) -> Content:
    if ("strokes" in value) == ("image" in value):
        raise InkError(_('An object needs either "strokes" or "image".'))
    if "strokes" in value:
        return Content(strokes=strokes_from_json(value["strokes"]))
    if not isinstance(value["image"], str):
        raise InkError(_('"image" must be the path of a file.'))
    return read_content(Path(value["image"]))


def _fail(sentence: str) -> Content:
    raise InkError(sentence)


def _writable_id(value: Any) -> Any:
    """Return an id that JSON can hold: one with NaN or Infinity as text."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return str(value)
    return value
