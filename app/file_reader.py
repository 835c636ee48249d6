"""Reads any FILE, a drawing or a picture, as a drawing."""

from pathlib import Path, PurePath

from PIL.Image import Image

from app.errors import InkError
from app.formats.drawing_file import parse_drawing
from app.formats.strokes_file import INK_SUFFIX, MAX_STROKES_BYTES, too_large_message
from app.formats.svg_file import MAX_SVG_BYTES, SVG_SUFFIX, drawing_in_svg, too_large_svg_message
from app.i18n import _
from app.imaging.picture_reader import (
    MAX_PICTURE_BYTES,
    open_picture,
    prepare_picture,
    unreadable_file_message,
)
from app.ink.drawing import Content
from app.ink.geometry import Rect

_PAGE_SIDE = 400.0
"""The longer side of a picture's page, in drawing units."""


def read_content(path: Path) -> Content:
    """Return the drawing in an .ink file, an SVG of this program or a picture; raises InkError."""
    _check(path)
    if path.suffix.lower() in (INK_SUFFIX, SVG_SUFFIX):
        return parse_content(path.name, _read_bytes(path))
    return _on_page(open_picture(path))


def read_file(path: Path) -> bytes:
    """Return the content of a file that may be a drawing or a picture; raises InkError."""
    _check(path)
    return _read_bytes(path)


def parse_content(name: str, data: bytes) -> Content:
    """Return the drawing in a file's content; `name` tells its kind by its end. Raises InkError."""
    if not data:
        raise InkError(_("The file is empty (0 bytes): copy it or save it again."))
    if name.lower().endswith(INK_SUFFIX):
        return parse_drawing(data)
    if name.lower().endswith(SVG_SUFFIX):
        return drawing_in_svg(data)
    return _on_page(open_picture(data))


def picture_content(picture: Image) -> Content:
    """Return the drawing that consists of a picture in memory; raises InkError."""
    return _on_page(prepare_picture(picture))


def _on_page(picture: Image) -> Content:
    scale = _PAGE_SIDE / max(picture.size)
    page = Rect(0.0, 0.0, picture.width * scale, picture.height * scale)
    return Content(page=page, background=picture)


def _check(path: Path) -> None:
    """Raise InkError if a file cannot be a drawing or a picture, by its kind and its size."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InkError(unreadable_file_message(error)) from error
    except ValueError as error:  # a NUL or half a surrogate pair in it
        raise InkError(_("This cannot be the name of a file.")) from error
    if path.is_dir():
        raise InkError(_("This is a folder, not a file: choose a file in it."))
    if not path.is_file():
        raise InkError(_("This is a device or a pipe: save what it gives as a file first."))
    if size == 0:
        raise InkError(_("The file is empty (0 bytes): copy it or save it again."))
    check_size(path.name, size)


def check_size(name: str, size: int) -> None:
    """Raise InkError if a file has too many bytes for what it is by the end of its name."""
    suffix = PurePath(name).suffix.lower()
    if suffix == INK_SUFFIX and size > MAX_STROKES_BYTES:
        raise InkError(too_large_message())
    if suffix == SVG_SUFFIX and size > MAX_SVG_BYTES:
        raise InkError(too_large_svg_message())
    if size > MAX_PICTURE_BYTES:
        raise InkError(_("The file is larger than 256 MB; scale the picture down."))


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InkError(unreadable_file_message(error)) from error
