"""Rasterises a whole drawing: strokes alone, a picture alone, or strokes on a picture."""

from app.errors import InkError
from app.i18n import _
from app.imaging.normalise import picture_frame, rasterize_picture
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.picture_placement import crop_to_page
from app.ink.rasterize import Raster, line_segments, raster_frame, rasterize
from app.ink.renderer import render


def drawing_raster(content: Content) -> Raster | None:
    """Return a drawing's raster, float32 (28, 28) in [0, 1], or None for an empty drawing.

    Strokes alone are rasterised as strokes; with a picture under them, the rendered drawing is
    rasterised as a picture. Raises InkError if the picture shows no ink or lies off the page.
    """
    content = visible_content(content)
    if content.background is None:
        return rasterize(content.strokes)
    return rasterize_picture(render(content) if content.strokes else content.background)


def drawing_frame(content: Content) -> Rect | None:
    """Return which part of the drawing plane a drawing's raster shows; None for none and for a dot.

    Raises InkError as `drawing_raster` does.
    """
    content = visible_content(content)
    if content.background is None:
        return raster_frame(line_segments(content.strokes)) if content.strokes else None
    shown = content.extent if content.strokes else content.page
    part = picture_frame(render(content) if content.strokes else content.background)
    return Rect(
        shown.left + part.left * shown.width,
        shown.top + part.top * shown.height,
        shown.left + part.right * shown.width,
        shown.top + part.bottom * shown.height,
    )


def visible_content(content: Content) -> Content:
    """Return the drawing with its picture cropped to the page.

    Raises InkError if the picture lies off the page and there are no strokes.
    """
    visible = crop_to_page(content)
    if visible.is_empty and not content.is_empty:
        raise InkError(_("The picture is off the page; press F to bring it back."))
    return visible
