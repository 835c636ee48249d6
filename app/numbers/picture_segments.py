"""The ink of a picture that may show a number: its segments, cut where digits touch.

A segment is a connected component, or the part of one between two seams. Its `parts` are the
component's label, or a new label for each part.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging.connected_components import Mask, label_components, remove_small_components
from app.imaging.ink_detection import WORKING_SIDE, Grey, detect_ink
from app.imaging.morphology import SQUARE, dilate
from app.imaging.normalise import mask_box, rasterize_ink, stroke_thickness
from app.imaging.picture_reader import picture_errors, to_averageable_mode
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.rasterize import Raster
from app.numbers.picture_cuts import find_seams, label_parts
from app.numbers.segments import Segment, limit_segments

PixelBox = tuple[int, int, int, int]
"""left, top, and right and bottom one beyond the last pixel."""
Labels = tuple[int, ...]

_SPECK = 0.003
"""Components with less than this share of the largest one's pixels are dirt: a decimal point is
much smaller than a digit."""
_MIN_DOT = 0.5
"""So are those with less than the square of this many line widths."""
_MAX_SIDE = 1200
"""The longest side at which a picture is read, in pixels."""
_MIN_INK_HEIGHT = 50
"""Ink lower than this, in pixels, is read again from a crop, if the picture has more pixels."""
_SPLINTER = 0.1
"""In a cut digit, components with less than this share of the largest one's pixels are the
neighbour's."""
_MAX_POINTS = 48
_MAX_COMPONENTS = 400
_SEAMS_PER_HEIGHT = 4
"""The most seams for each height of a usual digit in a component's width."""
_MARGIN = 8
"""The white margin around a digit's own picture, in pixels."""


class PictureInk:
    """A picture's ink; see `number_ink.NumberInk`."""

    has_strokes = False
    min_cut_width = 0.5

    def __init__(self, image: Image.Image, extent: Rect) -> None:
        """Find the ink; raises InkError if there is none.

        `extent`: where the whole picture lies, in drawing units.
        """
        with picture_errors():
            averageable = to_averageable_mode(image)
            averageable.load()
        picture, extent = _cropped_to_small_ink(averageable, extent)
        self._ink, mask = detect_ink(picture, _working_side(picture), _SPECK)
        self._origin = extent.left, extent.top
        self._unit = extent.width / mask.shape[1]
        """Drawing units per pixel."""
        self._line_width = stroke_thickness(mask)
        labels, counts = label_components(mask)
        self._background = labels == 0
        self._next_label = len(counts)
        self._cut_labels: set[int] = set()
        self._boxes: dict[int, PixelBox] = {}
        self._masks: dict[int, Mask] = {}
        self.segments = limit_segments(self._components(labels, counts))

    def cut(self, segment: Segment, height: float) -> list[Segment]:
        """Return a component's parts between seams; merged components are returned whole."""
        if len(segment.parts) != 1:
            return [segment]
        mask = self._masks[segment.parts[0]]
        limit = max(round(_SEAMS_PER_HEIGHT * segment.box.width / height), 1)
        return self._parts(segment, label_parts(mask, find_seams(mask, height, limit)))

    def rasterize(self, parts: Labels) -> Raster:
        """Return the raster of the ink with these labels, grey edges included."""
        return rasterize_ink(*self._cropped(parts))

    def effort(self, parts: Labels) -> int:  # noqa: ARG002
        """Return 1: a picture has been scaled down."""
        return 1

    def content(self, parts: Labels) -> Content:
        """Return the ink with these labels as a picture of its own, black on white."""
        values = np.pad(self._cropped(parts)[0], _MARGIN)
        picture = Image.fromarray(np.rint(255 * (1 - values)).astype(np.uint8))
        width, height = (side * self._unit for side in picture.size)
        return Content(Rect(0.0, 0.0, width, height), background=picture)

    def to_drawing(self, box: Rect) -> Rect:
        """Return a box of pixels in drawing units."""
        return box.scaled(self._unit, 0.0, 0.0).moved(*self._origin)

    def _components(self, labels: NDArray[np.int32], counts: NDArray[np.int64]) -> list[Segment]:
        """Return the components as segments, without dirt; the largest one is always kept."""
        min_count = (_MIN_DOT * self._line_width) ** 2
        by_size = np.argsort(-counts[1:])[:_MAX_COMPONENTS] + 1
        kept = [label for label in by_size.tolist() if counts[label] >= min_count]
        boxes = _label_boxes(labels, len(counts))
        found = []
        for label in kept or by_size[:1].tolist():
            left, top, right, bottom = boxes[label]
            mask = labels[top:bottom, left:right] == label
            found.append(self._segment(mask, (left, top), label, label))
        return found

    def _parts(self, segment: Segment, part: NDArray[np.int32]) -> list[Segment]:
        """Return the parts of a component; `part` numbers them within its box, -1 outside its ink.

        Parts smaller than a dot stay with the part to their left, the first ones with the next.
        """
        mask = part >= 0
        sizes = np.bincount(part[mask])
        min_size = self._line_width * self._line_width
        kept = np.maximum.accumulate(np.where(sizes >= min_size, np.arange(len(sizes)), -1))
        kept[kept < 0] = kept.max()
        numbers = np.where(mask, kept[part], -1)
        corner = int(segment.box.left), int(segment.box.top)
        found = []
        for number in np.unique(kept):
            label, self._next_label = self._next_label, self._next_label + 1
            self._cut_labels.add(label)
            found.append(self._segment(numbers == number, corner, segment.sources[0], label))
        return found

    def _segment(self, mask: Mask, corner: tuple[int, int], source: int, label: int) -> Segment:
        """Return the ink of a mask, whose first pixel is at `corner` (x, y), as a segment."""
        left, top = corner
        rows, columns = np.nonzero(mask)
        chosen = np.linspace(0, len(rows) - 1, min(_MAX_POINTS, len(rows))).astype(int)
        points = np.column_stack([columns[chosen] + left + 0.5, rows[chosen] + top + 0.5])
        x, y = slice(columns.min(), columns.max() + 1), slice(rows.min(), rows.max() + 1)
        box = (int(x.start) + left, int(y.start) + top, int(x.stop) + left, int(y.stop) + top)
        self._boxes[label], self._masks[label] = box, mask[y, x]
        return Segment(Rect(*map(float, box)), points, (source,), (label,))

    def _cropped(self, parts: Labels) -> tuple[Grey, Mask]:
        """Return the ink with these labels and its mask, cropped to their box and a pixel more."""
        lefts, tops, rights, bottoms = zip(*(self._boxes[label] for label in parts), strict=True)
        rows = slice(max(min(tops) - 1, 0), max(bottoms) + 1)
        columns = slice(max(min(lefts) - 1, 0), max(rights) + 1)
        background = self._background[rows, columns]
        mask = np.zeros(background.shape, bool)
        for label in parts:
            left, top, right, bottom = self._boxes[label]
            y, x = top - rows.start, left - columns.start
            mask[y : y + bottom - top, x : x + right - left] |= self._masks[label]
        if not self._cut_labels.isdisjoint(parts):
            mask = remove_small_components(mask, _SPLINTER)
        near = (background | mask) & dilate(mask, SQUARE)
        return np.where(near, self._ink[rows, columns], np.float32(0)), mask


def _cropped_to_small_ink(image: Image.Image, extent: Rect) -> tuple[Image.Image, Rect]:
    """Return the crop of a large picture around its ink, if that is small, and where it lies."""
    side = _working_side(image)
    if max(image.size) <= side:
        return image, extent
    _ink, mask = detect_ink(image, side, _SPECK)
    inked = mask_box(mask)
    if inked.height > _MIN_INK_HEIGHT:
        return image, extent
    around = inked.grown(0.5 * inked.height).scaled(image.width / mask.shape[1], 0.0, 0.0)
    box = (
        max(int(around.left), 0),
        max(int(around.top), 0),
        min(int(around.right), image.width),
        min(int(around.bottom), image.height),
    )
    crop = Rect(*box).scaled(extent.width / image.width, 0.0, 0.0)
    return image.crop(box), crop.moved(extent.left, extent.top)


def _working_side(image: Image.Image) -> int:
    """Return the length in pixels to scale the longer side to: more for a strip than a square."""
    aspect = max(image.size) / max(min(image.size), 1)
    return int(min(WORKING_SIDE * max(aspect / 2, 1.0), _MAX_SIDE))


def _label_boxes(labels: NDArray[np.int32], count: int) -> list[PixelBox]:
    """Return the box of each label's pixels."""
    rows, columns = np.nonzero(labels)
    found = labels[rows, columns]
    boxes = np.zeros((count, 4), np.int64)
    boxes[:, :2] = max(labels.shape)
    for axis, values in ((0, columns), (1, rows)):
        np.minimum.at(boxes[:, axis], found, values)
        np.maximum.at(boxes[:, axis + 2], found, values + 1)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in boxes]
