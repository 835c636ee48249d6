"""Images of check boxes, radio buttons, arrows and menu marks in the theme's scale and colours."""

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme.controls import Look, Looks, field_looks, main_looks
from app.ui.theme.shapes import Point, Shape, line, picture, rounded
from app.ui.theme.theme import Theme

MENU_TICK, MENU_DOT, MENU_UNMARKED = "InklingTick", "InklingDot", "InklingUnmarked"
MENU_BLANK = "InklingBlank"
"""Aligns the entries of a menu without a mark with those that have one, and sets their height."""
MENU_EDGE = "InklingEdge"
"""The left margin of the entries of a menu without marks."""
_SIDE, _GAP = 18, 8
_MARK_SIDE, _MARK_WIDTH, _ENTRY_HEIGHT, _EDGE_WIDTH = 14, 20, 24, 3
"""In pixels at 100 %, like the two above."""
_TICK = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.30))
_DOWN, _UP = ((0.25, 0.38), (0.5, 0.63), (0.75, 0.38)), ((0.25, 0.62), (0.5, 0.37), (0.75, 0.62))
"""Polylines in the unit square."""


def create_menu_marks(root: tk.Misc, theme: Theme) -> None:
    """Create the images of menus, or replace them, in the theme's present colours and scale."""
    px, colour = theme.px, theme.palette.text
    mark, room, height = px(_MARK_SIDE), px(_MARK_WIDTH), px(_ENTRY_HEIGHT)
    top, middle = (height - mark) / 2, px(2) + mark / 2
    tick = line(_placed(_TICK, px(2), top, mark), 0.14 * mark)
    dot = _disc(middle, height / 2, 0.22 * mark)
    for name, width, layers in (
        (MENU_TICK, room, [(tick, colour)]),
        (MENU_DOT, room, [(dot, colour)]),
        (MENU_UNMARKED, room, []),
        # Tk moves entries with a mark by two pixels and the menu's border.
        (MENU_BLANK, room + 2 + px(1), []),
        (MENU_EDGE, px(_EDGE_WIDTH), []),
    ):
        data = picture(width, height, layers)
        root.tk.call("image", "create", "photo", name, "-data", data)


def check_box(theme: Theme) -> str:
    """Make the element of a check box, or draw it anew, and return its name."""
    tick = line(_placed(_TICK, 0, 0, theme.px(_SIDE)), 0.12 * theme.px(_SIDE))
    return _indicator(theme, "Checkbutton.indicator", tick, theme.px(4))


def radio_button(theme: Theme) -> str:
    """Make the element of a radio button, or draw it anew, and return its name."""
    half = theme.px(_SIDE) / 2
    return _indicator(theme, "Radiobutton.indicator", _disc(half, half, 0.38 * half), half)


def arrow(theme: Theme, name: str, is_up: bool = False) -> str:
    """Make the element of a field's arrow, or draw it anew, and return its name."""
    side, palette = theme.px(14), theme.palette
    shape = line(_placed(_UP if is_up else _DOWN, 0, 0, side), 0.12 * side)
    states = {"disabled": palette.border, "active": palette.text, "": palette.muted}
    width, height = side + theme.px(6), side
    pictures = {
        state: picture(width, height, [(shape, colour)]) for state, colour in states.items()
    }
    return theme.controls.image_element(name, pictures, sticky="")


def _indicator(theme: Theme, name: str, mark: Shape, radius: float) -> str:
    palette, side = theme.palette, theme.px(_SIDE)
    off = {**field_looks(palette), "": Look(palette.raised, palette.muted)}
    looks: Looks = {
        f"selected {state}".rstrip(): look for state, look in main_looks(palette).items()
    }
    looks = {"selected disabled": Look(palette.border, palette.border), **looks, **off}
    pictures = {}
    for state, look in looks.items():
        edge = max(theme.px(look.width), 1)
        layers = [
            (rounded(0, 0, side, side, radius), look.edge),
            (rounded(edge, edge, side - edge, side - edge, radius - edge), look.fill),
        ]
        if state.startswith("selected"):
            layers.append((mark, palette.ground if "disabled" in state else palette.on_best))
        pictures[state] = picture(side + theme.px(_GAP), side, layers)
    return theme.controls.image_element(name, pictures, sticky="w")


def _placed(points: Sequence[Point], left: float, top: float, side: float) -> list[Point]:
    return [(left + side * x, top + side * y) for x, y in points]


def _disc(x: float, y: float, radius: float) -> Shape:
    return rounded(x - radius, y - radius, x + radius, y + radius, radius)
