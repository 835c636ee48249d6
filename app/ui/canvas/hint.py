"""The text on the empty canvas that says what can be drawn, until the user has drawn something."""

import tkinter as tk

from app.i18n import _
from app.storage.settings import Settings
from app.ui.document.document import Document
from app.ui.preferences import Preferences
from app.ui.theme.theme import FONT_TEXT, FONT_TITLE, Theme
from app.ui.toolkit.follow import follow

_LINE_HEIGHT = 36


class Hint:
    """Two lines of text in the middle of a canvas."""

    def __init__(
        self, canvas: tk.Canvas, *, theme: Theme, document: Document, preferences: Preferences
    ) -> None:
        self._canvas = canvas
        self._theme = theme
        self._document = document
        self._preferences = preferences
        self._items: tuple[int, ...] = ()
        follow(canvas, theme.palette_changed, self.show)
        follow(canvas, document.changed, self._document_changed)
        follow(canvas, preferences.changed, self._preferences_changed)

    def show(self) -> None:
        """Show the text if the canvas is empty and the user has not drawn anything yet."""
        self._canvas.delete(*self._items)
        self._items = ()
        settings = self._preferences.settings
        if settings.hint_seen or not self._document.is_blank:
            return
        lines = _("Draw a digit here"), _("0 to 9, with the mouse or a pen")
        if settings.number:
            lines = _("Draw a number here"), _("such as −12.5, with the mouse or a pen")
        create = self._canvas.create_text
        self._items = (
            create(0, 0, text=lines[0], font=FONT_TITLE, fill=self._theme.palette.muted),
            create(0, 0, text=lines[1], font=FONT_TEXT, fill=self._theme.palette.muted),
        )
        self.place()

    def place(self) -> None:
        """Centre the text on the canvas."""
        canvas = self._canvas
        for row, item in enumerate(self._items):
            y = canvas.winfo_height() / 2 + (row - 0.5) * self._theme.px(_LINE_HEIGHT)
            canvas.coords(item, canvas.winfo_width() / 2, y)
            canvas.tag_raise(item)

    def _document_changed(self) -> None:
        if not self._preferences.settings.hint_seen:
            self._preferences.change(hint_seen=True)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if (before.number, before.hint_seen) != (after.number, after.hint_seen):
            self.show()
