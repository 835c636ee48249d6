"""The window "Files": the files of the batch, read one after another, with their answers."""

from __future__ import annotations

import io
import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.storage.settings import NUMBER, OWN
from app.ui.batch.file_rows import ALL, FileRows
from app.ui.dialogs.base import Dialog
from app.ui.status import Status
from app.ui.toolkit.export import ask_and_export_table
from app.ui.toolkit.follow import follow
from app.ui.toolkit.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.answers import Row
    from app.storage.settings import Settings
    from app.ui.batch.batch import Batch
    from app.ui.batch.batch_reading import BatchReading
    from app.ui.preferences import Preferences
    from app.ui.theme.theme import Theme

_SIZE, _MIN_SIZE = (640, 560), (520, 360)


class BatchList(Dialog):
    """A row for every file. Return or a double click opens it; the list stays."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        batch: Batch,
        reading: BatchReading,
        preferences: Preferences,
    ) -> None:
        self._batch = batch
        self._reading = reading
        self._preferences = preferences
        self.status = Status()
        self.filter = tk.StringVar(root, ALL)
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE, padding=12)
        follow(self.top, batch.files_changed, self.close)
        follow(self.top, batch.index_changed, self._show_index)
        follow(self.top, reading.changed, self._show_progress)
        follow(self.top, preferences.changed, self._preferences_changed)
        reading.start()

    def close(self) -> None:
        """Close the window and stop reading; what was read stays known."""
        super().close()
        self._reading.stop()

    @property
    def is_ready(self) -> bool:
        """Whether no file is being read."""
        return not self._reading.is_running

    @property
    def rows(self) -> ttk.Treeview:
        """The table."""
        return self._table.rows

    def build(self) -> None:
        """Fill the window; the rows are added one chunk after another."""
        px, frame = self.theme.px, self.frame
        self.top.title(_("Files"))
        head = ttk.Frame(frame)
        head.pack(fill="x", pady=(0, px(8)))
        self.position = ttk.Label(head, style="Muted.TLabel")
        self.position.pack(side="left", fill="x", expand=True)
        self._filters = ttk.Frame(head)
        self._filters.pack(side="right")
        self._build_buttons()
        status = StatusBar(frame, theme=self.theme, status=self.status, style="Muted.TLabel")
        status.pack(side="bottom", fill="x")
        self._build_progress()
        self._table = FileRows(
            frame,
            self.theme,
            batch=self._batch,
            reading=self._reading,
            filter_by=self.filter.get(),
            on_open=self.open_chosen,
        )
        self._table.pack(fill="both", expand=True)
        self.rows.focus_set()
        self._build_filters()
        self._show_index()
        self._show_progress()

    def open_chosen(self) -> None:
        """Open the chosen file, after the question about unsaved work."""
        if (index := self._table.chosen) is not None:
            self._batch.go_to(index)

    def ask_csv(self) -> None:
        """Ask for a file and write the answers that are known there, as a table."""
        rows, reading = self._rows_known(), self._preferences.settings.reading
        ask_and_export_table(self.top, lambda: _csv(rows, reading), self.status)

    def stop_or_go_on(self) -> None:
        """Stop reading, or read the files that have no answer yet."""
        if self._reading.is_running:
            self._reading.stop()
        else:
            self._reading.start()

    def _build_buttons(self) -> None:
        px = self.theme.px
        buttons = ttk.Frame(self.frame)
        buttons.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.export = ttk.Button(buttons, text=_("Export CSV…"), command=self.ask_csv)
        self.export.pack(side="left")
        ttk.Button(buttons, text=_("Close"), command=self.close).pack(side="right")
        ttk.Button(buttons, text=_("Open"), command=self.open_chosen).pack(
            side="right", padx=(0, px(6))
        )

    def _build_progress(self) -> None:
        px = self.theme.px
        frame = ttk.Frame(self.frame)
        frame.pack(side="bottom", fill="x", pady=(px(8), 0))
        self.progress = ttk.Label(frame, style="Muted.TLabel")
        self.progress.pack(side="left")
        self.stop = ttk.Button(frame, command=self.stop_or_go_on)
        self.stop.pack(side="right")
        self._bar = ttk.Progressbar(frame)
        self._bar.pack(side="left", fill="x", expand=True, padx=px(10))

    def _build_filters(self) -> None:
        self.filter_buttons = {
            kind: ttk.Radiobutton(
                self._filters,
                value=kind,
                variable=self.filter,
                style="Filter.Toolbutton",
                command=lambda: self._table.show_kind(self.filter.get()),
            )
            for kind in (ALL, "unsure", "refused")
        }
        for button in self.filter_buttons.values():
            button.pack(side="left", padx=(self.theme.px(2), 0))

    def _show_index(self) -> None:
        self.position.configure(text=self._batch.position())
        self._table.choose(self._batch.index)

    def _show_progress(self) -> None:
        """Show how many files were read, and how many answers of each kind there are."""
        answers, count = self._batch.answers, len(self._batch.paths)
        if not count:
            return
        for kind, text, number in (
            (ALL, _("All"), count),
            ("unsure", _("Unsure"), answers.unsure),
            ("refused", _("Refused"), answers.refused),
        ):
            self.filter_buttons[kind].configure(text=f"{text} ({number:,})")
        text = _("{done:,} of {total:,} read").format(done=answers.count, total=count)
        self.progress.configure(text=text)
        self._bar.configure(maximum=count, value=answers.count)
        is_running = self._reading.is_running
        self.stop.configure(text=_("Cancel") if is_running else _("Continue"))
        self.stop.state(["!disabled" if answers.count < count else "disabled"])
        self.export.state(["!disabled" if answers.count else "disabled"])
        if self._reading.problem:
            self.status.show_problem(self._reading.problem)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.reading != after.reading:
            self._table.show_kind(self.filter.get())
            self._reading.start()

    def _rows_known(self) -> list[Row]:
        """Return the answers that are known, in the files' order."""
        rows = ((index, self._batch.answers.row(index)) for index in range(len(self._batch.paths)))
        return [{**row, "id": str(self._batch.paths[i])} for i, row in rows if row is not None]


def _csv(rows: Sequence[Row], reading: str) -> bytes:
    """Return a CSV table as `recognise --format csv` writes it; the id is the file's path."""
    from app.answers import columns, row_writer
    from app.recognition.alphabet import ALPHABETS, DIGITS

    text = io.StringIO()
    labels: Sequence[str] = ()
    if reading == OWN:  # the names of the symbols that are likeliest somewhere
        labels = list(dict.fromkeys(name for row in rows for name in row.get("probabilities", ())))
    elif reading != NUMBER:
        labels = ALPHABETS[reading].labels
    is_of_digits = reading in (DIGITS.name, NUMBER)
    write = row_writer("csv", text, columns(labels, is_of_digits))
    for row in rows:
        write(row)
    return text.getvalue().encode("utf-8")
