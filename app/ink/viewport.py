"""The viewport: the mapping between drawing units and pixels.

Plain Python: imported before the window is up.
"""

from dataclasses import dataclass

from app.ink.geometry import Rect


@dataclass(frozen=True, slots=True)
class Viewport:
    """A grid of pixels over the drawing plane."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    zoom: float
    """Pixels per drawing unit."""
    left: float
    """x of the grid's left edge, in drawing units."""
    top: float
    """y of the grid's upper edge, in drawing units."""

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in drawing units as pixels."""
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def to_drawing(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in pixels as drawing units."""
        return x / self.zoom + self.left, y / self.zoom + self.top

    def rect_to_pixels(self, rect: Rect) -> Rect:
        """Return a rectangle in drawing units as pixels."""
        return Rect(*self.to_pixels(rect.left, rect.top), *self.to_pixels(rect.right, rect.bottom))


def fit_viewport(extent: Rect, width: int, height: int) -> Viewport:
    """Return the viewport of `width` × `height` pixels with the largest zoom that shows `extent`.

    `extent`, in drawing units, lies in its middle.
    """
    extent_width, extent_height = max(extent.width, 1e-9), max(extent.height, 1e-9)
    zoom = min(max(width, 1) / extent_width, max(height, 1) / extent_height)
    return Viewport(
        width=max(width, 1),
        height=max(height, 1),
        zoom=zoom,
        left=extent.left - (width / zoom - extent_width) / 2,
        top=extent.top - (height / zoom - extent_height) / 2,
    )
