"""Tooltips: a text below a widget while the pointer rests on it."""

import tkinter as tk
from collections.abc import Callable

from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL, Theme

_DELAY_MS = 600
_SHOWN_MS = 8000
_TAG = "InklingTooltip"
"""Binding tag of the widget that has the focus while a tooltip is shown."""
_WIDTH = 320


class Tooltip:
    """Shows a text after a moment, until the pointer leaves, a key or button is pressed, the window
    is left, or some seconds are over."""

    def __init__(self, widget: tk.Misc, theme: Theme, text: Callable[[], str] | str) -> None:
        """`text` may be a function that is called whenever the tooltip is shown; "" shows none."""
        self._widget = widget
        self._theme = theme
        self._text = text
        self._timer: str | None = None
        self._focused = ""
        """The path of the widget that has the tag."""
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
        self._timer = widget.after(_SHOWN_MS, self.hide)
        self._watch_focus()

    def hide(self) -> None:
        """Hide it, or do not show it."""
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self.top is not None:
            self.top.destroy()
            self.top = None
            self._tag_focused(False)

    def _watch_focus(self) -> None:
        """Hide it when a key is pressed, or the focus goes: keys go to the widget that has it.

        With a tag of its own, before the others: a key of the menu is not passed on to "all".
        """
        for event in ("<Key>", "<FocusOut>"):
            self._widget.bind_class(_TAG, event, lambda _event: self.hide())
        # By name: some widgets of Tk's own have no object here.
        self._focused = str(self._widget.tk.call("focus"))
        self._tag_focused(True)

    def _tag_focused(self, wanted: bool) -> None:
        tk_call, name = self._widget.tk.call, self._focused
        if not name or not int(tk_call("winfo", "exists", name)):
            return
        tags = [str(tag) for tag in self._widget.tk.splitlist(tk_call("bindtags", name))]
        others = [tag for tag in tags if tag != _TAG]
        tk_call("bindtags", name, [_TAG, *others] if wanted else others)

    def _schedule(self) -> None:
        if self._timer is None and self.top is None:
            self._timer = self._widget.after(_DELAY_MS, self.show)
