"""Owns a picture that may show a number: its ink in pieces, cut where digits touch.

A piece is ink that hangs together (a connected component) or what lies of it between two seams.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging.connected_components import Mask, label_components, remove_small_components
from app.imaging.ink_detection import WORKING_SIDE, Grey, detect_ink
from app.imaging.morphology import SQUARE, dilate
from app.imaging.normalise import rasterize_ink, stroke_thickness
from app.imaging.picture_reader import picture_errors, to_averageable_mode
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.rasterize import Raster
from app.numbers.picture_cuts import parted, seams
from app.numbers.segments import Piece, bounded

_SPECK = 0.003
"""The share of the largest component below which ink is dirt: a decimal point is much smaller than
a digit."""
_DOT = 0.5
"""Ink smaller each way than so many widths of the pen is dirt as well."""
_LONGEST_SIDE = 1200
_HIGH = 50
"""A number is looked at again, nearer, if it is less than so many pixels high and could be more."""
_SPLINTER = 0.1
"""The share of a cut digit's largest component below which ink is its neighbour's."""
_PLACES = 48
_MOST_COMPONENTS = 400
_SEAMS_A_HEIGHT = 4


class PicturePage:
    """A picture's ink."""

    has_strokes = False
    least_cut = 0.5

    def __init__(self, image: Image.Image, extent: Rect) -> None:
        """`extent`: where the whole picture lies, in drawing units. Raises InkError without ink."""
        with picture_errors():
            plain = to_averageable_mode(image)
            plain.load()
        plain, extent = _nearer(plain, extent)
        self._ink, mask = detect_ink(plain, _side_of(plain), _SPECK)
        self._zoom = (extent.right - extent.left) / mask.shape[1]
        self._extent = extent
        self.pen = stroke_thickness(mask)
        labels, counts = label_components(mask)
        self._background = labels == 0
        self._next = len(counts)
        self._cut: set[int] = set()
        self._boxes: dict[int, tuple[int, int, int, int]] = {}
        self._masks: dict[int, Mask] = {}
        self.pieces = bounded(self._found(labels, counts))

    def cuts(self, piece: Piece, height: float) -> list[list[Piece]]:
        """Return a component's parts between seams."""
        if len(piece.ink) != 1:
            return [[piece]]
        mask = self._masks[piece.ink[0]]
        most = max(round(_SEAMS_A_HEIGHT * piece.width / height), 1)
        return [self._parted(piece, parted(mask, seams(mask, height, most)))]

    def _parted(self, piece: Piece, part: NDArray[np.int32]) -> list[Piece]:
        """Return the parts of a component; `part` numbers them in its box, -1 outside its ink."""
        mask = part >= 0
        sizes = np.bincount(part[mask])
        least = self.pen * self.pen
        # What is hardly more than a dot stays with what lies left of it, the first with the next.
        kept = np.maximum.accumulate(np.where(sizes >= least, np.arange(len(sizes)), -1))
        kept[kept < 0] = kept.max()
        numbers = np.where(mask, kept[part], -1)
        left, top = int(piece.box.left), int(piece.box.top)
        found = []
        for number in np.unique(kept):
            self._cut.add(self._next)
            found.append(self._piece(numbers == number, (left, top), piece.sources[0], self._next))
            self._next += 1
        return found

    def rasterize(self, ink: tuple[int, ...]) -> Raster:
        """Return what the network sees of some labels' ink, its grey edges with it."""
        return rasterize_ink(*self._part(ink))

    def content(self, ink: tuple[int, ...]) -> Content:
        """Return some labels' ink as a picture of its own: black on white, with a margin."""
        values = np.pad(self._part(ink)[0], 8)
        picture = Image.fromarray(np.rint(255 * (1 - values)).astype(np.uint8))
        width, height = (side * self._zoom for side in picture.size)
        return Content(Rect(0.0, 0.0, width, height), background=picture)

    def _part(self, ink: tuple[int, ...]) -> tuple[Grey, Mask]:
        """Return some labels' ink and its mask, cut to their box."""
        lefts, tops, rights, bottoms = zip(*(self._boxes[label] for label in ink), strict=True)
        rows = slice(max(min(tops) - 1, 0), max(bottoms) + 1)
        columns = slice(max(min(lefts) - 1, 0), max(rights) + 1)
        background = self._background[rows, columns]
        mask = np.zeros(background.shape, bool)
        for label in ink:
            left, top, right, bottom = self._boxes[label]
            y, x = top - rows.start, left - columns.start
            mask[y : y + bottom - top, x : x + right - left] |= self._masks[label]
        if not self._cut.isdisjoint(ink):
            mask = remove_small_components(mask, _SPLINTER)
        near = (background | mask) & dilate(mask, SQUARE)
        return np.where(near, self._ink[rows, columns], np.float32(0)), mask

    def in_drawing(self, box: Rect) -> Rect:
        """Return a box of pixels in drawing units."""
        left, top = self._extent.left, self._extent.top
        return Rect(*(o + v * self._zoom for o, v in zip((left, top) * 2, box.edges, strict=True)))

    def _found(self, labels: NDArray[np.int32], counts: NDArray[np.int64]) -> list[Piece]:
        """Return the components as pieces, without dirt; the largest one is never dirt."""
        least = (_DOT * self.pen) ** 2
        order = np.argsort(-counts[1:])[:_MOST_COMPONENTS] + 1
        chosen = [label for label in order.tolist() if counts[label] >= least] or order[:1].tolist()
        boxes = _boxes(labels, len(counts))
        found = []
        for label in chosen:
            left, top, right, bottom = boxes[label]
            mask = labels[top:bottom, left:right] == label
            found.append(self._piece(mask, (left, top), label, label))
        return found

    def _piece(
        self,
        mask: Mask,
        corner: tuple[int, int],
        source: int,
        label: int,
    ) -> Piece:
        """Return the ink in a mask, whose first pixel is at `corner` (x, y), as a piece."""
        left, top = corner
        rows, columns = np.nonzero(mask)
        chosen = np.linspace(0, len(rows) - 1, min(_PLACES, len(rows))).astype(int)
        places = np.column_stack([columns[chosen] + left + 0.5, rows[chosen] + top + 0.5])
        x, y = slice(columns.min(), columns.max() + 1), slice(rows.min(), rows.max() + 1)
        box = (int(x.start) + left, int(y.start) + top, int(x.stop) + left, int(y.stop) + top)
        self._boxes[label], self._masks[label] = box, mask[y, x]
        return Piece(Rect(*map(float, box)), places, (source,), (label,))


def _nearer(image: Image.Image, extent: Rect) -> tuple[Image.Image, Rect]:
    """Return the part of the picture that has the ink, where it would be too small otherwise."""
    side = _side_of(image)
    if max(image.size) <= side:
        return image, extent
    _ink, mask = detect_ink(image, side, _SPECK)
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if rows[-1] - rows[0] >= _HIGH:
        return image, extent
    zoom = image.width / mask.shape[1]
    margin = 0.5 * (rows[-1] - rows[0] + 1)
    box = (
        max(int((columns[0] - margin) * zoom), 0),
        max(int((rows[0] - margin) * zoom), 0),
        min(int((columns[-1] + 1 + margin) * zoom), image.width),
        min(int((rows[-1] + 1 + margin) * zoom), image.height),
    )
    unit = (extent.right - extent.left) / image.width
    left, top = extent.left + box[0] * unit, extent.top + box[1] * unit
    right, bottom = extent.left + box[2] * unit, extent.top + box[3] * unit
    return image.crop(box), Rect(left, top, right, bottom)


def _side_of(image: Image.Image) -> int:
    """Return at how many pixels the longer side is seen: a wide strip's at more than a square's."""
    aspect = max(image.size) / max(min(image.size), 1)
    return int(min(WORKING_SIDE * max(aspect / 2, 1.0), _LONGEST_SIDE))


def _boxes(labels: NDArray[np.int32], count: int) -> list[tuple[int, int, int, int]]:
    """Return every label's box: left, top, and right and bottom beyond its last pixels."""
    rows, columns = np.nonzero(labels)
    found = labels[rows, columns]
    boxes = np.zeros((count, 4), np.int64)
    boxes[:, :2] = max(labels.shape)
    for place, values in ((0, columns), (1, rows)):
        np.minimum.at(boxes[:, place], found, values)
        np.maximum.at(boxes[:, place + 2], found, values + 1)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in boxes]
