"""Pictures of controls: rounded rectangles and lines with smooth edges, as PNG data.

In plain Python, since the first window does not wait for Pillow.
"""

import math
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

Point = tuple[float, float]
Shape = Callable[[float, float], float]
"""Returns the distance of a point from the shape's outline in pixels, negative inside."""
Pixel = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""
T = TypeVar("T")


@lru_cache(maxsize=64)  # the same object for the same shape: its coverage is kept
def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    """Return a rectangle with round corners; a disc if the radius is half its side."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    half_x, half_y = (right - left) / 2 - radius, (bottom - top) / 2 - radius

    def distance(x: float, y: float) -> float:
        across, down = abs(x - middle_x) - half_x, abs(y - middle_y) - half_y
        outside = math.hypot(max(across, 0.0), max(down, 0.0))
        return outside + min(max(across, down), 0.0) - radius

    return distance


def line(points: Sequence[Point], width: float) -> Shape:
    """Return a line through points with round ends and joins."""

    def distance(x: float, y: float) -> float:
        return min(_to_segment(x, y, *ends) for ends in pairwise(points)) - width / 2

    return distance


def picture(
    width: int,
    height: int,
    layers: Sequence[tuple[Shape, str]],
    ground: str | None = None,
    corner: int | None = None,
) -> bytes:
    """Return a PNG of shapes, each with its colour "#rrggbb", the last on top.

    `ground` is the background's colour; None: transparent. With `corner` only so many pixels of the
    upper left corner are computed: they are mirrored, and the last ones repeated between.
    """
    wide, high = (width, height) if corner is None else (corner, corner)
    shapes, colours = zip(*layers, strict=True) if layers else ((), ())
    back = (0, 0, 0, 0) if ground is None else (*rgb(ground), 255)

    @cache  # few differ: most are inside or outside of a shape
    def pixel(*covered: float) -> bytes:
        mixed = back
        for share, colour in zip(covered, colours, strict=True):
            mixed = _over(mixed, rgb(colour), share)
        return bytes(mixed)

    coverages = [_coverage(shape, wide, high) for shape in shapes]
    rows = [
        [pixel(*(coverage[y][x] for coverage in coverages)) for x in range(wide)]
        for y in range(high)
    ]
    if corner is not None:
        rows = [_mirror(row, width) for row in rows]
    lines = [b"\0" + b"".join(row) for row in rows]
    return png(width, height, lines if corner is None else _mirror(lines, height))


def png(width: int, height: int, lines: Iterable[bytes]) -> bytes:
    """Return a PNG (ISO/IEC 15948) of lines, each a zero and the RGBA values of its pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(lines), 1)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*content) for content in chunks)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue (0 to 255) of "#rrggbb"."""
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(one: str, other: str, share: float) -> str:
    """Return a colour with this share (0 to 1) of the other, as "#rrggbb"."""
    both = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in both)


@lru_cache(maxsize=64)
def _coverage(shape: Shape, width: int, height: int) -> tuple[tuple[float, ...], ...]:
    """Return the share of each pixel that a shape covers."""
    return tuple(
        tuple(min(max(0.5 - shape(x + 0.5, y + 0.5), 0.0), 1.0) for x in range(width))
        for y in range(height)
    )


def _over(under: Pixel, colour: tuple[int, int, int], share: float) -> Pixel:
    """Return a pixel of which a colour covers this share (Porter and Duff, 1984)."""
    opacity = share + under[3] / 255 * (1 - share)
    part = share / opacity if opacity else 0.0
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(under, colour, strict=False))
    return red, green, blue, round(255 * opacity)


def _mirror(corner: list[T], length: int) -> list[T]:
    """Return `length` items: the corner, its last repeated, the corner the other way round."""
    return [*corner, *[corner[-1]] * (length - 2 * len(corner)), *reversed(corner)]


def _to_segment(x: float, y: float, start: Point, end: Point) -> float:
    """Return the distance of a point from a segment."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    share = ((x - start[0]) * along_x + (y - start[1]) * along_y) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)
