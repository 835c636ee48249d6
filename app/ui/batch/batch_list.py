"""The window "Files": the files of the batch with their answers; any of them can be opened."""

import tkinter as tk
from tkinter import ttk
from typing import Any

from app.i18n import _
from app.ui.batch.batch import Batch
from app.ui.dialogs.base import Dialog, scroll
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow
from app.ui.toolkit.type_ahead import TypeAhead

_SIZE = (520, 471)
_CHUNK = 500
"""Rows that are added at a time: ten thousand would block the window."""


class BatchList(Dialog):
    """A row for every file. Return or a double click opens it; the list stays."""

    def __init__(self, root: tk.Misc, theme: Theme, *, batch: Batch) -> None:
        self._batch = batch
        self._row_count = 0
        super().__init__(root, theme, size=_SIZE)
        follow(self.top, batch.files_changed, self.close)
        follow(self.top, batch.index_changed, self._show_index)
        follow(self.top, batch.answers.changed, self._show_answer)

    def build(self) -> None:
        """Fill the window; the rows are added one chunk after another."""
        px = self.theme.px
        self.top.title(_("Files"))
        self.position = ttk.Label(self.frame, style="Muted.TLabel")
        self.position.pack(anchor="w", pady=(0, px(8)))
        buttons = ttk.Frame(self.frame)
        buttons.pack(side="bottom", fill="x", pady=(px(12), 0))
        ttk.Button(buttons, text=_("Close"), command=self.close).pack(side="right")
        ttk.Button(buttons, text=_("Open"), command=self.open_chosen).pack(
            side="right", padx=(0, px(6))
        )
        self._build_table()
        self.rows.focus_set()
        self._row_count = 0
        self._add_rows(self.rows)

    def open_chosen(self) -> None:
        """Open the chosen file, after the question about unsaved work."""
        for name in self.rows.selection():
            self._batch.go_to(int(name))

    def _build_table(self) -> None:
        px = self.theme.px
        frame = ttk.Frame(self.frame, style="Edge.TFrame", padding=1)
        frame.pack(fill="both", expand=True)
        self.rows = rows = ttk.Treeview(
            frame,
            columns=("number", "name", "answer"),
            show="headings",
            selectmode="browse",
            height=6,
        )
        rows.heading("name", text=_("File"), anchor="w")
        rows.heading("answer", text=_("Answer"), anchor="w")
        rows.column("number", width=px(64), anchor="e", stretch=False)
        rows.column("name", width=px(220))
        rows.column("answer", width=px(150), stretch=False)
        scroll(rows)
        TypeAhead(rows, "name")
        rows.bind("<Return>", lambda _event: self.open_chosen())
        rows.bind("<Double-Button-1>", self._double_clicked)
        rows.bind("<Home>", lambda _event: self._choose(0))
        rows.bind("<End>", lambda _event: self._choose(self._row_count - 1))

    def _add_rows(self, rows: ttk.Treeview) -> None:
        """Add the next chunk, and the others later."""
        if not rows.winfo_exists():  # closed or built again meanwhile
            return
        batch, first = self._batch, self._row_count
        self._row_count = min(first + _CHUNK, len(batch.paths))
        for index in range(first, self._row_count):
            values = (f"{index + 1:,}", batch.relative_name(index), batch.answers.text(index))
            rows.insert("", "end", iid=str(index), values=values)
        if first == 0 or first <= batch.index < self._row_count:
            self._show_index()
        if self._row_count < len(batch.paths):
            self.root.after(1, self._add_rows, rows)

    def _show_index(self) -> None:
        self.position.configure(text=self._batch.position())
        if self._batch.index < self._row_count:
            self._choose(self._batch.index)

    def _show_answer(self, index: int) -> None:
        if index < self._row_count:
            self.rows.set(str(index), "answer", self._batch.answers.text(index))

    def _choose(self, index: int) -> str:
        name = str(index)
        self.rows.selection_set(name)
        self.rows.focus(name)
        self.rows.see(name)
        return "break"

    def _double_clicked(self, event: "tk.Event[Any]") -> None:
        if self.rows.identify_row(event.y):  # not the heading
            self.open_chosen()
