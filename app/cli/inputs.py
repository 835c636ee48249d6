"""Owns what `inkling recognise` reads: pictures, strokes files, folders, JSON Lines."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
class Item:
    """One thing to recognise."""

    id: Any
    read: Callable[[], Content]
    """Returns its drawing; raises InklingError."""
    label: str | None = None
    """What it is, where that was said: "0" to "9", or "" for no digit."""


def items(files: Sequence[str], labelled: bool = True) -> Iterator[Item]:
    """Yield everything to recognise, in order; `-` is JSON Lines on standard input.

    Without `labelled`, what a line says that it is stays unread: no number is a digit's label.
    """
    for name in files:
        path = Path(name)
        if name == "-":
            yield from _lines(sys.stdin.buffer, labelled)
        elif os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where it may not look
            yield from _folder(path)
        else:
            yield Item(name, lambda path=path: read_content(path))  # type: ignore[misc]


def _folder(folder: Path) -> Iterator[Item]:
    """Return everything in a folder that may be recognised, by name, and what cannot be read."""
    closed: list[OSError] = []
    found = find_files(folder, closed)
    for error in closed:
        yield Item(str(error.filename), _failing(unreadable_folder_message(error)))
    if not found and not closed:
        yield Item(str(folder), _failing(empty_folder_message()))
    for path in found:
        yield Item(str(path), lambda path=path: read_content(path))  # type: ignore[misc]


def _lines(stream: IO[bytes], labelled: bool) -> Iterator[Item]:
    number = 0
    while line := stream.readline(MAX_STROKES_BYTES + 1):
        number += 1
        if len(line) > MAX_STROKES_BYTES and not line.endswith(b"\n"):
            while (more := stream.readline(MAX_STROKES_BYTES)) and not more.endswith(b"\n"):
                pass
        if line.strip():
            yield _line_item(line, number, labelled)


def _line_item(line: bytes, number: int, labelled: bool) -> Item:
    """Return a line of JSON as an item; its id is the line's number if it has none of its own."""
    try:
        value = parse_json(line)
    except InkError as error:
        return Item(number, _failing(str(error)))
    if not isinstance(value, dict):
        return Item(number, _failing(_("A line must be a JSON object.")))
    name = _plain(value.get("id", number))
    try:
        label = _label(value.get("label")) if labelled else None
        return Item(name, lambda: _object_content(value), label)
    except InkError as error:
        return Item(name, _failing(str(error)))


def _label(value: Any) -> str | None:
    """Return a label as it is kept; raises InkError for one that no drawing can have."""
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
