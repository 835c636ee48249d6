"""Sizes and focus of the open windows, kept while all of them are built again."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass

from app.ui.toolkit.window_geometry import Size, scale_geometry


class WindowSnapshot:
    """The sizes of the open windows and the widget with the focus, before a rebuild."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._windows = [
            _window(child)
            for child in root.winfo_children()
            if isinstance(child, tk.Toplevel) and not child.overrideredirect()
        ]
        self._focus = _focus(root)

    def restore(self, factor: float) -> None:
        """Make the windows `factor` times as large, within the screen, and restore the focus."""
        self._root.update_idletasks()
        for window in self._windows:
            if factor != 1.0 and window.top.winfo_exists():
                window.scale(factor)
        if self._focus is not None:
            self._focus.restore()


@dataclass(frozen=True)
class _Window:
    top: tk.Toplevel
    size: Size
    least: Size
    """The smallest size that the user can give it."""
    fits_content: bool
    """Whether it was as large as its content asks for."""

    def scale(self, factor: float) -> None:
        least = round(self.least[0] * factor), round(self.least[1] * factor)
        if min(self.least) > 1:
            self.top.minsize(*least)
        if self.fits_content:
            self.top.geometry("")
        else:
            scale_geometry(self.top, self.size, factor, least)


@dataclass(frozen=True)
class _Focus:
    """The widget with the focus, found again by its position in the tree of widgets."""

    top: tk.Misc
    indices: tuple[int, ...]
    """Which child it is on each level below `top`."""
    widget_class: str

    def restore(self) -> None:
        widget = self.top
        for index in self.indices:
            children = _children(widget) if widget.winfo_exists() else []
            if index >= len(children):
                return
            widget = children[index]
        if widget.winfo_class() == self.widget_class:
            widget.focus_set()


def _window(top: tk.Toplevel) -> _Window:
    size = top.winfo_width(), top.winfo_height()
    requested = top.winfo_reqwidth(), top.winfo_reqheight()
    return _Window(top, size, top.minsize(), size == requested)


def _focus(root: tk.Tk) -> _Focus | None:
    name = str(root.tk.call("focus"))  # by name: some of Tk's own widgets have no object here
    try:
        widget: tk.Misc = root.nametowidget(name) if name else root
    except KeyError:
        return None
    top, widget_class = widget.winfo_toplevel(), widget.winfo_class()
    indices: list[int] = []
    while widget is not top:
        parent = widget.master
        if parent is None or widget not in _children(parent):
            return None
        indices.insert(0, _children(parent).index(widget))
        widget = parent
    return _Focus(top, tuple(indices), widget_class) if indices else None


def _children(widget: tk.Misc) -> list[tk.Misc]:
    """Return a widget's children but windows and menus."""
    return [w for w in widget.winfo_children() if not isinstance(w, (tk.Toplevel, tk.Menu))]
