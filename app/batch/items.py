"""Inputs of the verb `recognise`, read and decoded by whichever process answers them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import InkError
from app.file_reader import read_content
from app.formats.strokes_file import parse_json, strokes_from_json
from app.i18n import _
from app.ink.drawing import Content
from app.ink.rasterize import Raster

GROUP = 64
"""The most inputs that a reader gives at once."""
GROUP_BYTES = 4_000_000
"""The bytes from which on a group is full: bounds the memory where inputs are large."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to recognise; it can be sent to another process."""

    id: Any
    read: Callable[[], Content | Raster]
    """Returns its drawing, or its raster if it is one already; raises InklingError."""
    label: str | None = None
    """The right answer, if given; "" for none of the labels."""
    path: str | None = None
    """The file that is read, if that is all that is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of JSON, not parsed yet."""

    text: bytes
    number: int
    """Counted from 1: its id if it has none."""
    labelled: bool
    """Whether its "label" is looked at."""

    def item(self) -> Item:
        """Return its input; one that is not valid raises when it is read."""
        try:
            value = parse_json(self.text)
        except InkError as error:
            return failure(self.number, str(error))
        if not isinstance(value, dict):
            return failure(self.number, _("A line must be a JSON object."))
        name = _writable_id(value.get("id", self.number))
        try:
            label = _label(value.get("label")) if self.labelled else None
        except InkError as error:
            return failure(name, str(error))
        return object_item(name, value, label)


def file_item(path: Path) -> Item:
    """Return the input of a picture or an .ink file."""
    return Item(str(path), partial(read_content, path), path=str(path))


def object_item(id_: Any, value: dict[str, Any], label: str | None = None) -> Item:
    """Return the input of an object with either "strokes" or "image"."""
    image = value.get("image")
    path = image if isinstance(image, str) and "strokes" not in value else None
    return Item(id_, partial(object_content, value), label, path)


def failure(id_: Any, sentence: str) -> Item:
    """Return an input that cannot be read, for the reason in `sentence`."""
    return Item(id_, partial(_fail, sentence))


def _fail(sentence: str) -> Content:
    raise InkError(sentence)


def _label(value: Any) -> str | None:
    """Return a label as samples have it; raises InkError for what is no text and no number."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise InkError(_('"label" must be a text, or "" for a drawing that is none of the labels.'))
    return str(value)


def object_content(value: dict[str, Any]) -> Content:
    """Return the drawing in an object with either "strokes" or "image"; raises InkError."""
    if ("strokes" in value) == ("image" in value):
        raise InkError(_('An object needs either "strokes" or "image".'))
    if "strokes" in value:
        return Content(strokes=strokes_from_json(value["strokes"]))
    if not isinstance(value["image"], str):
        raise InkError(_('"image" must be the path of a file.'))
    return read_content(Path(value["image"]))


def _writable_id(value: Any) -> Any:
    """Return an id that JSON can hold: one with NaN or Infinity as text."""
    if isinstance(value, (str, int)):
        return value
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return str(value)
    return value
