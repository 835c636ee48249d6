"""Owns the Pillow mirror of the canvas: every stroke drawn into an image, antialiased.

That image is what is seen after pen-up, what Save writes, and what a drawing with a picture under
it is recognised by.
"""

from PIL import Image, ImageChops, ImageDraw

from app.ink.drawing import Content
from app.ink.stroke import Bounds, Stroke
from app.ink.view import View, fitted

PAPER = 255
INK = 0
_FINE = 4
"""Samples per pixel in each direction; the mean of 16 gives even grey edges."""
_PICTURE_SIDE = 800


class Mirror:
    """The drawing as an 8-bit grey image ("L"), ink 0 on paper 255, of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.image = Image.new("L", (view.width, view.height), PAPER)

    def add(self, stroke: Stroke) -> None:
        """Draw one stroke on top, with round joins and caps."""
        box = self._box_in_pixels(stroke)
        if box is None:
            return
        left, top, right, bottom = box
        size = ((right - left) * _FINE, (bottom - top) * _FINE)
        fine = Image.new("L", size, PAPER)
        self._ink(ImageDraw.Draw(fine), stroke, left, top)
        part = fine.reduce(_FINE)
        self.image.paste(ImageChops.darker(self.image.crop(box), part), box)

    def show(self, content: Content) -> None:
        """Draw all of a drawing anew."""
        self.image.paste(PAPER, (0, 0, *self.image.size))
        if content.background is not None:
            self._place(content.background, content.page)
        for stroke in content.strokes:
            self.add(stroke)

    def _place(self, picture: Image.Image, page: Bounds) -> None:
        left, top = self._view.to_pixels(page.left, page.top)
        right, bottom = self._view.to_pixels(page.right, page.bottom)
        size = max(round(right - left), 1), max(round(bottom - top), 1)
        scaled = picture.convert("L").resize(size, Image.Resampling.BOX, reducing_gap=3.0)
        self.image.paste(scaled, (round(left), round(top)))

    def _box_in_pixels(self, stroke: Stroke) -> tuple[int, int, int, int] | None:
        """Return the pixels of the image that the stroke may ink; None if there are none."""
        low_x, low_y, high_x, high_y = stroke.bounds.grown(stroke.width / 2)
        left, top = self._view.to_pixels(low_x, low_y)
        right, bottom = self._view.to_pixels(high_x, high_y)
        width, height = self.image.size
        box = (
            int(min(max(left - 1, 0), width)),
            int(min(max(top - 1, 0), height)),
            int(min(max(right + 2, 0), width)),
            int(min(max(bottom + 2, 0), height)),
        )
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _ink(self, draw: ImageDraw.ImageDraw, stroke: Stroke, left: int, top: int) -> None:
        width = max(stroke.width * self._view.zoom * _FINE, 1.0)
        line: list[tuple[float, float]] = []
        for point in stroke.points:
            x, y = self._view.to_pixels(point.x, point.y)
            place = ((x - left) * _FINE, (y - top) * _FINE)
            # Points closer than half a pixel change nothing that can be seen, only the time.
            if not line or abs(place[0] - line[-1][0]) + abs(place[1] - line[-1][1]) >= _FINE / 2:
                line.append(place)
        if len(line) > 1:
            draw.line(line, fill=INK, width=round(width))
        radius = width / 2
        for x, y in line:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=INK)


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
