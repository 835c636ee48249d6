"""Owns the row of tools above the canvas: pen, eraser, pen width, undo, redo, clear."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from app.translation import _
from app.window.look import Look
from app.window.sketchpad import DEFAULT_PEN_WIDTH, ERASER, PEN, PEN_WIDTHS


class Actions(NamedTuple):
    """What the tools do; the menus and the keys call the same."""

    undo: Callable[[], None]
    redo: Callable[[], None]
    clear: Callable[[], None]
    use: Callable[[str], None]
    set_width: Callable[[float], None]


class Toolbar(ttk.Frame):
    """Buttons and a slider."""

    def __init__(self, parent: tk.Misc, look: Look, actions: Actions) -> None:
        super().__init__(parent)
        self._actions = actions
        self.tool = tk.StringVar(self, PEN)
        gap = look.px(6)
        for text, value in ((_("Pen"), PEN), (_("Eraser"), ERASER)):
            ttk.Radiobutton(
                self,
                text=text,
                value=value,
                variable=self.tool,
                style="Toolbutton",
                command=lambda: actions.use(self.tool.get()),
            ).pack(side="left", padx=(0, gap))
        ttk.Label(self, text=_("Width")).pack(side="left", padx=(look.px(8), gap))
        self._width = ttk.Scale(
            self,
            from_=PEN_WIDTHS[0],
            to=PEN_WIDTHS[1],
            value=DEFAULT_PEN_WIDTH,
            length=look.px(90),
            command=self._width_changed,
        )
        self._width.pack(side="left")
        self._width_text = ttk.Label(self, width=3, anchor="e", style="Muted.TLabel")
        self._width_text.pack(side="left")
        self.clear_button = ttk.Button(self, text=_("Clear"), command=actions.clear)
        self.clear_button.pack(side="right")
        self.redo_button = ttk.Button(self, text=_("Redo"), command=actions.redo)
        self.redo_button.pack(side="right", padx=(0, gap))
        self.undo_button = ttk.Button(self, text=_("Undo"), command=actions.undo)
        self.undo_button.pack(side="right", padx=(0, gap))
        self._width_changed(str(DEFAULT_PEN_WIDTH))
        self.allow(undo=False, redo=False)

    def allow(self, undo: bool, redo: bool) -> None:
        """Let the buttons be pressed that have something to do."""
        self.undo_button.state(["!disabled" if undo else "disabled"])
        self.redo_button.state(["!disabled" if redo else "disabled"])

    def _width_changed(self, value: str) -> None:
        width = round(float(value))
        self._width_text.configure(text=str(width))
        self._actions.set_width(float(width))
