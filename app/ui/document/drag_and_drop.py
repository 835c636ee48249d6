"""Owns drag and drop: files that are let go over the window are opened.

The library and its Tk extension (tkdnd) are loaded when the window is up; where they cannot be,
the program works without them and the log says so.
"""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.storage.log import LOG

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_FILES, _TEXT = "DND_Files", "DND_Text"
_DONE = "copy"
"""What is said to where the files come from: they stay there."""


class Dropping:
    """The window as a place to drop files on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.works = False
        """Whether files can be dropped."""

    def attach(self) -> None:
        """Take what is dropped anywhere on the window from now on, if that is possible here."""
        root = self._window.root
        try:
            from tkinterdnd2 import TkinterDnD

            TkinterDnD.require(root)
            root.tk.call("tkdnd::drop_target", "register", root, (_FILES, _TEXT))
        except (ImportError, RuntimeError, tk.TclError) as error:
            LOG.warning("Files cannot be dropped on the window: %s", error)
            return
        for kind, taken in ((_FILES, self._files), (_TEXT, self._text)):
            root.tk.call("bind", root, f"<<Drop:{kind}>>", f"{root.register(taken)} %D")
        self.works = True

    def _files(self, data: str) -> str:
        # Later: whoever the files come from waits for this to return, and questions take time.
        names = self._window.root.tk.splitlist(data)
        self._window.root.after(1, self.take, [str(name) for name in names])
        return _DONE

    def _text(self, _data: str) -> str:
        self._window.tell(_no_file(), True)
        return _DONE

    def take(self, names: list[str]) -> None:
        """Open the files with these names; addresses in the web are none."""
        paths = [Path(name) for name in names if name and "://" not in name]
        if not paths:
            self._window.tell(_no_file(), True)
            return
        self._window.files.leave(lambda: self._window.several.take(paths))


def _no_file() -> str:
    return _("That is no file: save it as a picture first, then drop the file here.")
