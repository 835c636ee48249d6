"""Exports a drawing: as strokes (.ink), as a picture (PNG, JPEG), or as lines (SVG)."""

from io import BytesIO

from app.errors import InkError
from app.formats.drawing_file import encode_drawing
from app.formats.strokes_file import INK_SUFFIX, MAX_STROKES_BYTES
from app.formats.svg_file import SVG_SUFFIX, svg_of
from app.i18n import _
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.viewport import Viewport

_JPEG_QUALITY = 95


def export_drawing(suffix: str, content: Content, viewport: Viewport) -> bytes:
    """Return the file of a drawing; `suffix` is ".ink", ".png", ".jpg", ".jpeg" or ".svg".

    Pictures have the pixels of `viewport`, as the drawing is seen. Raises InkError for any other
    suffix, and for a drawing that is too large for an .ink file.
    """
    if suffix == INK_SUFFIX:
        data = encode_drawing(content)
        if len(data) > MAX_STROKES_BYTES:
            raise InkError(_("The drawing needs more than 16 MB; save it as .png instead."))
        return data
    if suffix == SVG_SUFFIX:
        return svg_of(content).encode("utf-8")
    if suffix not in (".png", ".jpg", ".jpeg"):
        raise InkError(_("Choose a name that ends in .png, .jpg, .svg or .ink."))
    stream = BytesIO()
    picture = render(content, viewport)
    if suffix == ".png":
        picture.save(stream, "PNG")
    else:
        picture.save(stream, "JPEG", quality=_JPEG_QUALITY)
    return stream.getvalue()
