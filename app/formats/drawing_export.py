"""Owns writing a drawing for others: strokes, a picture, or lines that stay sharp at any size."""

import base64
from io import BytesIO

from app.errors import InkError
from app.formats.drawing_file import DrawingFile
from app.formats.strokes_file import MAX_BYTES
from app.i18n import _
from app.ink.drawing import Content
from app.ink.picture_placement import cut_to_page
from app.ink.renderer import grey_paper, mirrored
from app.ink.viewport import View

_JPEG_QUALITY = 95


def drawing_as(suffix: str, content: Content, view: View) -> bytes:
    """Return the file of a drawing; `suffix` is ".ink", ".png", ".jpg", ".jpeg" or ".svg".

    Pictures have the pixels of `view`, as the drawing is seen. Raises InkError for other suffixes,
    and for a drawing that is too large for the file wanted.
    """
    if suffix == ".ink":
        data = DrawingFile().encoded(content)
        if len(data) > MAX_BYTES:
            raise InkError(_("The drawing needs more than 16 MB; save it as .png instead."))
        return data
    if suffix == ".svg":
        return _svg(content).encode("utf-8")
    if suffix not in (".png", ".jpg", ".jpeg"):
        raise InkError(_("Choose a name that ends in .png, .jpg, .svg or .ink."))
    stream = BytesIO()
    picture = mirrored(content, view)
    if suffix == ".png":
        picture.save(stream, "PNG")
    else:
        picture.save(stream, "JPEG", quality=_JPEG_QUALITY)
    return stream.getvalue()


def _svg(content: Content) -> str:
    """Return the drawing as SVG 1.1: a path for each stroke, the picture under them embedded."""
    extent, shown = content.extent, cut_to_page(content)
    width, height = extent.right - extent.left, extent.bottom - extent.top
    box = " ".join(map(_number, (extent.left, extent.top, width, height)))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{_number(width)}" height="{_number(height)}" viewBox="{box}">',
        f'<rect x="{_number(extent.left)}" y="{_number(extent.top)}" width="{_number(width)}" '
        f'height="{_number(height)}" fill="#ffffff"/>',
    ]
    if shown.background is not None:
        page = shown.page
        stream = BytesIO()
        grey_paper(shown.background).save(stream, "PNG")
        encoded = base64.b64encode(stream.getvalue()).decode("ascii")
        lines.append(
            f'<image x="{_number(page.left)}" y="{_number(page.top)}" '
            f'width="{_number(page.right - page.left)}" '
            f'height="{_number(page.bottom - page.top)}" preserveAspectRatio="none" '
            f'xlink:href="data:image/png;base64,{encoded}"/>'
        )
    lines.append('<g fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round">')
    for stroke in content.strokes:
        # A dot is a line to where it begins: it has round ends.
        points = stroke.points if len(stroke.points) > 1 else stroke.points * 2
        path = " L".join(f"{_number(point.x)} {_number(point.y)}" for point in points)
        lines.append(f'<path d="M{path}" stroke-width="{_number(stroke.width)}"/>')
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
