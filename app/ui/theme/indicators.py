"""Images of check boxes and menu marks in the theme's scale; Tk's own have one size only."""

import tkinter as tk

from app.ui.theme.theme import Theme

BOX, TICKED_BOX = "InklingBox", "InklingTickedBox"
MENU_TICK, MENU_DOT, MENU_UNMARKED = "InklingTick", "InklingDot", "InklingUnmarked"
MENU_BLANK = "InklingBlank"
"""Aligns the entries of a menu without a mark with those that have one, and sets their height."""
MENU_EDGE = "InklingEdge"
"""The left margin of the entries of a menu without marks."""
_BOX_SIDE, _BOX_GAP = 15, 7
_MARK_SIDE, _MARK_WIDTH, _ENTRY_HEIGHT, _EDGE_WIDTH = 14, 20, 24, 3
"""In pixels at 100 %, like the two above."""
_TICK = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.30))
"""A polyline in the unit square."""
_SUPERSAMPLING = 8


def create_images(root: tk.Misc, theme: Theme) -> None:
    """Create all images, or replace them, in the theme's present colours and scale.

    They are Tk images by name, without Python objects that a garbage collection on another thread
    could delete.
    """
    palette, px = theme.palette, theme.px
    side, gap, mark = px(_BOX_SIDE), px(_BOX_GAP), px(_MARK_SIDE)
    room, height = px(_MARK_WIDTH), px(_ENTRY_HEIGHT)
    top = (height - mark) / 2

    box = _Canvas(side + gap, side)
    box.square(side, palette.muted)
    box.square(side, palette.raised, inset=max(px(1.2), 1))
    ticked = _Canvas(side + gap, side)
    ticked.square(side, palette.best)
    ticked.tick(0, 0, side, 0.15 * side, palette.on_best)
    tick = _Canvas(room, height)
    tick.tick(px(2), top, mark, 0.14 * mark, palette.text)
    dot = _Canvas(room, height)
    dot.disc(px(2) + mark / 2, top + mark / 2, 0.22 * mark, palette.text)
    for name, image in (
        (BOX, box),
        (TICKED_BOX, ticked),
        (MENU_TICK, tick),
        (MENU_DOT, dot),
        (MENU_UNMARKED, _Canvas(room, height)),
        # Tk moves entries with a mark by two pixels and the menu's border.
        (MENU_BLANK, _Canvas(room + 2 + px(1), height)),
        (MENU_EDGE, _Canvas(px(_EDGE_WIDTH), height)),
    ):
        image.copy_to(root, name)


class _Canvas:
    """A transparent image; lengths are in its pixels. It is drawn larger: its edges are smooth."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        size = width * _SUPERSAMPLING, height * _SUPERSAMPLING
        self._image = Image.new("RGBA", size)
        self._draw = ImageDraw.Draw(self._image)

    def square(self, side: float, colour: str, inset: float = 0.0) -> None:
        """Fill a square with rounded corners, `inset` pixels smaller on each side."""
        start, end = inset * _SUPERSAMPLING, (side - inset) * _SUPERSAMPLING - 1
        radius = max(0.16 * side - inset, 0.0) * _SUPERSAMPLING
        self._draw.rounded_rectangle((start, start, end, end), radius, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a disc around a centre."""
        box = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse([value * _SUPERSAMPLING for value in box], fill=colour)

    def tick(self, x: float, y: float, side: float, width: float, colour: str) -> None:
        """Draw a tick with round ends in the square at (x, y)."""
        points = [(x + side * right, y + side * down) for right, down in _TICK]
        scaled = [(px * _SUPERSAMPLING, py * _SUPERSAMPLING) for px, py in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SUPERSAMPLING))
        for point in points:
            self.disc(*point, width / 2, colour)

    def copy_to(self, root: tk.Misc, name: str) -> None:
        """Copy it to the Tk image of this name, which is created if there is none."""
        from PIL import ImageTk

        photo = ImageTk.PhotoImage(self._image.reduce(_SUPERSAMPLING), master=root)
        root.tk.call("image", "create", "photo", name)
        root.tk.call(name, "copy", photo, "-compositingrule", "set", "-shrink")
