"""Owns the window "Files": those opened one after another, each with its answer, to go to any."""

from __future__ import annotations

from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.dialogs.base import Dialog, scroll

if TYPE_CHECKING:
    import tkinter as tk

    from app.ui.main_window import MainWindow

_SIZE = (520, 471)
_AT_ONCE = 500
"""Rows that are added before the window lives on: ten thousand would hold it up."""


class FilesList(Dialog):
    """A row for every file. Enter or a double click opens one; the list stays."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Files"))
        self._several = window.several
        self._filled = 0
        px = self.theme.px
        self._place = ttk.Label(self.frame, style="Muted.TLabel")
        self._place.pack(anchor="w", pady=(0, px(8)))
        buttons = ttk.Frame(self.frame)
        buttons.pack(side="bottom", fill="x", pady=(px(12), 0))
        ttk.Button(buttons, text=_("Close"), command=self.top.destroy).pack(side="right")
        ttk.Button(buttons, text=_("Open"), command=self.open_chosen).pack(
            side="right", padx=(0, px(6))
        )
        self._build_rows()
        self._several.list = self
        self.open(_SIZE)
        self.rows.focus_set()
        self._fill()

    def _build_rows(self) -> None:
        px = self.theme.px
        columns = ("number", "name", "answer")
        frame = ttk.Frame(self.frame, style="Edge.TFrame", padding=1)
        frame.pack(fill="both", expand=True)
        self.rows = rows = ttk.Treeview(
            frame, columns=columns, show="headings", selectmode="browse", height=6
        )
        rows.heading("name", text=_("File"), anchor="w")
        rows.heading("answer", text=_("Answer"), anchor="w")
        rows.column("number", width=px(64), anchor="e", stretch=False)
        rows.column("name", width=px(220))
        rows.column("answer", width=px(150), stretch=False)
        scroll(rows)
        rows.bind("<Return>", lambda _event: self.open_chosen())
        rows.bind("<Double-Button-1>", self._clicked_twice)
        rows.bind("<Home>", lambda _event: self._choose(0))
        rows.bind("<End>", lambda _event: self._choose(self._filled - 1))

    @property
    def where(self) -> str:
        """What it says of where one is."""
        return str(self._place.cget("text"))

    def row(self, index: int) -> tuple[str, ...]:
        """Return what stands in a row: number, name, answer."""
        return tuple(str(value) for value in self.rows.item(str(index), "values"))

    def open_chosen(self) -> None:
        """Open the chosen file, once unsaved work was asked about."""
        for name in self.rows.selection():
            self._several.go_to(int(name))

    def follow(self) -> None:
        """Show where one is now."""
        several = self._several
        self._place.configure(text=several.place_of(several.index))
        if several.index < self._filled:
            self._choose(several.index)

    def show_answer(self, index: int) -> None:
        """Show what a file was read as."""
        if index < self._filled:
            self.rows.set(str(index), "answer", self._several.read.said(index))

    def _fill(self) -> None:
        """Add the next rows, and go on in a moment until all are there."""
        if not self.exists:
            return
        several, first = self._several, self._filled
        self._filled = min(first + _AT_ONCE, len(several.paths))
        for index in range(first, self._filled):
            values = (f"{index + 1:,}", several.name_of(index), several.read.said(index))
            self.rows.insert("", "end", iid=str(index), values=values)
        if first <= several.index < self._filled or not first:
            self.follow()
        if self._filled < len(several.paths):
            self.rows.after(1, self._fill)

    def _choose(self, index: int) -> str:
        name = str(index)
        self.rows.selection_set(name)
        self.rows.focus(name)
        self.rows.see(name)
        return "break"

    def _clicked_twice(self, event: tk.Event[Any]) -> None:
        if self.rows.identify_row(event.y):  # not the heading
            self.open_chosen()
