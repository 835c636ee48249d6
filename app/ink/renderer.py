"""Owns the Pillow mirror of the canvas: every stroke drawn into an image, antialiased.

That image is what is seen after pen-up, what Save writes, and what a drawing with a picture under
it is recognised by.
"""

from collections.abc import Iterator

from PIL import Image, ImageDraw

from app.ink.drawing import Content
from app.ink.picture_placement import on_page, pixels_on_page
from app.ink.polyline import PIECE, CentreLine, Places
from app.ink.stroke import Bounds, bounds_of
from app.ink.viewport import View, fitted

PAPER = 255
INK = 0
_FINE = 4
"""Samples per pixel in each direction; the mean of 16 gives even grey edges."""
_BAND = 128
"""Rows that are drawn at once: bounds the memory of the fine samples."""
_PICTURE_SIDE = 800

Box = tuple[int, int, int, int]


class Mirror:
    """The drawing as an 8-bit grey image ("L"), ink 0 on paper 255, of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._lines: dict[int, CentreLine] = {}
        """By the id of their strokes, which they hold."""
        self._grey: tuple[Image.Image, Image.Image] | None = None
        self._scaled: tuple[Content, Image.Image, tuple[int, int]] | None = None
        self.image = Image.new("L", (view.width, view.height), PAPER)

    def show(self, content: Content, changed: Bounds | None = None) -> None:
        """Draw a drawing anew: all of it, or only the box `changed`, in drawing units."""
        for _piece in self.steps(content, changed):
            pass

    def steps(self, content: Content, changed: Bounds | None = None) -> Iterator[None]:
        """Do what `show` does, a piece with each step: a drawing of many points takes seconds.

        The image is right after the last step only.
        """
        whole = (0, 0, *self.image.size)
        box = whole if changed is None else self._box_in_pixels(changed)
        lines: dict[int, CentreLine] = {}
        waiting = 0
        for stroke in content.strokes:
            line = self._lines.get(id(stroke))
            if line is None:
                line = yield from CentreLine.steps(stroke, self._view, _FINE)
                waiting += len(stroke.points) // 10
            lines[id(stroke)] = line
            waiting += 1
            if waiting >= PIECE:
                waiting = 0
                yield
        self._lines = lines
        for top in range(box[1], box[3], _BAND):
            band = (box[0], top, box[2], min(top + _BAND, box[3]))
            yield from self._draw(band, content)

    def _draw(self, box: Box, content: Content) -> Iterator[None]:
        """Draw one part of the image, box in pixels."""
        left, top, right, bottom = box
        if left >= right:
            return
        fine = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), PAPER)
        draw = ImageDraw.Draw(fine)
        samples = (left * _FINE, top * _FINE, right * _FINE, bottom * _FINE)
        waiting = 0
        for line in self._lines.values():
            if line.meets(*samples):
                for places in line.parts(*samples):
                    waiting += len(places)
                    if waiting >= PIECE:
                        waiting = 0
                        yield
                    _ink(draw, places - samples[:2], line.radius)
        part = fine.reduce(_FINE)
        if content.background is not None:
            ink = part
            part = Image.new("L", part.size, PAPER)
            scaled, (x, y) = self._picture(content, content.background)
            part.paste(scaled, (x - left, y - top))
            part.paste(INK, (0, 0, *part.size), ink.point(_INVERTED))
        self.image.paste(part, box)

    def _picture(
        self, content: Content, picture: Image.Image
    ) -> tuple[Image.Image, tuple[int, int]]:
        """Return what of the picture is on the page, at this view's size, and its corner's pixel.

        An image without pixels if it lies off the page.
        """
        if self._scaled is None or not _same_picture(self._scaled[0], content):
            if self._grey is None or self._grey[0] is not picture:
                self._grey = picture, grey_paper(picture)
            page, pixels = on_page(content), pixels_on_page(content)
            if page is None or pixels is None:
                self._scaled = content, Image.new("L", (0, 0)), (0, 0)
                return self._scaled[1:]
            left, top = self._view.to_pixels(page.left, page.top)
            right, bottom = self._view.to_pixels(page.right, page.bottom)
            size = max(round(right - left), 1), max(round(bottom - top), 1)
            scaled = self._grey[1].resize(size, Image.Resampling.BOX, pixels)
            self._scaled = content, scaled, (round(left), round(top))
        return self._scaled[1:]

    def _box_in_pixels(self, bounds: Bounds) -> Box:
        """Return the pixels of the image that a box in drawing units touches; may be empty."""
        left, top = self._view.to_pixels(bounds.left, bounds.top)
        right, bottom = self._view.to_pixels(bounds.right, bounds.bottom)
        width, height = self.image.size
        return (
            int(min(max(left - 1, 0), width)),
            int(min(max(top - 1, 0), height)),
            int(min(max(right + 2, 0), width)),
            int(min(max(bottom + 2, 0), height)),
        )


def _ink(draw: ImageDraw.ImageDraw, places: Places, radius: int) -> None:
    line: list[tuple[int, int]] = [(x, y) for x, y in places.tolist()]
    if len(line) > 1:
        draw.line(line, fill=INK, width=2 * radius + 1)
    for x, y in line:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=INK)


_INVERTED = [255 - grey for grey in range(256)]


def mirrored(content: Content, view: View | None = None) -> Image.Image:
    """Return a drawing as a grey picture, in `view` or with its longer side 800 px."""
    if view is None:
        extent = content.extent
        across, down = extent.right - extent.left, extent.bottom - extent.top
        zoom = _PICTURE_SIDE / max(across, down, 1e-9)
        view = fitted(extent, max(round(across * zoom), 1), max(round(down * zoom), 1))
    mirror = Mirror(view)
    mirror.show(content)
    return mirror.image


def thumbnail(content: Content, side: int) -> Image.Image:
    """Return a drawing as a square picture that its ink fills, wherever on the page it is."""
    ink = bounds_of(content.strokes)
    if content.background is not None or ink is None:
        return mirrored(content, fitted(content.extent, side, side))
    longest = max(ink.right - ink.left, ink.bottom - ink.top, 1.0)
    return mirrored(content, fitted(ink.grown(longest * 0.12), side, side))


def grey_paper(picture: Image.Image) -> Image.Image:
    """Return a picture as grey ("L") on white where it is transparent, as it is shown."""
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


def _same_picture(a: Content, b: Content) -> bool:
    same = a.background is b.background and a.place == b.place
    return same and a.page == b.page
