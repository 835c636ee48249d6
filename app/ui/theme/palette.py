"""Owns the colours of the themes.

What stands out is told by blue and orange, which people with every kind of colour blindness tell
apart: the hues are Okabe and Ito's (Color Universal Design, 2008; B. Wong, Nature Methods 8, 441,
2011), darkened or lightened until they can be read on their ground. Colour is never the only sign:
the best bar's figure is bold, and words say where an answer came from.
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """The colours of one theme. Text on its ground has a contrast of at least 4.5 to 1 (WCAG 2)."""

    ground: str
    raised: str
    menu: str
    """The ground of menus, of which Tk makes the colours of their edges and arrows: both are seen
    all around only where it is white, or darker than a twentieth of it (tkUnix3d.c)."""
    pressed: str
    border: str
    text: str
    muted: str
    track: str
    bar: str
    best: str
    on_best: str
    own: str
    problem: str


LIGHT = Palette(
    ground="#f3f4f6",
    raised="#ffffff",
    menu="#ffffff",
    pressed="#dfe3e8",
    border="#b8bec7",
    text="#1b1f24",
    muted="#5a6370",
    track="#e2e5ea",
    bar="#727d8c",
    best="#0069a8",
    on_best="#ffffff",
    own="#a85000",
    problem="#a8261b",
)
DARK = Palette(
    ground="#1f2227",
    raised="#2d3138",
    menu="#262a30",
    pressed="#3d434c",
    border="#4c535e",
    text="#eceff3",
    muted="#a5aebb",
    track="#343941",
    bar="#7d8897",
    best="#56b4e9",
    on_best="#15181c",
    own="#e69f00",
    problem="#ff9a8d",
)
PAPER = "#ffffff"
"""The canvas is paper in every theme: what is drawn is saved, and copied, black on white."""
FAINT = "#6a727e"
"""What is written on the paper and is not part of the drawing."""


def palette_of(theme: str, desktop_is_dark: bool) -> Palette:
    """Return the colours of "light", "dark", or "system": like the desktop."""
    dark = desktop_is_dark if theme == "system" else theme == "dark"
    return DARK if dark else LIGHT
