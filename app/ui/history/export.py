"""Copies all answers of the history, and writes them to a CSV file."""

from __future__ import annotations

import io
import tkinter as tk
from itertools import chain
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.ui.toolkit.export import ask_and_export_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.history.history import Entry, History
    from app.ui.status import Status


class HistoryExport:
    """The commands for all entries."""

    def __init__(self, root: tk.Tk, *, history: History, status: Status) -> None:
        self._root = root
        self._history = history
        self._status = status

    def copy(self) -> None:
        """Copy the answers as text, a line for each."""
        count = len(self._history.entries)
        if not count:
            self._status.show(_("There is no answer to copy yet."))
            return
        self._root.clipboard_clear()
        self._root.clipboard_append(self._history.text())
        text = ngettext("Copied {count} answer.", "Copied {count} answers.", count)
        self._status.show(text.format(count=count))

    def ask_csv(self) -> None:
        """Ask for a file and write the answers there as a table."""
        entries = tuple(self._history.entries)
        if not entries:
            self._status.show(_("There is no answer to export yet."))
            return
        ask_and_export_table(self._root, lambda: history_csv(entries), self._status)


def history_csv(entries: Sequence[Entry]) -> bytes:
    """Return a CSV table as `recognise --format csv` writes it; the id is the time (ISO 8601)."""
    from app.answers import answer_object, columns, row_writer
    from app.recognition.alphabet import DIGITS
    from app.recognition.prediction import Prediction

    answers = [one.answer for one in entries if isinstance(one.answer, Prediction)]
    labels = tuple(dict.fromkeys(chain(DIGITS.labels, *(answer.labels for answer in answers))))
    text = io.StringIO()
    is_of_digits = all(answer.alphabet == DIGITS.name for answer in answers)
    write = row_writer("csv", text, columns(labels, is_of_digits))
    for entry in entries:
        row = {} if entry.answer is None else answer_object(entry.answer)
        if row and not is_of_digits:  # answers of several alphabets in one table
            for of_digits, name in (("is_digit", "is_known"), ("digit_score", "known_score")):
                row.setdefault(name, row.get(of_digits))
        write({**row, "id": entry.time.isoformat(timespec="seconds")})
    return text.getvalue().encode("utf-8")
