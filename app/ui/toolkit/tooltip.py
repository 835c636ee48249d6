"""Tooltips: a text below a widget while the pointer rests on it."""

import tkinter as tk
from collections.abc import Callable

from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL, Theme

_DELAY_MS = 600
_WIDTH = 320


class Tooltip:
    """Shows a text after a moment, until the pointer leaves or a key or button is pressed."""

    def __init__(self, widget: tk.Misc, theme: Theme, text: Callable[[], str] | str) -> None:
        """`text` may be a function that is called whenever the tooltip is shown; "" shows none."""
        self._widget = widget
        self._theme = theme
        self._text = text
        self._timer: str | None = None
        self.top: tk.Toplevel | None = None
        widget.bind("<Enter>", lambda _event: self._schedule(), add=True)
        for event in ("<Leave>", "<ButtonPress>", "<Key>", "<Destroy>"):
            widget.bind(event, lambda _event: self.hide(), add=True)

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
        """Hide it, or do not show it."""
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self.top is not None:
            self.top.destroy()
            self.top = None

    def _schedule(self) -> None:
        if self._timer is None and self.top is None:
            self._timer = self._widget.after(_DELAY_MS, self.show)
