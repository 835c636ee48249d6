"""The file of a drawing: a strokes file (.ink), with the picture under the strokes as a PNG.

With a picture it has more keys: "picture" (a PNG in base64), "page" (left, top, right, bottom), and
"place", where the picture lies, unless it fills the page.
"""

import contextlib
import json
from dataclasses import replace

from PIL.Image import Image

from app.errors import InkError
from app.formats.embedded_picture import decode_picture, encode_picture
from app.formats.strokes_file import content_from_json, content_to_json, encode_json
from app.i18n import _
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
        value = content_to_json(content)
        if content.background is not None:
            # `content_to_json` moves the drawing so that its extent begins at (0, 0).
            dx, dy = -content.extent.left, -content.extent.top
            value["page"] = content.page.moved(dx, dy).edges
            if content.background_rect is not None:
                value["place"] = content.background_rect.moved(dx, dy).edges
            value["picture"] = self._encode_picture(content.background)
        return encode_json(value)

    def _encode_picture(self, picture: Image) -> str:
        if self._picture is None or self._picture[0] is not picture:
            # PNG holds these modes only.
            is_png_mode = picture.mode in ("L", "LA", "RGB", "RGBA")
            encoded = encode_picture(picture if is_png_mode else grey_on_white(picture), 1)
            self._picture = picture, encoded
        return self._picture[1]


def encode_drawing(content: Content) -> bytes:
    """Return the file of a drawing."""
    return DrawingEncoder().encode(content)


def parse_drawing(data: bytes | str) -> Content:
    """Return the drawing in a file; raises InkError."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(
            _("This is not a drawing, or it is damaged; copy it or save it again.")
        ) from error
    if not isinstance(value, dict) or "picture" not in value:
        return content_from_json(value)
    # A sample's file has no page: its picture fills the width and height.
    page = value.get("page", [0.0, 0.0, value.get("width"), value.get("height")])
    rect = value.get("place")
    return replace(
        content_from_json(value),
        background=decode_picture(value["picture"]),
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
    raise InkError(_("The drawing's file is damaged; copy it or save it again."))
