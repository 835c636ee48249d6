"""Owns the signs of what is chosen: the box with its tick, and the marks of menus' entries.

Tk's own are bitmaps of one size: specks on a display of 200 %. These are drawn for every scale.
"""

from __future__ import annotations

import itertools
import math
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    from app.ui.theme.theme import Theme

    Colour = tuple[int, int, int]
    Shape = Callable[[float, float], float]
    """How far a place lies outside of something, in pixels; negative inside."""

BOX, TICKED_BOX = "InklingBox", "InklingTickedBox"
MENU_TICK, MENU_DOT, MENU_UNMARKED = "InklingTick", "InklingDot", "InklingUnmarked"
MENU_BLANK = "InklingBlank"
"""What stands before a menu's entries: in each the same room. It also gives them their height."""
MENU_EDGE = "InklingEdge"
"""What stands before the entries of a menu without marks."""
_BOX_SIDE, _BOX_GAP = 15, 7
_MARK_SIDE, _MARK_WIDTH, _ENTRY_HEIGHT, _EDGE_WIDTH = 14, 20, 24, 3
_TICK = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.30))


def create_images(root: tk.Misc, theme: Theme) -> None:
    """Make all signs, or make them anew, in the look's present colours and scale.

    They are Tk's, by name, and go with it: no object of Python's has to be freed on its thread.
    """
    palette, px = theme.palette, theme.px
    side, gap, mark = px(_BOX_SIDE), px(_BOX_GAP), px(_MARK_SIDE)
    edge = max(px(1.2), 1)
    whole, inner = _square(side), _square(side, edge)
    box = [(whole, _rgb(palette.muted)), (inner, _rgb(palette.raised))]
    ticked = [
        (whole, _rgb(palette.best)),
        (_line(_TICK, side, 0.075 * side), _rgb(palette.on_best)),
    ]
    text = _rgb(palette.text)
    room, high = px(_MARK_WIDTH), px(_ENTRY_HEIGHT)
    blank = room + 2 + px(1)  # so far Tk moves entries with a mark: two pixels and a menu's edge
    down = (high - mark) / 2
    tick = _moved(_line(_TICK, mark, 0.07 * mark), px(2), down)
    dot = _moved(_disc(mark, 0.22 * mark), px(2), down)
    for name, width, height, layers in (
        (BOX, side + gap, side, box),
        (TICKED_BOX, side + gap, side, ticked),
        (MENU_TICK, room, high, [(tick, text)]),
        (MENU_DOT, room, high, [(dot, text)]),
        (MENU_UNMARKED, room, high, []),
        (MENU_BLANK, blank, high, []),
        (MENU_EDGE, px(_EDGE_WIDTH), high, []),
    ):
        data = _png(width, height, layers)
        root.tk.call("image", "create", "photo", name, "-format", "png", "-data", data)


def _png(wide: int, high: int, layers: list[tuple[Shape, Colour]]) -> bytes:
    """Return layers of shapes as a PNG file, its edges smooth, transparent elsewhere."""
    rows = bytearray()
    for y in range(high):
        rows.append(0)  # this row is not predicted from the one before
        for x in range(wide):
            rows += _pixel(x + 0.5, y + 0.5, layers)
    head = struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _pixel(x: float, y: float, layers: list[tuple[Shape, Colour]]) -> bytes:
    red = green = blue = alpha = 0.0
    for shape, colour in layers:
        cover = min(max(0.5 - shape(x, y), 0.0), 1.0)
        if cover > 0.0:
            # Over what is there already (Porter and Duff, 1984), not multiplied by alpha.
            whole = cover + alpha * (1 - cover)
            red, green, blue = (
                (new * cover + old * alpha * (1 - cover)) / whole
                for new, old in zip(colour, (red, green, blue), strict=True)
            )
            alpha = whole
    return bytes((round(red), round(green), round(blue), round(255 * alpha)))


def _square(side: float, inset: float = 0.0) -> Shape:
    """Return a square with corners that are slightly round."""
    half, radius = side / 2 - inset, max(0.16 * side - inset, 0.0)

    def outside(x: float, y: float) -> float:
        right, down = abs(x - side / 2) - half + radius, abs(y - side / 2) - half + radius
        return math.hypot(max(right, 0.0), max(down, 0.0)) + min(max(right, down), 0.0) - radius

    return outside


def _moved(shape: Shape, right: float, down: float) -> Shape:
    return lambda x, y: shape(x - right, y - down)


def _disc(side: float, radius: float) -> Shape:
    return lambda x, y: math.hypot(x - side / 2, y - side / 2) - radius


def _line(places: tuple[tuple[float, float], ...], side: float, half: float) -> Shape:
    """Return a line through places, as shares of the side, with round ends."""
    points = [(x * side, y * side) for x, y in places]
    pairs = list(itertools.pairwise(points))

    def outside(x: float, y: float) -> float:
        return min(_from_segment(x, y, start, end) for start, end in pairs) - half

    return outside


def _from_segment(
    x: float, y: float, start: tuple[float, float], end: tuple[float, float]
) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    share = (x - start[0]) * along_x + (y - start[1]) * along_y
    share = min(max(share / (along_x**2 + along_y**2), 0.0), 1.0)
    return math.hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
