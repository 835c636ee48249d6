"""Reads any FILE, a strokes file or a picture, as a drawing."""

from pathlib import Path

from PIL.Image import Image

from app.errors import InkError
from app.formats.drawing_file import parse_drawing
from app.formats.strokes_file import MAX_BYTES, SUFFIX
from app.i18n import _
from app.imaging.picture_reader import (
    MAX_FILE_BYTES,
    checked_picture,
    no_such_file,
    open_picture,
    unreadable,
)
from app.ink.drawing import Content
from app.ink.stroke import Bounds

PICTURE_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm"}
)
_PAGE_SIDE = 400.0


def read_content(path: Path) -> Content:
    """Return the drawing in a strokes file or picture; raises InkError in one plain sentence."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise InkError(no_such_file()) from error
    except OSError as error:
        raise InkError(unreadable(error)) from error
    except ValueError as error:  # a NUL or half a surrogate pair in it
        raise InkError(_("This cannot be the name of a file.")) from error
    if path.is_dir():
        raise InkError(_("This is a folder, not a file: choose a file in it."))
    if not path.is_file():
        raise InkError(_("This is a device or a pipe: save what it gives as a file first."))
    if size == 0:
        raise InkError(_("The file is empty (0 bytes): copy it or save it again."))
    if path.suffix.lower() == SUFFIX:
        return _strokes_file(path, size)
    if size > MAX_FILE_BYTES:
        raise InkError(_("The file is larger than 256 MB; scale the picture down."))
    return _on_page(open_picture(path))


def picture_content(picture: Image) -> Content:
    """Return the drawing that a picture in memory makes; raises InkError in one plain sentence."""
    return _on_page(checked_picture(picture))


def _on_page(picture: Image) -> Content:
    scale = _PAGE_SIDE / max(picture.size)
    page = Bounds(0.0, 0.0, picture.width * scale, picture.height * scale)
    return Content(page=page, background=picture)


def _strokes_file(path: Path, size: int) -> Content:
    if size > MAX_BYTES:
        raise InkError(_("The text is larger than 16 MB; no drawing needs that."))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InkError(unreadable(error)) from error
    return parse_drawing(data)
