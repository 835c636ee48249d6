"""The bar below the canvas while a batch is open: Previous, "3 of 12 – name", Next, Close."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from tkinter.font import Font

from app.i18n import _
from app.ui.batch.batch import Batch
from app.ui.menu.key_bindings import key_text
from app.ui.theme.theme import FONT_TEXT, Theme
from app.ui.toolkit.display_name import fitted_name
from app.ui.toolkit.follow import follow
from app.ui.toolkit.icon_button import icon_button
from app.ui.toolkit.tooltip import Tooltip

_MIN_NAME = 6
"""Characters of the file's name that are shown in the narrowest window."""


class BatchBar(ttk.Frame):
    """Shows which file of the batch is open; a click on its name opens the list of all files."""

    def __init__(
        self, parent: tk.Misc, *, theme: Theme, batch: Batch, show_list: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._batch = batch
        self._font = Font(self, name=FONT_TEXT, exists=True)
        self.columnconfigure(1, weight=1)
        self.previous = icon_button(self, theme, "chevron-left", lambda: batch.step(-1))
        self.position = ttk.Button(self, command=show_list, width=1)
        self.next = icon_button(self, theme, "chevron-right", lambda: batch.step(1))
        self.previous.grid(row=0, column=0)
        self.position.grid(row=0, column=1, sticky="ew", padx=theme.px(6))
        self.next.grid(row=0, column=2)
        self.close = icon_button(self, theme, "x", batch.close)
        self.close.grid(row=0, column=3, padx=(theme.px(6), 0))
        Tooltip(self.close, theme, _("Close the list of files; the drawing stays"))
        for button, text, key in (
            (self.previous, _("Previous file ({key})"), "Prior"),
            (self.position, _("List of all opened files ({key})"), "Mod+J"),
            (self.next, _("Next file ({key})"), "Next"),
        ):
            Tooltip(button, theme, text.format(key=key_text(self, key)))
        self.position.bind("<Configure>", lambda event: self._write_position(event.width))
        follow(self, batch.index_changed, self._show_index)

    def place_below(self, widget: tk.Misc) -> None:
        """Stand below a widget, row 2 of its grid, while there is a batch."""
        self.lift(widget)  # Tab reaches it after the widget

        def show_or_hide() -> None:
            if self._batch.paths:
                self.grid(row=2, column=0, sticky="ew", pady=(self._theme.px(6), 0))
                self._show_index()
            else:
                self.grid_remove()

        follow(self, self._batch.files_changed, show_or_hide)
        show_or_hide()

    def _show_index(self) -> None:
        self._write_position(self.position.winfo_width())
        self.previous.state(["!disabled" if self._batch.has_previous else "disabled"])
        self.next.state(["!disabled" if self._batch.has_next else "disabled"])

    def _write_position(self, width: int) -> None:
        """Write the position, with as much of the name as fits in `width` pixels."""
        batch = self._batch
        if not batch.paths:
            return
        name = batch.paths[batch.index].name
        room = width - self._theme.px(40)  # what a button needs beside its text

        def measure(shown: str) -> int:
            return self._font.measure(batch.position(shown))

        self.position.configure(text=batch.position(fitted_name(name, room, measure, _MIN_NAME)))
