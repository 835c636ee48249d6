"""Owns the row of tools above the canvas: pen, eraser, pen width, undo, redo, clear."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from app.i18n import _
from app.ink.drawing import Content, Drawing
from app.storage.settings import PEN_WIDTHS
from app.ui.canvas.sketchpad import DEFAULT_PEN_WIDTH, ERASER, PEN
from app.ui.theme.theme import Theme

_LEAST_SLIDER = 40


class Actions(NamedTuple):
    """What the tools do; the menus and the keys call the same."""

    undo: Callable[[], None]
    redo: Callable[[], None]
    clear: Callable[[], None]
    use: Callable[[str], None]
    set_width: Callable[[float], None]
    set_number: Callable[[bool], None]


class Toolbar(ttk.Frame):
    """Buttons and a slider, made in the order in which Tab goes through them."""

    def __init__(self, parent: tk.Misc, theme: Theme, actions: Actions) -> None:
        super().__init__(parent)
        self._actions = actions
        self.tool = tk.StringVar(self, PEN)
        self.number = tk.BooleanVar(self, False)
        gap = theme.px(6)
        # In a small window the slider gives way; in a large one the room lies before "Undo".
        self.columnconfigure(3, weight=1, minsize=theme.px(_LEAST_SLIDER))
        self.columnconfigure(6, weight=1000)
        self.pen_button = self._tool(0, _("Pen"), PEN)
        self.eraser_button = self._tool(1, _("Eraser"), ERASER)
        ttk.Label(self, text=_("Width")).grid(row=0, column=2, padx=(theme.px(14), gap))
        self.width = ttk.Scale(
            self,
            from_=PEN_WIDTHS[0],
            to=PEN_WIDTHS[1],
            value=DEFAULT_PEN_WIDTH,
            length=theme.px(110),
            command=lambda value: actions.set_width(float(value)),
        )
        self.width.grid(row=0, column=3, sticky="ew")
        self._width_text = ttk.Label(self, width=3, anchor="e", style="Muted.TLabel")
        self._width_text.grid(row=0, column=4)
        self.number_button = ttk.Checkbutton(
            self,
            text=_("Number"),
            variable=self.number,
            style="Toolbutton",
            command=lambda: actions.set_number(self.number.get()),
        )
        self.number_button.grid(row=0, column=5, padx=(theme.px(14), 0))
        self.undo_button = ttk.Button(self, text=_("Undo"), command=actions.undo)
        self.redo_button = ttk.Button(self, text=_("Redo"), command=actions.redo)
        self.clear_button = ttk.Button(self, text=_("Clear"), command=actions.clear)
        for column, button in enumerate((self.undo_button, self.redo_button, self.clear_button), 7):
            button.grid(row=0, column=column, padx=(gap, 0))
        self.undo_button.grid(padx=(theme.px(14), 0))  # another group, also in a small window
        for column in range(2):
            self.grid_slaves(0, column)[0].grid(padx=(0, gap))
        self.allow(Drawing(), Content())

    def show_width(self, width: float) -> None:
        """Show how wide the pen is, in drawing units."""
        self._width_text.configure(text=str(round(width)))
        if abs(float(self.width.get()) - width) > 1e-6:
            self.width.configure(value=width)

    def allow(self, drawing: Drawing, content: Content) -> None:
        """Let the buttons be pressed that have something to do; `content`: with wet ink."""
        for button, has_work in (
            (self.undo_button, drawing.can_undo),
            (self.redo_button, drawing.can_redo),
            (self.clear_button, not content.is_empty),
        ):
            button.state(["!disabled" if has_work else "disabled"])

    def _tool(self, column: int, text: str, value: str) -> ttk.Radiobutton:
        button = ttk.Radiobutton(
            self,
            text=text,
            value=value,
            variable=self.tool,
            style="Toolbutton",
            command=lambda: self._actions.use(value),
        )
        button.grid(row=0, column=column)
        return button
