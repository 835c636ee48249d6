"""One symbol in the window "My symbols": its name, its text, a pad to draw it on, its drawings."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.samples.thumbnail_grid import Cell, ThumbnailGrid
from app.ui.symbols.pad import Pad

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from app.symbols.symbol import Symbol
    from app.ui.theme.theme import Theme

_LEAST_HEIGHT = 124
"""Of the drawings, in pixels at 100 %: a row of them."""


class SymbolDetails(ttk.Frame):
    """The fields are those of the symbol that is shown, or of the one that is to be made."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        theme: Theme,
        add: Callable[[], None],
        add_from_canvas: Callable[[], None],
        apply: Callable[[], None],
        delete: Callable[[], None],
        draw: Callable[[list[str]], None],
        edited: Callable[[], None],
    ) -> None:
        """The commands of buttons and fields; `draw` requests the pictures of drawings by key.

        `edited` is called whenever a field or the pad changes.
        """
        super().__init__(parent)
        self._theme = theme
        self._delete = delete
        self._apply = apply
        self._edited = edited
        self.symbol: Symbol | None = None
        """The symbol that is shown; None: a new one is being made."""
        self.name = tk.StringVar(self)
        self.text = tk.StringVar(self)
        self.columnconfigure(1, weight=1)
        self.name_field = self._field(0, _("Name"), self.name)
        self._field(1, _("Text to copy"), self.text)
        px = theme.px
        self._build_pad(add, add_from_canvas)
        self.drawings = ThumbnailGrid(self, theme, draw, self._enable)
        self.drawings.canvas.configure(width=1, height=px(_LEAST_HEIGHT))
        self.drawings.grid(row=4, column=0, columnspan=2, sticky="nsew", pady=(px(10), 0))
        self.rowconfigure(4, weight=1)
        self._delete_button = ttk.Button(self, text=_("Delete Drawing"), command=delete)
        self._delete_button.grid(row=5, column=0, columnspan=2, sticky="w", pady=(px(10), 0))
        self.drawings.canvas.bind("<Delete>", lambda _event: self._delete())
        self._enable()

    def _build_pad(self, add: Callable[[], None], add_from_canvas: Callable[[], None]) -> None:
        px = self._theme.px
        self.pad = Pad(self, theme=self._theme, hint=_("Draw it here"), on_change=self._redrawn)
        self.pad.grid(row=2, column=0, columnspan=2, pady=(px(6), px(6)))
        row = ttk.Frame(self)
        row.grid(row=3, column=0, columnspan=2)
        self._add = ttk.Button(row, text=_("Add Drawing"), command=add, style="Main.TButton")
        self._clear = ttk.Button(row, text=_("Clear"), command=self.pad.clear)
        from_canvas = ttk.Button(row, text=_("From the Canvas"), command=add_from_canvas)
        for button in (self._add, self._clear, from_canvas):
            button.pack(side="left", padx=px(3))
        self.pad.canvas.bind("<Return>", lambda _event: self._add.invoke())

    def copy_state(self, other: SymbolDetails) -> None:
        """Copy what was typed, drawn and selected before this was built anew."""
        self.name.set(other.name.get())
        self.text.set(other.text.get())
        self.pad.replace(other.pad.strokes)
        self.drawings.copy_state(other.drawings)

    def show(self, symbol: Symbol | None) -> None:
        """Show another symbol, or empty fields for a new one; what is on the pad stays."""
        self.symbol = symbol
        self.name.set(symbol.name if symbol else "")
        self.text.set(symbol.text if symbol and symbol.text != symbol.name else "")

    def show_drawings(self, harmful: Collection[str], nearest: str) -> None:
        """Show the symbol's drawings; `nearest`: the key of the one that the answer comes from."""
        cells = []
        for number, drawing in enumerate(self.symbol.drawings if self.symbol else (), 1):
            caption = f"{number}"
            if drawing.key in harmful:
                caption = _("{number}: harmful").format(number=number)
            elif drawing.key == nearest:
                caption = _("{number}: nearest").format(number=number)
            cells.append(Cell(drawing.key, caption))
        self.drawings.fill(cells, _("Its drawings. One is enough, three make it surer."))
        self._enable()

    @property
    def is_changed(self) -> bool:
        """Whether name or text are others than the symbol's."""
        symbol = self.symbol
        if symbol is None:
            return False
        name = self.name.get().strip()
        return (name, self.text.get() or name) != (symbol.name, symbol.text)

    def _field(self, row: int, label: str, variable: tk.StringVar) -> ttk.Entry:
        gap = self._theme.px(6)
        ttk.Label(self, text=label).grid(row=row, column=0, sticky="w", padx=(0, gap))
        field = ttk.Entry(self, textvariable=variable, width=12)
        field.grid(row=row, column=1, sticky="ew", pady=(0, gap))
        field.bind("<Return>", lambda _event: self._accept())
        field.bind("<FocusOut>", lambda _event: self._apply())
        variable.trace_add("write", lambda *_names: self._edited())
        return field

    def _accept(self) -> None:
        """Do what Return asks for in a field: make the new symbol, or change the shown one."""
        if self.symbol is None:
            self._add.invoke()
        else:
            self._apply()

    def _redrawn(self) -> None:
        self._enable()
        self._edited()

    def _enable(self) -> None:
        """Enable the buttons that have something to work on."""
        has_ink = bool(self.pad.strokes)
        for button, enabled in (
            (self._add, has_ink),
            (self._clear, has_ink),
            (self._delete_button, bool(self.drawings.selected)),
        ):
            button.state(["!disabled" if enabled else "disabled"])


def caption(symbol: Symbol, harmful: Collection[str]) -> str:
    """Return the text below a symbol: its name, with a mark if a drawing of it does harm."""
    is_harmed = any(drawing.key in harmful for drawing in symbol.drawings)
    return f"{symbol.name} !" if is_harmed else symbol.name
