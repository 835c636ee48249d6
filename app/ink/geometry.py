"""Axis-aligned rectangles, in drawing units or pixels. Plain Python: imported before the window."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """An axis-aligned rectangle; x grows to the right and y downwards.

    In pixels the edges are meant, not the centres of the outer pixels: `right` and `bottom` lie
    one beyond the last pixel.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The horizontal side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The vertical side."""
        return self.bottom - self.top

    @property
    def centre_x(self) -> float:
        """x of the centre."""
        return (self.left + self.right) / 2

    @property
    def centre_y(self) -> float:
        """y of the centre."""
        return (self.top + self.bottom) / 2

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom), as Pillow and Tk take a rectangle."""
        return self.left, self.top, self.right, self.bottom

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return the rectangle moved to the right by `dx` and down by `dy`."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def scaled(self, factor: float, x: float, y: float) -> "Rect":
        """Return the rectangle `factor` times as large; the point (x, y) stays where it is."""
        return Rect(
            x + (self.left - x) * factor,
            y + (self.top - y) * factor,
            x + (self.right - x) * factor,
            y + (self.bottom - y) * factor,
        )

    def grown(self, margin: float) -> "Rect":
        """Return the rectangle with `margin` added on every side."""
        return Rect(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )

    def union(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle that contains both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersection(self, other: "Rect") -> "Rect | None":
        """Return what lies in both; None if that has no area."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, right, bottom) if left < right and top < bottom else None

    def intersects(self, other: "Rect") -> bool:
        """Whether both have a point in common; a shared edge is enough."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom
