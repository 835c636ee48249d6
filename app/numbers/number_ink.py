"""The ink that a number is read from: its segments, how they are cut, and their rasters."""

from collections.abc import Sequence
from typing import Protocol

from app.errors import InkError
from app.i18n import _
from app.imaging.drawing_raster import visible_content
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.rasterize import Raster, rasterize
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.numbers.picture_segments import PictureInk
from app.numbers.segments import InkParts, Segment, stroke_segments
from app.numbers.stroke_cuts import cut_stroke

_POINTS = 1000
"""More than a digit has, even from a slow pen."""
MAX_STROKES = 2000
"""More than any number has; twenty thousand would take seconds."""


class NumberInk(Protocol):
    """Ink that may be a number: strokes, or a picture's."""

    segments: list[Segment]
    """From left to right; at least one."""
    has_strokes: bool
    """Whether the parts are strokes: equal parts then have equal rasters, in any drawing."""
    min_cut_width: float
    """The width of a segment, in heights of a usual digit, from which on it may be cut."""

    def cut(self, segment: Segment, height: float) -> list[Segment]:
        """Return the parts of a segment that may be several digits; the segment if it has none.

        `height` is that of a usual digit, in the segments' unit.
        """

    def rasterize(self, parts: InkParts) -> Raster:
        """Return the raster of some ink, float32 (28, 28) in [0, 1]."""

    def effort(self, parts: InkParts) -> int:
        """Return the cost of recognising some ink, in recognitions of usual ink."""

    def content(self, parts: InkParts) -> Content:
        """Return some ink as a drawing of its own."""

    def to_drawing(self, box: Rect) -> Rect:
        """Return a box in drawing units."""


class StrokeInk:
    """Strokes; see NumberInk."""

    has_strokes = True
    min_cut_width = 0.85

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        """`strokes`: at least one."""
        self.segments = stroke_segments(strokes)

    def cut(self, segment: Segment, height: float) -> list[Segment]:
        """Return a stroke's parts between ligatures."""
        return cut_stroke(segment, height)

    def rasterize(self, parts: InkParts) -> Raster:
        """Return the raster of strokes and parts of strokes."""
        raster = rasterize(parts)
        assert raster is not None, "a segment has ink"
        return raster

    def effort(self, parts: InkParts) -> int:
        """Return 1 for up to _POINTS points, and 1 more for each further _POINTS."""
        return 1 + sum(len(stroke.points) for stroke in parts) // _POINTS

    def content(self, parts: InkParts) -> Content:
        """Return strokes as a drawing of their own, where they are."""
        return Content(strokes=parts)

    def to_drawing(self, box: Rect) -> Rect:
        """Return the box, which is in drawing units already."""
        return box


def number_ink(content: Content) -> NumberInk | None:
    """Return the ink of a drawing that may be a number, or None for an empty drawing.

    A drawing on a picture is read as a picture. Raises InkError if that shows no ink, and for more
    than MAX_STROKES strokes.
    """
    content = visible_content(content)
    if len(content.strokes) > MAX_STROKES:
        raise InkError(
            _("A drawing of more than {count} strokes cannot be read as a number.").format(
                count=MAX_STROKES
            )
        )
    if content.background is None:
        return StrokeInk(content.strokes) if content.strokes else None
    if not content.strokes:
        return PictureInk(content.background, content.page)
    return PictureInk(render(content), content.extent)
