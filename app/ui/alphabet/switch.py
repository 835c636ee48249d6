"""The button in the toolbar that has the alphabet in use; it opens the list of all."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.ui.alphabet.names import SHORT_NAMES, alphabet_items
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.storage.settings import Settings
    from app.ui.preferences import Preferences
    from app.ui.theme.theme import Theme

_ARROW = "▾"


class AlphabetSwitch(ttk.Button):
    """A click, or the key Down, opens the list."""

    def __init__(self, parent: tk.Misc, *, theme: Theme, preferences: Preferences) -> None:
        super().__init__(parent, style="Icon.TButton", command=self.open)
        self._theme = theme
        self._preferences = preferences
        self.menu: tk.Menu | None = None
        """Made when it is opened first."""
        self.bind("<Down>", lambda _event: self.open())
        follow(self, preferences.changed, self._preferences_changed)
        self._show(preferences.settings.alphabet)

    def open(self) -> None:
        """Open the list below the button."""
        from app.ui.menu.menu_filler import MenuFiller  # the window does not wait for it

        if self.menu is None:
            self.menu = tk.Menu(self, tearoff=False)
        filler = self._filler = MenuFiller(self, self._theme)  # the marks are its variables
        filler.fill(self.menu, alphabet_items(self._preferences))
        filler.apply_colours(self.menu)
        self.menu.tk_popup(self.winfo_rootx(), self.winfo_rooty() + self.winfo_height())

    def _preferences_changed(self, _before: Settings, after: Settings) -> None:
        self._show(after.alphabet)

    def _show(self, alphabet: str) -> None:
        self.configure(text=f"{SHORT_NAMES[alphabet]} {_ARROW}")
