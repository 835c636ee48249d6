"""Owns what a number is read from: pieces of ink, how to cut them further, and their rasters."""

from collections.abc import Sequence
from typing import Any, Protocol

from app.imaging.drawing_raster import visible_content
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.rasterize import Raster, rasterize
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.numbers.picture_segments import PicturePage
from app.numbers.segments import Piece, stroke_pieces
from app.numbers.stroke_cuts import stroke_cut

Ink = tuple[Any, ...]
"""What a group of pieces is drawn from."""


class Page(Protocol):
    """Ink that may be a number."""

    pieces: list[Piece]
    """From the left; at least one."""
    has_strokes: bool
    """Whether the ink is strokes, whose rasters stay true on another page."""

    pen: float
    """The width of the lines, in the pieces' unit; 0 where the pieces are the lines' middles."""
    least_cut: float
    """What is narrower than so many heights of a usual digit is not worth cutting."""

    def cuts(self, piece: Piece, height: float) -> list[list[Piece]]:
        """Return ways to part a piece that may be several digits, at least one.

        The piece alone is one if there are no others.
        """

    def rasterize(self, ink: Ink) -> Raster:
        """Return what the network sees of some ink."""

    def content(self, ink: Ink) -> Content:
        """Return some ink as a drawing of its own."""

    def in_drawing(self, box: Rect) -> Rect:
        """Return a box in drawing units."""


class StrokePage:
    """Strokes that may be a number."""

    has_strokes = True
    pen = 0.0
    least_cut = 0.85

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        """`strokes`: at least one."""
        self.pieces = stroke_pieces(strokes)

    def cuts(self, piece: Piece, height: float) -> list[list[Piece]]:
        """Return a stroke's parts between ligatures."""
        return [stroke_cut(piece, height)]

    def rasterize(self, ink: Ink) -> Raster:
        """Return the raster of strokes and parts of strokes."""
        made = rasterize(ink)
        assert made is not None, "a piece has ink"
        return made

    def content(self, ink: Ink) -> Content:
        """Return strokes as a drawing of their own, where they are."""
        return Content(strokes=ink)

    def in_drawing(self, box: Rect) -> Rect:
        """Return a box in drawing units: it is in them already."""
        return box


def number_ink(content: Content) -> Page | None:
    """Return the ink of a drawing that may be a whole number, or None for an empty drawing.

    A drawing on a picture is taken as a picture. Raises InkError if that shows no ink.
    """
    content = visible_content(content)
    if content.background is None:
        return StrokePage(content.strokes) if content.strokes else None
    if not content.strokes:
        return PicturePage(content.background, content.page)
    return PicturePage(render(content), content.extent)
