"""Owns the bar below the canvas while several files are open: Previous, "3 of 12 – name", Next."""

from __future__ import annotations

from tkinter import ttk
from tkinter.font import Font
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.menu.key_bindings import Key
from app.ui.theme.theme import FONT_TEXT
from app.ui.toolkit.display_name import shown
from app.ui.toolkit.tooltip import Tooltip

if TYPE_CHECKING:
    import tkinter as tk

    from app.ui.document.batch import Several

_LEAST = 6
"""Characters of a name that are left in the narrowest window."""


class FilesBar(ttk.Frame):
    """Follows a Several; a click on the name opens the list of all files."""

    def __init__(self, parent: tk.Misc, several: Several) -> None:
        super().__init__(parent)
        self._several = several
        window, px = several.window, several.window.theme.px
        self._font = Font(self, name=FONT_TEXT, exists=True)
        self._room = px(40)
        """What a button needs beside its text."""
        self.columnconfigure(1, weight=1)
        self.previous = ttk.Button(self, text="‹", command=lambda: several.step(-1))
        self.here = ttk.Button(self, command=window.dialogs.show_files, width=1)
        self.next = ttk.Button(self, text="›", command=lambda: several.step(1))
        self.previous.grid(row=0, column=0)
        self.here.grid(row=0, column=1, sticky="ew", padx=px(6))
        self.next.grid(row=0, column=2)
        mac = window.root.tk.call("tk", "windowingsystem") == "aqua"
        for button, said, key in (
            (self.previous, _("The file before ({key})"), "Prior"),
            (self.here, _("All files that were opened, to go to any of them ({key})"), "Mod+J"),
            (self.next, _("The next file ({key})"), "Next"),
        ):
            Tooltip(button, window.theme, said.format(key=Key.of(key).written(mac)))
        self.here.bind("<Configure>", self._resized)

    def follow(self) -> None:
        """Show where one is now."""
        self._write(self.here.winfo_width())
        self.previous.state(["!disabled" if self._several.has_previous else "disabled"])
        self.next.state(["!disabled" if self._several.has_next else "disabled"])

    def _resized(self, event: tk.Event[Any]) -> None:
        self._write(event.width)

    def _write(self, width: int) -> None:
        """Write where one is, with as much of the name as there is room for."""
        several = self._several
        name = several.paths[several.index].name
        most = len(name)
        text = several.place_of(several.index, shown(name, most))
        while self._font.measure(text) > width - self._room and most > _LEAST:
            most = max(min(most - 1, most * 9 // 10), _LEAST)
            text = several.place_of(several.index, shown(name, most))
        self.here.configure(text=text)
