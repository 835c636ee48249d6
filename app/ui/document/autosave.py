"""Autosave: the unsaved drawing is written to a file, and restored after a crash."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InkError
from app.i18n import _
from app.ink.drawing import Content
from app.storage import autosave_store
from app.storage.log import LOG
from app.ui.document.document import Document
from app.ui.status import Status
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.formats.drawing_file import DrawingEncoder

_DELAY_MS = 800


class Autosave:
    """Writes the drawing on a thread, a moment after each change, while it is unsaved."""

    def __init__(self, root: tk.Tk, *, folder: Path, document: Document, status: Status) -> None:
        self._root = root
        self._document = document
        self._status = status
        self._store = autosave_store.Autosave(folder)
        self._file: DrawingEncoder | None = None
        self._timer: str | None = None
        self._is_working = False
        self._written: Content | None = None
        """What the file holds; None without one."""
        self._problem_shown = False
        document.changed.connect(self._schedule)
        document.saved.connect(self._schedule)

    @property
    def is_written(self) -> bool:
        """Whether the present drawing would be restored after a crash."""
        return self._written is self._document.drawing.content

    def restore(self) -> None:
        """Replace the drawing by the one that a crashed program has left, if there is one."""
        self._is_working = True
        run_in_thread(self._root, self._read, self._restored, self._failed)

    def end(self) -> None:
        """Delete the file: the program ends as the user wants it to."""
        if self._timer is not None:
            self._root.after_cancel(self._timer)
        self._store.close()

    def _schedule(self) -> None:
        if self._timer is None:
            self._timer = self._root.after(_DELAY_MS, self._write)

    def _write(self) -> None:
        """Write the drawing, or delete the file if it is saved or empty."""
        self._timer = None
        if self._is_working or self._document.in_gesture:
            self._schedule()
            return
        content = self._document.drawing.content if self._document.is_unsaved else None
        if content is self._written:
            return
        self._is_working = True

        def work() -> None:
            if content is None:
                self._store.discard()
            else:
                self._store.save(self._encode(content))

        def done(_nothing: None) -> None:
            self._is_working = False
            self._written = content

        run_in_thread(self._root, work, done, self._failed)

    def _read(self) -> Content | None:
        """Return the drawing that a crashed program has left; it is this program's from now on."""
        from app.formats.drawing_file import parse_drawing  # imports Pillow

        data = self._store.recover()
        if data is None:
            return None
        try:
            return parse_drawing(data)
        except InkError as error:
            LOG.warning("The drawing that a crash left cannot be read: %s", error)
            return None

    def _restored(self, content: Content | None) -> None:
        self._is_working = False
        if content is None:
            return
        self._document.replace(content)
        self._written = content  # the file was taken over as it is
        self._status.show(
            _("This drawing was not saved when Inkling ended unexpectedly; here it is again.")
        )

    def _failed(self, problem: str) -> None:
        self._is_working = False
        if not self._problem_shown:
            self._problem_shown = True
            self._status.show_problem(problem)

    def _encode(self, content: Content) -> bytes:
        from app.formats.drawing_file import DrawingEncoder  # imports Pillow

        if self._file is None:
            self._file = DrawingEncoder()
        return self._file.encode(content)
