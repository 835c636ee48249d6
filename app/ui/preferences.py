"""Owns the settings while the program runs: what changes is written a moment later, on a thread."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.i18n import set_language
from app.storage.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.storage.settings_store import SettingsStore

_WRITE_MS = 600


class Remembered:
    """The settings now. A disk that takes no more is told once; the program goes on."""

    def __init__(self, root: tk.Tk, path: Path, tell: Callable[[str, bool], None]) -> None:
        """`tell(sentence, is_problem)` shows a sentence where the user looks.

        What is remembered of the language is spoken from here on: before there is a widget.
        """
        self._root = root
        self._path = path
        self._tell = tell
        self._read_file: SettingsStore | None = None
        # The first start waits for nothing that reads files.
        self.settings = self._file.read() if path.exists() else Settings()
        set_language(self.settings.language)
        self._written = self.settings
        self._timer: str | None = None
        self._writing = False
        self._told = False

    @property
    def _file(self) -> SettingsStore:
        if self._read_file is None:
            from app.storage.settings_store import SettingsStore

            self._read_file = SettingsStore(self._path)
        return self._read_file

    @property
    def notice(self) -> str:
        """One sentence on what was wrong with the file; empty if nothing was."""
        return "" if self._read_file is None else self._read_file.notice

    @property
    def is_writing(self) -> bool:
        """Whether something is still to be written."""
        return self._writing or self._timer is not None

    def change(self, **changes: Any) -> None:
        """Change settings, by their names in Settings; they are written in a moment."""
        self.settings = replace(self.settings, **changes)
        self._soon()

    def become(self, settings: Settings) -> None:
        """Put other settings in place of these; they are written in a moment."""
        self.settings = settings
        self._soon()

    def write_now(self) -> None:
        """Write what has changed, before the program ends; a failure is nobody's any more."""
        if self._timer is not None:
            self._root.after_cancel(self._timer)
            self._timer = None
        if self.settings == self._written:
            return
        from app.errors import StorageError
        from app.storage.log import LOG

        try:
            self._file.write(self.settings)
        except StorageError as error:
            LOG.warning("The settings were not written: %s", error)

    def _soon(self) -> None:
        if self._timer is None and self.settings != self._written:
            self._timer = self._root.after(_WRITE_MS, self._write)

    def _write(self) -> None:
        from app.ui.toolkit.background import run_in_thread

        self._timer = None
        if self._writing:  # one at a time, or an old one could come last
            self._soon()
            return
        settings, self._writing = self.settings, True

        def done(_nothing: None) -> None:
            self._writing = False
            self._written = settings
            self._soon()

        def failed(problem: str) -> None:
            self._writing = False  # tried again with the next change and at the end
            if not self._told:
                self._told = True
                self._tell(problem, True)

        run_in_thread(self._root, lambda: self._file.write(settings), done, failed)
