"""Owns tooltips: a line that explains a widget while the pointer rests on it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_WAIT_MS = 600
_WIDTH = 320


class Tooltip:
    """Shows a text below a widget after a moment; gone with the pointer, a key or a click."""

    def __init__(self, widget: tk.Misc, theme: Theme, text: Callable[[], str] | str) -> None:
        self._widget = widget
        self._theme = theme
        self._text = text
        self._timer: str | None = None
        self.top: tk.Toplevel | None = None
        widget.bind("<Enter>", self._enter, add=True)
        for event in ("<Leave>", "<ButtonPress>", "<Key>", "<Destroy>"):
            widget.bind(event, self._leave, add=True)

    def show(self) -> None:
        """Show it now."""
        self._timer = None
        text = self._text if isinstance(self._text, str) else self._text()
        if self.top is not None or not text:
            return
        px, palette = self._theme.px, self._theme.palette
        self.top = top = tk.Toplevel(self._widget, background=palette.border)
        top.wm_overrideredirect(True)
        label = tk.Label(
            top,
            text=wrap_text(top, text, px(_WIDTH), FONT_SMALL),
            font=FONT_SMALL,
            background=palette.raised,
            foreground=palette.text,
            justify="left",
            wraplength=px(_WIDTH),
            padx=px(8),
            pady=px(5),
        )
        label.pack(padx=1, pady=1)
        top.update_idletasks()
        widget, gap = self._widget, px(6)
        x = min(widget.winfo_rootx(), top.winfo_screenwidth() - top.winfo_reqwidth())
        y = widget.winfo_rooty() + widget.winfo_height() + gap
        if y + top.winfo_reqheight() > top.winfo_screenheight():
            y = widget.winfo_rooty() - top.winfo_reqheight() - gap
        top.wm_geometry(f"+{max(x, 0)}+{max(y, 0)}")

    def hide(self) -> None:
        """Take it away."""
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self.top is not None:
            self.top.destroy()
            self.top = None

    def _enter(self, _event: tk.Event[tk.Misc]) -> None:
        if self._timer is None and self.top is None:
            self._timer = self._widget.after(_WAIT_MS, self.show)

    def _leave(self, _event: tk.Event[tk.Misc]) -> None:
        self.hide()
