"""Owns the geometry between drawing units and pixels. Plain Python."""

from typing import NamedTuple

from app.ink.stroke import Bounds


class View(NamedTuple):
    """How drawing units lie on a grid of pixels."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    zoom: float
    """Pixels for one drawing unit."""
    left: float
    """The drawing unit at pixel 0."""
    top: float
    """The drawing unit at pixel 0."""

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place in drawing units lies, in pixels."""
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def to_drawing(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in drawing units of a place in pixels."""
        return x / self.zoom + self.left, y / self.zoom + self.top


def fitted(extent: Bounds, width: int, height: int) -> View:
    """Return the view of `width` × `height` pixels in which `extent` fits, as large as it can be.

    The extent lies in the middle; what is left beside it is paper too.
    """
    across = max(extent.right - extent.left, 1e-9)
    down = max(extent.bottom - extent.top, 1e-9)
    zoom = min(max(width, 1) / across, max(height, 1) / down)
    return View(
        width=max(width, 1),
        height=max(height, 1),
        zoom=zoom,
        left=extent.left - (width / zoom - across) / 2,
        top=extent.top - (height / zoom - down) / 2,
    )
