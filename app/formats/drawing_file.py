"""Owns a drawing's own file: strokes (.ink) with the picture under them, as PNG in "picture"."""

import base64
import binascii
import contextlib
import json
import math
from io import BytesIO

from PIL.Image import Image

from app.errors import InkError
from app.formats.strokes_file import ink_bytes, ink_of
from app.i18n import _
from app.imaging.picture_reader import open_picture
from app.ink.drawing import Content
from app.ink.renderer import grey_paper
from app.ink.stroke import MAX_COORDINATE, Bounds


class DrawingFile:
    """Writes one drawing again and again: the picture under it is encoded once."""

    def __init__(self) -> None:
        self._picture: tuple[Image, str] | None = None

    def encoded(self, content: Content) -> bytes:
        """Return the file of a drawing."""
        strokes = ink_bytes(content)
        picture = content.background
        if picture is None:
            return strokes
        if self._picture is None or self._picture[0] is not picture:
            self._picture = picture, _png(picture)
        value = json.loads(strokes)
        value["page"] = _moved(content.page, content)
        if content.place is not None:
            value["place"] = _moved(content.place, content)
        value["picture"] = self._picture[1]
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def parse_drawing(data: bytes) -> Content:
    """Return the drawing in a file; raises InkError in one plain sentence."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(
            _("This is no drawing, or it is damaged; copy it or save it again.")
        ) from error
    if not isinstance(value, dict) or "picture" not in value:
        return ink_of(value)
    picture, place = value.pop("picture"), value.pop("place", None)
    page = value.pop("page", [0.0, 0.0, value.get("width"), value.get("height")])  # a sample's
    content = ink_of(value)
    try:
        background = open_picture(base64.b64decode(picture, validate=True))
    except (binascii.Error, TypeError, ValueError) as error:
        raise InkError(_("The drawing's file is damaged; copy it or save it again.")) from error
    return content._replace(
        background=background, page=_box(page), place=None if place is None else _box(place)
    )


def _moved(box: Bounds, content: Content) -> list[float]:
    """Return a box as ink_bytes moves the drawing: so that its extent begins at 0."""
    left, top = content.extent[:2]
    return [box.left - left, box.top - top, box.right - left, box.bottom - top]


def _box(value: object) -> Bounds:
    """Return a box from a file; raises InkError."""
    if isinstance(value, list) and len(value) == 4:
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            box = Bounds(*(float(side) for side in value))
            far = max(map(abs, box)) > MAX_COORDINATE or not all(map(math.isfinite, box))
            if not far and box.left < box.right and box.top < box.bottom:
                return box
    raise InkError(_("The drawing's file is damaged; copy it or save it again."))


def _png(picture: Image) -> str:
    if picture.mode not in ("L", "LA", "RGB", "RGBA"):  # what PNG cannot hold, or not this way
        picture = grey_paper(picture)
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return base64.b64encode(stream.getvalue()).decode("ascii")
