"""The text on the empty canvas that says what can be done there."""

import tkinter as tk

from app.i18n import _
from app.storage.settings import DIGITS, OWN, Settings
from app.ui.document.document import Document
from app.ui.menu.key_bindings import key_text
from app.ui.preferences import Preferences
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL, FONT_TEXT, FONT_TITLE, Theme
from app.ui.toolkit.follow import follow

_QUIET_MS = 4_000
"""How long a canvas that was cleared stays empty: the user may be about to draw."""
_FONTS = FONT_TITLE, FONT_TEXT, FONT_SMALL
_LINES = -52, -16, 20
"""Where the lines are, below the middle of the canvas, in pixels at 100 %."""
_MARGIN = 24


class Hint:
    """Lines of text in the middle of a canvas, at first and when nothing was drawn for a while."""

    def __init__(
        self, canvas: tk.Canvas, *, theme: Theme, document: Document, preferences: Preferences
    ) -> None:
        self._canvas = canvas
        self._theme = theme
        self._document = document
        self._preferences = preferences
        self._items: tuple[int, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._is_due = True
        self._timer: str | None = None
        follow(canvas, theme.palette_changed, self.show)
        follow(canvas, document.changed, self._document_changed)
        follow(canvas, preferences.changed, self._preferences_changed)

    def show(self) -> None:
        """Show the text if the canvas is empty, and has been for a while."""
        self._hide()
        if not self._is_due or not self._document.is_blank:
            return
        lines = (_("Draw a digit here"), _("0 to 9, with the mouse or a pen"), self._other_ways())
        if self._preferences.settings.reads_number:
            more = _("such as −12.5, with the mouse or a pen")
            lines = (_("Draw a number here"), more, self._other_ways())
        elif self._preferences.settings.alphabet == OWN:
            more = _("made in the window My Symbols ({key}), from a drawing or three")
            more = more.format(key=key_text(self._canvas, "F8"))
            lines = (_("Draw a symbol here"), more, self._other_ways())
        elif self._preferences.settings.alphabet != DIGITS:
            lines = (_("Draw a character here"), self._which(), self._other_ways())
        colour = self._theme.palette.muted
        self._items = tuple(
            self._canvas.create_text(0, 0, font=font, fill=colour, anchor="n", justify="center")
            for font in _FONTS
        )
        self._texts = lines
        self.place()

    def place(self) -> None:
        """Centre the text on the canvas."""
        canvas, px = self._canvas, self._theme.px
        middle, width = canvas.winfo_height() / 2, canvas.winfo_width() - 2 * px(_MARGIN)
        rows = zip(self._items, self._texts, _FONTS, _LINES, strict=False)
        for item, text, font, y in rows:
            wrapped = wrap_text(canvas, text, width, font)
            canvas.itemconfigure(item, text=wrapped, width=max(width, 1))
            canvas.coords(item, canvas.winfo_width() / 2, middle + px(y))
            canvas.tag_raise(item)

    def _which(self) -> str:
        return {
            "letters": _("A to Z or a to z, with the mouse or a pen"),
            "capitals": _("A to Z, with the mouse or a pen"),
            "small": _("a to z, with the mouse or a pen"),
        }.get(
            self._preferences.settings.alphabet,
            _("a digit, a letter or a sign, with the mouse or a pen"),
        )

    def _other_ways(self) -> str:
        keys = {
            name: key_text(self._canvas, key)
            for name, key in (("paste", "Mod+V"), ("open", "Mod+O"), ("number", "Mod+D"))
        }
        ways = _("Or paste a picture ({paste}), open a file ({open}), or drop files here.")
        if self._preferences.settings.reading == DIGITS:
            ways += "\n" + _("Several digits? Switch to Number ({number}).")
        return ways.format(**keys)

    def _hide(self) -> None:
        if self._items:
            self._canvas.delete(*self._items)
            self._items = ()

    def _document_changed(self) -> None:
        self._hide()
        self._is_due = False
        if self._timer is not None:
            self._canvas.after_cancel(self._timer)
            self._timer = None
        if self._document.is_blank:
            self._timer = self._canvas.after(_QUIET_MS, self._quiet)

    def _quiet(self) -> None:
        self._timer = None
        if self._canvas.winfo_exists():  # not built anew meanwhile
            self._is_due = True
            self.show()

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            self.show()
