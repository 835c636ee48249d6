"""Exports a drawing: as strokes (.ink), as a picture (PNG, JPEG), or as lines (SVG)."""

from collections.abc import Sequence
from io import BytesIO

from app.errors import InkError
from app.formats.drawing_file import encode_drawing
from app.formats.embedded_picture import encode_picture
from app.formats.strokes_file import INK_SUFFIX, MAX_STROKES_BYTES
from app.i18n import _
from app.ink.curve import beziers, is_straight
from app.ink.drawing import Content
from app.ink.picture_placement import crop_to_page
from app.ink.renderer import grey_on_white, render
from app.ink.stroke import Stroke
from app.ink.viewport import Viewport

_JPEG_QUALITY = 95
_PRECISION = 0.0005
"""Half of the last decimal of an SVG's coordinates."""


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
    if suffix == ".svg":
        return _svg(content).encode("utf-8")
    if suffix not in (".png", ".jpg", ".jpeg"):
        raise InkError(_("Choose a name that ends in .png, .jpg, .svg or .ink."))
    stream = BytesIO()
    picture = render(content, viewport)
    if suffix == ".png":
        picture.save(stream, "PNG")
    else:
        picture.save(stream, "JPEG", quality=_JPEG_QUALITY)
    return stream.getvalue()


def _svg(content: Content) -> str:
    """Return the drawing as SVG 1.1: a path for each stroke, the picture under them embedded."""
    extent, visible = content.extent, crop_to_page(content)
    left, top, width, height = map(_number, (extent.left, extent.top, extent.width, extent.height))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="{left} {top} {width} {height}">',
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    if visible.background is not None:
        page, png = visible.page, encode_picture(grey_on_white(visible.background))
        lines.append(
            f'<image x="{_number(page.left)}" y="{_number(page.top)}" '
            f'width="{_number(page.width)}" height="{_number(page.height)}" '
            f'preserveAspectRatio="none" xlink:href="data:image/png;base64,{png}"/>'
        )
    lines.append('<g fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round">')
    for stroke in content.strokes:
        lines.append(f'<path d="{_path(stroke)}" stroke-width="{_number(stroke.width)}"/>')
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _path(stroke: Stroke) -> str:
    """Return the path of a stroke's curve: its own cubics, lines where they are straight."""
    steps = [f"M{_place(stroke.points[0])}"]
    for bezier in beziers(stroke.points):
        if is_straight(bezier, _PRECISION):
            steps.append(f"L{_place(bezier[3])}")
        else:
            steps.append("C" + " ".join(map(_place, bezier[1:])))
    if len(steps) == 1:  # a dot is a line of length 0: its round ends are drawn
        steps.append(f"L{_place(stroke.points[0])}")
    return " ".join(steps)


def _place(point: Sequence[float]) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """Return a number with at most three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
