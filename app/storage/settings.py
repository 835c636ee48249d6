"""What the program remembers from one start to the next, with the limits of each value."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from app.i18n import SYSTEM

THEMES = ("system", "light", "dark")
TOOLS = ("pen", "eraser")
ZOOMS = (0.75, 2.0)
"""Least and greatest enlargement of the window; 1.0 is the display's own scale."""
PEN_WIDTHS = (4.0, 40.0)
"""Least and greatest pen width, in drawing units of a page 400 units high."""
ALPHABETS = ("digits", "letters", "capitals", "small", "characters", "own")
DIGITS = ALPHABETS[0]
OWN = ALPHABETS[-1]
"""The user's own symbols."""
NUMBER = "number"
MOST_RECENT = 10


class Place(NamedTuple):
    """The geometry of a window, in pixels of the screen."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings."""

    theme: str = "system"
    """One of THEMES."""
    desktop_is_dark: bool = False
    """The desktop's own theme when it was last asked: the start does not wait for it."""
    zoom: float = 1.0
    tool: str = "pen"
    pen_width: float = 16.0
    number: bool = False
    """Whether digits are read as a whole number."""
    alphabet: str = DIGITS
    """What an answer is chosen from, one of ALPHABETS."""
    next_digit: bool = False
    """Whether a finished digit makes room for the next one and is kept in the strip."""
    show_raster: bool = True
    """Whether the raster is shown."""
    show_candidates: bool = True
    """Whether the other candidates and the bars are shown."""
    ask_unsaved: bool = True
    """Whether to ask before an unsaved drawing is closed."""
    window: Place | None = None
    """The geometry of the window when it was last not maximised."""
    maximised: bool = False
    language: str = SYSTEM
    """A key of LANGUAGES, or SYSTEM."""
    recent: tuple[str, ...] = ()
    """Paths of the files opened or saved, the latest first; at most MOST_RECENT."""

    last_folder: str = ""
    """Where a file was last chosen to open or save; "": nowhere yet."""

    @property
    def reading(self) -> str:
        """What a drawing is read as: NUMBER, or one label of this alphabet."""
        return NUMBER if self.number and self.alphabet == DIGITS else self.alphabet

    @property
    def reads_number(self) -> bool:
        """Whether a drawing is read as a whole number."""
        return self.reading == NUMBER

    def with_recent(self, path: str) -> Self:
        """Return the settings with `path` first among the recent files."""
        others = tuple(known for known in self.recent if known != path)
        return replace(self, recent=(path, *others)[:MOST_RECENT])

    def without_recent(self, path: str) -> Self:
        """Return the settings without `path` among the recent files."""
        return replace(self, recent=tuple(known for known in self.recent if known != path))
