"""The file of a drawing: a strokes file (.ink), with the picture under the strokes as a PNG.

With a picture it has more keys: "picture" (a PNG in base64), "page" (left, top, right, bottom), and
"place", where the picture lies, unless it fills the page.
"""

import base64
import binascii
import contextlib
import json
from dataclasses import replace
from io import BytesIO

from PIL.Image import Image

from app.errors import InkError
from app.formats.strokes_file import content_from_json, encode_strokes
from app.i18n import _
from app.imaging.picture_reader import open_picture
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.renderer import grey_on_white
from app.ink.stroke import MAX_COORDINATE


class DrawingEncoder:
    """Encodes a drawing repeatedly, as autosave does: the picture under it is encoded only once."""

    def __init__(self) -> None:
        self._picture: tuple[Image, str] | None = None
        """The last picture, and its PNG."""

    def encode(self, content: Content) -> bytes:
        """Return the file of a drawing."""
        strokes = encode_strokes(content)
        picture = content.background
        if picture is None:
            return strokes
        if self._picture is None or self._picture[0] is not picture:
            self._picture = picture, _encode_png(picture)
        value = json.loads(strokes)
        # `encode_strokes` moves the drawing so that its extent begins at (0, 0).
        dx, dy = -content.extent.left, -content.extent.top
        value["page"] = content.page.moved(dx, dy).edges
        if content.background_rect is not None:
            value["place"] = content.background_rect.moved(dx, dy).edges
        value["picture"] = self._picture[1]
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def parse_drawing(data: bytes) -> Content:
    """Return the drawing in a file; raises InkError."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(
            _("This is no drawing, or it is damaged; copy it or save it again.")
        ) from error
    if not isinstance(value, dict) or "picture" not in value:
        return content_from_json(value)
    picture, rect = value.pop("picture"), value.pop("place", None)
    # A sample's file has no page: its picture fills the width and height.
    page = value.pop("page", [0.0, 0.0, value.get("width"), value.get("height")])
    content = content_from_json(value)
    try:
        background = open_picture(base64.b64decode(picture, validate=True))
    except (binascii.Error, TypeError, ValueError) as error:
        raise InkError(_damaged_message()) from error
    return replace(
        content,
        background=background,
        page=_parse_rect(page),
        background_rect=None if rect is None else _parse_rect(rect),
    )


def _parse_rect(value: object) -> Rect:
    """Return a rectangle from parsed JSON; raises InkError."""
    if isinstance(value, list) and len(value) == 4:
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            rect = Rect(*(float(edge) for edge in value))
            in_range = all(abs(edge) <= MAX_COORDINATE for edge in rect.edges)  # NaN is not
            if in_range and rect.left < rect.right and rect.top < rect.bottom:
                return rect
    raise InkError(_damaged_message())


def _damaged_message() -> str:
    return _("The drawing's file is damaged; copy it or save it again.")


def _encode_png(picture: Image) -> str:
    if picture.mode not in ("L", "LA", "RGB", "RGBA"):  # what PNG cannot hold
        picture = grey_on_white(picture)
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return base64.b64encode(stream.getvalue()).decode("ascii")
