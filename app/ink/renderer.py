"""Renders drawings with Pillow: antialiased curves over the background picture, in grey.

The image is what the canvas shows after pen-up, what export writes, and what a drawing on a picture
is recognised from.
"""

from collections.abc import Iterator

from PIL import Image, ImageDraw

from app.ink.curve import curve_bounds
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.picture_placement import visible_pixels, visible_rect
from app.ink.polyline import CHUNK, Polyline, Subpixels
from app.ink.viewport import Viewport, fit_viewport

PAPER = 255
INK = 0
_SUPERSAMPLING = 4
"""Subpixels to a pixel's side; the mean of 16 gives even grey edges."""
_BAND_HEIGHT = 128
"""Rows that are drawn at once: bounds the memory of the subpixels."""
_LONGER_SIDE = 800
_THUMBNAIL_MARGIN = 0.12
"""Around the ink, in its longer sides."""
_INVERTED = [255 - grey for grey in range(256)]

PixelBox = tuple[int, int, int, int]
"""(left, top, right, bottom) in whole pixels, as Pillow takes it."""


class InkRenderer:
    """An image of a drawing in one viewport, of which parts can be rendered anew."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._polylines: dict[int, Polyline] = {}
        """By the id of their strokes, to which they hold references."""
        self._grey: tuple[Image.Image, Image.Image] | None = None
        """The picture last rendered, and the same in grey."""
        self._scaled: tuple[Content, Image.Image, tuple[int, int]] | None = None
        """The content last rendered, its picture in this viewport, and that one's corner."""
        self.image = Image.new("L", (viewport.width, viewport.height), PAPER)
        """8-bit grey ("L"), ink 0 on paper 255."""

    def render(self, content: Content, changed: Rect | None = None) -> None:
        """Render a drawing: all of it, or only the rectangle `changed`, in drawing units."""
        for _step in self.steps(content, changed):
            pass

    def steps(self, content: Content, changed: Rect | None = None) -> Iterator[None]:
        """Do what `render` does in steps of a few milliseconds: many points take seconds.

        The image is complete after the last step only.
        """
        left, top, right, bottom = (
            (0, 0, *self.image.size) if changed is None else self._pixel_box(changed)
        )
        polylines: dict[int, Polyline] = {}
        waiting = 0
        for stroke in content.strokes:
            polyline = self._polylines.get(id(stroke))
            if polyline is None:
                polyline = yield from Polyline.convert(stroke, self._viewport, _SUPERSAMPLING)
                waiting += len(stroke.points) // 10  # converting is that much faster than drawing
            polylines[id(stroke)] = polyline
            waiting += 1
            if waiting >= CHUNK:
                waiting = 0
                yield
        self._polylines = polylines
        for row in range(top, bottom, _BAND_HEIGHT):
            yield from self._draw((left, row, right, min(row + _BAND_HEIGHT, bottom)), content)

    def _draw(self, box: PixelBox, content: Content) -> Iterator[None]:
        """Draw one part of the image, in steps."""
        left, top, right, bottom = box
        if left >= right:
            return
        size = ((right - left) * _SUPERSAMPLING, (bottom - top) * _SUPERSAMPLING)
        fine = Image.new("L", size, PAPER)
        draw = ImageDraw.Draw(fine)
        corner = left * _SUPERSAMPLING, top * _SUPERSAMPLING
        rect = Rect(*corner, right * _SUPERSAMPLING, bottom * _SUPERSAMPLING)
        waiting = 0
        for polyline in self._polylines.values():
            if not polyline.bounds.intersects(rect):
                continue
            for points in polyline.parts(rect):
                waiting += len(points)
                if waiting >= CHUNK:
                    waiting = len(points)
                    yield
                _draw_line(draw, points - corner, polyline.radius)
        if waiting:
            yield
        part = fine.reduce(_SUPERSAMPLING)
        if content.background is not None:
            ink = part
            part = Image.new("L", part.size, PAPER)
            picture, (x, y) = self._scaled_picture(content, content.background)
            part.paste(picture, (x - left, y - top))
            part.paste(INK, (0, 0, *part.size), ink.point(_INVERTED))
        self.image.paste(part, box)

    def _scaled_picture(
        self, content: Content, picture: Image.Image
    ) -> tuple[Image.Image, tuple[int, int]]:
        """Return what of the picture is on the page, in this viewport's pixels, and its corner.

        The image has no pixels if the picture lies off the page.
        """
        if self._scaled is None or not _same_picture(self._scaled[0], content):
            if self._grey is None or self._grey[0] is not picture:
                self._grey = picture, grey_on_white(picture)
            visible, source = visible_rect(content), visible_pixels(content)
            if visible is None or source is None:
                self._scaled = content, Image.new("L", (0, 0)), (0, 0)
                return self._scaled[1:]
            target = self._viewport.rect_to_pixels(visible)
            size = max(round(target.width), 1), max(round(target.height), 1)
            scaled = self._grey[1].resize(size, Image.Resampling.BOX, source.edges)
            self._scaled = content, scaled, (round(target.left), round(target.top))
        return self._scaled[1:]

    def _pixel_box(self, rect: Rect) -> PixelBox:
        """Return the pixels that a rectangle in drawing units touches; may be empty."""
        pixels = self._viewport.rect_to_pixels(rect)
        width, height = self.image.size
        return (
            int(min(max(pixels.left - 1, 0), width)),
            int(min(max(pixels.top - 1, 0), height)),
            int(min(max(pixels.right + 2, 0), width)),
            int(min(max(pixels.bottom + 2, 0), height)),
        )


def render(content: Content, viewport: Viewport | None = None) -> Image.Image:
    """Return a drawing as a grey picture, in `viewport` or with its longer side 800 px."""
    if viewport is None:
        extent = content.extent
        zoom = _LONGER_SIDE / max(extent.width, extent.height, 1e-9)
        width, height = max(round(extent.width * zoom), 1), max(round(extent.height * zoom), 1)
        viewport = fit_viewport(extent, width, height)
    renderer = InkRenderer(viewport)
    renderer.render(content)
    return renderer.image


def render_thumbnail(content: Content, side: int) -> Image.Image:
    """Return a drawing as a grey picture of `side` × `side` pixels.

    Strokes fill it, wherever on the page they are; with a picture, the whole page is shown.
    """
    ink = curve_bounds(content.strokes)
    if content.background is not None or ink is None:
        return render(content, fit_viewport(content.extent, side, side))
    margin = max(ink.width, ink.height, 1.0) * _THUMBNAIL_MARGIN
    return render(content, fit_viewport(ink.grown(margin), side, side))


def grey_on_white(picture: Image.Image) -> Image.Image:
    """Return a picture as 8-bit grey ("L"), on white where it is transparent.

    Floating-point pictures (mode "F") are stretched to the whole range.
    """
    if picture.mode == "F":
        low, high = picture.getextrema()
        assert isinstance(low, float) and isinstance(high, float)
        scale = 255.0 / max(high - low, 1e-9)
        return picture.point(lambda value: value * scale - low * scale).convert("L")
    if "A" not in picture.getbands():
        return picture.convert("L")
    shown = Image.new("RGBA", picture.size, "white")
    shown.alpha_composite(picture.convert("RGBA"))
    return shown.convert("L")


def _draw_line(draw: ImageDraw.ImageDraw, points: Subpixels, radius: int) -> None:
    """Draw a line with round joins and ends."""
    line: list[tuple[int, int]] = [(x, y) for x, y in points.tolist()]
    if len(line) > 1:
        draw.line(line, fill=INK, width=2 * radius + 1)
    for x, y in line:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=INK)


def _same_picture(a: Content, b: Content) -> bool:
    """Whether both have the same picture, at the same place."""
    where = a.background_rect == b.background_rect and a.page == b.page
    return a.background is b.background and where
