"""Keeps size and focus of all windows when they are built again, in another scale or language."""

from __future__ import annotations

import tkinter as tk
from typing import NamedTuple

from app.ui.toolkit.window_geometry import scale_geometry


class _Top(NamedTuple):
    """A window as it was."""

    top: tk.Toplevel
    size: tuple[int, int]
    least: tuple[int, int]
    fits: bool
    """Whether it was as large as what is in it wants."""


class WindowSnapshot:
    """sizes of the open windows and the widget with the focus, before all are built again."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._tops = [_seen(child) for child in root.winfo_children() if _is_window(child)]
        self._focus = _way_to_focus(root)

    def restore(self, times: float) -> None:
        """Let the new windows be so many times as large, on the screen, and have the same focus."""
        self._root.update_idletasks()
        for before in self._tops:
            if before.top.winfo_exists() and times != 1.0:
                least = round(before.least[0] * times), round(before.least[1] * times)
                if min(before.least) > 1:
                    before.top.minsize(*least)
                if before.fits:
                    before.top.geometry("")
                else:
                    scale_geometry(before.top, before.size, times, least)
        if self._focus is not None:
            _follow(*self._focus)


def _is_window(widget: tk.Misc) -> bool:
    return isinstance(widget, tk.Toplevel) and not widget.overrideredirect()


def _seen(widget: tk.Misc) -> _Top:
    assert isinstance(widget, tk.Toplevel)
    size = widget.winfo_width(), widget.winfo_height()
    wanted = widget.winfo_reqwidth(), widget.winfo_reqheight()
    return _Top(widget, size, widget.minsize(), size == wanted)


def _inside(widget: tk.Misc) -> list[tk.Misc]:
    """Return what is in a widget, without windows of their own."""
    return [w for w in widget.winfo_children() if not isinstance(w, (tk.Toplevel, tk.Menu))]


def _way_to_focus(root: tk.Tk) -> tuple[tk.Misc, list[int], str] | None:
    """Return the window with the focus, the way to the widget in it that has it, and its class."""
    name = str(root.tk.call("focus"))  # by name: some of Tk's own widgets have no object here
    try:
        widget: tk.Misc = root.nametowidget(name) if name else root
    except KeyError:
        return None
    top, way, kind = widget.winfo_toplevel(), [], widget.winfo_class()
    while widget is not top:
        parent = widget.master
        if parent is None or widget not in _inside(parent):
            return None
        way.append(_inside(parent).index(widget))
        widget = parent
    return (top, way[::-1], kind) if way else None


def _follow(top: tk.Misc, way: list[int], kind: str) -> None:
    """Give the focus to what stands where it was."""
    widget = top
    for index in way:
        inside = _inside(widget) if widget.winfo_exists() else []
        if index >= len(inside):
            return
        widget = inside[index]
    if widget.winfo_class() == kind:
        widget.focus_set()
