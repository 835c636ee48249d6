"""Owns what a FILE may be, a strokes file or a picture, and how its content is to be recognised."""

from pathlib import Path

from PIL.Image import Image

from app.errors import InkError
from app.formats.drawing_file import parse_drawing
from app.formats.strokes_file import MAX_BYTES, SUFFIX
from app.i18n import _
from app.imaging.normalise import picture_raster
from app.imaging.picture_reader import (
    MAX_FILE_BYTES,
    checked_picture,
    no_such_file,
    open_picture,
    unreadable,
)
from app.ink.drawing import Content
from app.ink.picture_placement import cut_to_page
from app.ink.rasterize import Raster, raster
from app.ink.stroke import Bounds
from app.numbers.page import Page, StrokePage

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


def content_raster(content: Content) -> Raster | None:
    """Return what a network sees of a drawing, or None if it is empty.

    Strokes alone are inked as strokes; with a picture under them, the whole is taken as a picture
    (then raises InkError if nothing can be seen in it).
    """
    content = _as_read(content)
    if content.background is None:
        return raster(content.strokes)
    if not content.strokes:
        return picture_raster(content.background)
    from app.ink.renderer import mirrored

    return picture_raster(mirrored(content))


def content_page(content: Content) -> Page | None:
    """Return the ink of a drawing that may be a whole number, or None if it is empty.

    As in `content_raster`, a drawing on a picture is taken as a picture (then raises InkError if
    nothing can be seen in it).
    """
    content = _as_read(content)
    if content.background is None:
        return StrokePage(content.strokes) if content.strokes else None
    from app.numbers.picture_segments import PicturePage

    if not content.strokes:
        return PicturePage(content.background, content.page)
    from app.ink.renderer import mirrored

    return PicturePage(mirrored(content), content.extent)


def _as_read(content: Content) -> Content:
    """Return the drawing with what of its picture is on the page.

    Raises InkError if that is nothing, and there are no strokes either.
    """
    read = cut_to_page(content)
    if read.is_empty and not content.is_empty:
        raise InkError(_("The picture lies off the page; F brings it back."))
    return read


def _strokes_file(path: Path, size: int) -> Content:
    if size > MAX_BYTES:
        raise InkError(_("The text is larger than 16 MB; no drawing needs that."))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InkError(unreadable(error)) from error
    return parse_drawing(data)
