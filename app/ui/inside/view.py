"""What all views of the window have in common: they ask for what they show of the ink."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    import tkinter as tk

    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.inside.map_cache import MapCache
    from app.ui.inside.subject import Subject
    from app.ui.status import Status
    from app.ui.theme.theme import Theme

Steps = Callable[["PersonalRecogniser"], Iterator[Any]]
Explore = Callable[[Steps, Callable[[Any], None]], None]
"""Does something long on the recogniser's thread, and gives its values to the second argument."""


@dataclass(frozen=True)
class Tools:
    """What a view is made with."""

    theme: Theme
    subject: Subject
    status: Status
    maps: MapCache
    explore: Explore
    ask: Callable[[], None]
    """Lets the view be refreshed, because something else than the ink has changed."""


class InsideView(ttk.Frame):
    """One view. It is shown for some ink, and made anew in another language or scale."""

    live = False
    """Whether it is refreshed while the pen moves, too."""
    needs_ink = True
    """Whether it has nothing to show of an empty drawing."""

    def __init__(self, parent: tk.Misc, tools: Tools) -> None:
        super().__init__(parent)
        self.theme = tools.theme
        self.subject = tools.subject
        self.status = tools.status
        self.maps = tools.maps
        self.explore = tools.explore
        self.ask = tools.ask
        self.build()
        follow(self, tools.theme.palette_changed, self.draw)

    def build(self) -> None:
        """Make the widgets."""
        raise NotImplementedError

    def refresh(self, content: Content) -> None:
        """Ask for what is shown of this ink, of which there is some."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show that there is no ink."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what is shown once more: the size or the colours have changed."""
        raise NotImplementedError

    def fail(self, problem: str) -> None:
        """Show that this view has nothing to show, and why."""

    def leave(self) -> None:
        """Stop what goes on by itself: another view is shown, or the window closes."""


def draw_something() -> str:
    """Return what is shown while there is no ink."""
    return _("Draw a digit in the main window: this view follows your pen.")
