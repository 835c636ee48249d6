"""Owns what the program remembers of its user's wishes, and where it is kept.

The window waits for this: what reads and writes the file is in settings_file.py.
"""

from __future__ import annotations

from typing import NamedTuple

from app.i18n import SYSTEM

THEMES = ("system", "light", "dark")
TOOLS = ("pen", "eraser")
ZOOMS = (0.75, 2.0)
"""The least and the most that the window may be enlarged, 1.0 being the display's own scale."""
PEN_WIDTHS = (4.0, 40.0)
"""Drawing units of a page 400 units high."""
MOST_RECENT = 10


class Place(NamedTuple):
    """Where a window is, in pixels of the screen."""

    x: int
    y: int
    width: int
    height: int


class Settings(NamedTuple):
    """What is remembered from one start to the next."""

    theme: str = "system"
    """One of THEMES."""
    desktop_is_dark: bool = False
    """What the desktop said when it was last asked: the start does not wait for it."""
    zoom: float = 1.0
    tool: str = "pen"
    pen_width: float = 16.0
    number: bool = False
    """Whether the drawing is read as a whole number."""
    show_raster: bool = True
    """Whether what the network sees is shown."""
    show_candidates: bool = True
    """Whether the runners-up and the bars are shown."""
    ask_unsaved: bool = True
    """Whether to ask before a drawing is left that was not saved."""
    hint_seen: bool = False
    """Whether the user has drawn something: they know by then where to draw."""
    window: Place | None = None
    """Where the window was when it was not maximised."""
    maximised: bool = False
    language: str = SYSTEM
    """A key of LANGUAGES, or SYSTEM: the language that the user wants of all programs."""
    recent: tuple[str, ...] = ()
    """The files that were opened or saved, the latest first; at most MOST_RECENT."""

    def with_recent(self, path: str) -> Settings:
        """Return the same with `path` the latest of the recent files."""
        others = tuple(known for known in self.recent if known != path)
        return self._replace(recent=(path, *others)[:MOST_RECENT])

    def without_recent(self, path: str) -> Settings:
        """Return the same without `path` among the recent files."""
        return self._replace(recent=tuple(known for known in self.recent if known != path))
