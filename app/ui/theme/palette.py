"""The colours of the light and the dark theme.

Accents are blue and orange, which people with every kind of colour blindness can tell apart: the
hues of Okabe and Ito (Color Universal Design, 2008; B. Wong, Nature Methods 8, 441, 2011),
darkened or lightened until they can be read on their background. Nothing is marked by colour
alone: the figure of the best bar is bold, and words say where an answer comes from.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, as "#rrggbb".

    Text has a contrast of at least 4.5 : 1 on its background (WCAG 2).
    """

    ground: str
    """The background of windows."""
    raised: str
    """The background of buttons, fields and lists."""
    menu: str
    """The background of menus. Tk derives the colours of edges and arrows from it; both are visible
    on all sides only where it is white, or darker than 5 % of white (tkUnix3d.c)."""
    hover: str
    """The background of a button under the pointer."""
    pressed: str
    border: str
    text: str
    muted: str
    """Less important text."""
    track: str
    """The part of a bar or slider that is not filled."""
    bar: str
    best: str
    """The best answer, the focus and the selection."""
    on_best: str
    """Text on `best`."""
    doubt: str
    """Answers that are not sure. Orange is for nothing else."""
    problem: str
    paper: str
    """The canvas; files and copies are black on white in every theme."""
    ink: str


LIGHT = Palette(
    ground="#f3f4f6",
    raised="#ffffff",
    menu="#ffffff",
    hover="#eceff3",
    pressed="#dde1e7",
    border="#c3c9d1",
    text="#1b1f24",
    muted="#5a6370",
    track="#e2e5ea",
    bar="#727d8c",
    best="#0069a8",
    on_best="#ffffff",
    doubt="#a85000",
    problem="#a8261b",
    paper="#ffffff",
    ink="#000000",
)
DARK = Palette(
    ground="#1f2227",
    raised="#2d3138",
    menu="#262a30",
    hover="#373c45",
    pressed="#434a54",
    border="#4c535e",
    text="#eceff3",
    muted="#a5aebb",
    track="#343941",
    bar="#7d8897",
    best="#56b4e9",
    on_best="#15181c",
    doubt="#e69f00",
    problem="#ff9a8d",
    paper="#16181c",
    ink="#f2f4f7",
)


def palette_of(theme: str, desktop_is_dark: bool) -> Palette:
    """Return the palette of "light", "dark" or "system", which follows the desktop."""
    is_dark = desktop_is_dark if theme == "system" else theme == "dark"
    return DARK if is_dark else LIGHT
