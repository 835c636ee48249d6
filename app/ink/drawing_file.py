"""Owns a drawing's own file: strokes (.ink) with the picture under them, as PNG in "picture"."""

import base64
import binascii
import json
import math
from io import BytesIO

from PIL.Image import Image

from app.errors import InkError
from app.ink.drawing import Content
from app.ink.mirror import grey_paper
from app.ink.picture_file import open_picture
from app.ink.strokes_file import ink_bytes, parse_ink
from app.translation import _


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
        page, extent = content.page, content.extent
        # ink_bytes moves the drawing so that its extent begins at 0, the picture's page with it.
        value["page"] = [
            page.left - extent.left,
            page.top - extent.top,
            page.right - extent.left,
            page.bottom - extent.top,
        ]
        value["picture"] = self._picture[1]
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def parse_drawing(data: bytes) -> Content:
    """Return the drawing in a file; raises InkError in one plain sentence."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(_("The drawing's file is damaged.")) from error
    if not isinstance(value, dict) or "picture" not in value:
        return parse_ink(data)
    picture, page = value.pop("picture"), value.pop("page", None)
    content = parse_ink(json.dumps(value))
    try:
        background = open_picture(base64.b64decode(picture, validate=True))
        box = type(content.page)(*(float(side) for side in page))
    except (binascii.Error, TypeError, ValueError) as error:
        raise InkError(_("The drawing's file is damaged.")) from error
    if not (all(map(math.isfinite, box)) and box.left < box.right and box.top < box.bottom):
        raise InkError(_("The drawing's file is damaged."))
    return content._replace(background=background, page=box)


def _png(picture: Image) -> str:
    if picture.mode not in ("L", "LA", "RGB", "RGBA"):  # what PNG cannot hold, or not this way
        picture = grey_paper(picture)
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return base64.b64encode(stream.getvalue()).decode("ascii")
