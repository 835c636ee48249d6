"""The shapes of buttons, fields, sliders and bars: image elements of ttk styles.

An element's measures and states are fixed when it is made, so each scale has elements of its own,
and so has the window that has just opened; a change of the palette only draws their images anew.
They are Tk images by name, without Python objects that a garbage collection on another thread could
delete.
"""

import tkinter as tk
from collections.abc import Mapping
from dataclasses import dataclass
from tkinter import ttk
from typing import Any, NamedTuple

from app.ui.theme.palette import Palette
from app.ui.theme.shapes import mix, picture, rounded

RADIUS = 6
"""Of corners, in pixels at 100 %."""
_AT_FIRST = {"", "disabled", "selected"}
"""The states of the window that has just opened: its elements have no others."""
_ROOM = 24
"""The length of an image's straight sides in pixels: the longer, the fewer tiles fill a widget."""


class Look(NamedTuple):
    """The colours of a shape in a state; the edge's width in pixels at 100 %."""

    fill: str
    edge: str
    width: float = 1.0


Looks = Mapping[str, Look]
"""By state, as in "focus active"; the first that applies counts, and "" applies always."""


def button_looks(palette: Palette) -> Looks:
    """Return the looks of an ordinary button."""
    edge, disabled = palette.border, mix(palette.ground, palette.border, 0.5)
    return {
        "disabled": Look(palette.ground, disabled),
        "pressed": Look(palette.pressed, edge),
        "focus active": Look(palette.hover, palette.best, 2),
        "focus": Look(palette.raised, palette.best, 2),
        "active": Look(palette.hover, edge),
        "": Look(palette.raised, edge),
    }


def switch_looks(palette: Palette) -> Looks:
    """Return the looks of a button that is on or off."""
    on = {f"selected {state}".rstrip(): look for state, look in main_looks(palette).items()}
    return {**on, **button_looks(palette)}


def main_looks(palette: Palette) -> Looks:
    """Return the looks of a window's main button."""
    best = palette.best
    hover, pressed = (mix(best, palette.text, share) for share in (0.14, 0.28))
    return {
        "disabled": button_looks(palette)["disabled"],
        "pressed": Look(pressed, pressed),
        "focus active": Look(hover, palette.text, 2),
        "focus": Look(best, palette.text, 2),
        "active": Look(hover, hover),
        "": Look(best, best),
    }


def segment_looks(palette: Palette) -> Looks:
    """Return the looks of a button in a groove with others, of which one is chosen."""
    return {
        "selected focus": Look(palette.raised, palette.best, 2),
        "selected": Look(palette.raised, palette.border),
        "focus": Look(palette.track, palette.best, 2),
        "pressed": Look(palette.pressed, palette.pressed),
        "active": Look(palette.hover, palette.hover),
        "": Look(palette.track, palette.track),
    }


def field_looks(palette: Palette) -> Looks:
    """Return the looks of a field for text or a choice."""
    return {
        "disabled": Look(palette.ground, mix(palette.ground, palette.border, 0.5)),
        "focus": Look(palette.raised, palette.best, 2),
        "active": Look(palette.raised, mix(palette.border, palette.text, 0.3)),
        "": Look(palette.raised, palette.border),
    }


def plain_looks(fill: str, active: str, disabled: str) -> Looks:
    """Return the looks of a shape without an edge: a slider, a bar."""
    return {
        "disabled": Look(disabled, disabled, 0),
        "pressed": Look(active, active, 0),
        "active": Look(active, active, 0),
        "focus": Look(active, active, 0),
        "": Look(fill, fill, 0),
    }


@dataclass(frozen=True)
class Box:
    """The measures of a shape in pixels.

    `width` and `height` are the least; `margin` is left free on the left and right, and above and
    below; `radius` is of the corners.
    """

    radius: float
    width: int
    height: int
    margin: tuple[int, int] = (0, 0)


class Controls:
    """Makes the elements of one scale, or draws their images anew in a palette."""

    def __init__(self, root: tk.Misc, scale: float, draws_all: bool) -> None:
        """`draws_all`: not only what a window shows before the pointer or the focus is on it."""
        self._call = root.tk.call
        self._style = ttk.Style(root)
        self._scale = scale
        self._draws_all = draws_all

    def element(self, name: str, looks: Looks, box: Box, ground: str) -> str:
        """Make an element, or draw it anew, and return its name; it ends with `name`."""
        pictures = {
            state: self._draw(look, box, ground)
            for state, look in looks.items()
            if self._draws_all or state in _AT_FIRST
        }
        border = self._corner(box, 0), self._corner(box, 1)
        return self.image_element(name, pictures, border=border, width=box.width, height=box.height)

    def image_element(self, name: str, pictures: Mapping[str, bytes], **options: Any) -> str:
        """Do the same with a PNG for each state, and the options of ttk's image element."""
        full = f"{'' if self._draws_all else 'first.'}x{round(self._scale * 100)}.{name}"
        images = {state: f"{full} {state}".rstrip() for state in pictures}
        for state, data in pictures.items():
            self._call("image", "create", "photo", images[state], "-data", data)
        if full not in self._style.element_names():
            default = images.pop("")
            states: list[Any] = [(*state.split(), image) for state, image in images.items()]
            options = {"padding": 0, "sticky": "nswe", **options}
            self._style.element_create(full, "image", default, *states, **options)
        return full

    def _corner(self, box: Box, side: int) -> int:
        """Return how much of an image's side is drawn as it is; the rest is repeated."""
        least = (box.width, box.height)[side]
        return min(box.margin[side] + int(box.radius + 1), least // 2)

    def _draw(self, look: Look, box: Box, ground: str) -> bytes:
        across, down = box.margin
        width, height = box.width + _ROOM, box.height + _ROOM // 3
        edge = max(round(look.width * self._scale), 1) if look.width else 0
        outline = (across, down, width - across, height - down)
        inside = (across + edge, down + edge, width - across - edge, height - down - edge)
        layers = [(rounded(*outline, box.radius), look.edge)]
        if edge:
            layers.append((rounded(*inside, max(box.radius - edge, 0)), look.fill))
        corner = max(self._corner(box, 0), self._corner(box, 1)) + 1
        return picture(width, height, layers, ground, corner)


def layout(shape: str, padding: str, content: str) -> Any:
    """Return a layout: a shape with padded content."""
    inside = [(content, {"sticky": "nswe"})]
    padded = [(padding, {"sticky": "nswe", "children": inside})]
    return [(shape, {"sticky": "nswe", "children": padded})]
