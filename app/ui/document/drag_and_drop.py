"""Drag and drop: files that are dropped on the window are opened.

The library and its Tk extension (tkdnd) are loaded once the window is up; where they cannot be,
the program works without them and the log gives the reason.
"""

import tkinter as tk
from pathlib import Path

from app.i18n import _
from app.storage.log import LOG
from app.ui.batch.batch import Batch
from app.ui.document.file_operations import FileOperations
from app.ui.status import Status

_FILES, _TEXT = "DND_Files", "DND_Text"
_ACTION = "copy"
"""The answer to the program that the files come from: they stay there."""


class DragAndDrop:
    """The main window as a drop target."""

    def __init__(self, root: tk.Tk, *, files: FileOperations, batch: Batch, status: Status) -> None:
        self._root = root
        self._files = files
        self._batch = batch
        self._status = status
        self.works = False
        """Whether files can be dropped."""

    def attach(self) -> None:
        """Accept drops anywhere on the window from now on, if that is possible here."""
        root = self._root
        try:
            from tkinterdnd2 import TkinterDnD

            TkinterDnD.require(root)
            root.tk.call("tkdnd::drop_target", "register", root, (_FILES, _TEXT))
        except (ImportError, RuntimeError, tk.TclError) as error:
            LOG.warning("Files cannot be dropped on the window: %s", error)
            return
        for kind, handle in ((_FILES, self._files_dropped), (_TEXT, self._text_dropped)):
            root.tk.call("bind", root, f"<<Drop:{kind}>>", f"{root.register(handle)} %D")
        self.works = True

    def open(self, names: list[str]) -> None:
        """Open the files with these names; web addresses are skipped."""
        paths = [Path(name) for name in names if name and "://" not in name]
        if paths:
            self._files.leave(lambda: self._batch.take(paths))
        else:
            self._show_no_file()

    def _files_dropped(self, data: str) -> str:
        # Later: the program that the files come from waits for this to return, and the question
        # about unsaved work may take the user a while.
        names = self._root.tk.splitlist(data)
        self._root.after(1, self.open, [str(name) for name in names])
        return _ACTION

    def _text_dropped(self, _data: str) -> str:
        self._show_no_file()
        return _ACTION

    def _show_no_file(self) -> None:
        self._status.show_problem(
            _("That is not a file: save it as a picture first, then drop the file here.")
        )
