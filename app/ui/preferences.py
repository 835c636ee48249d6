"""The settings while the program runs; changes are written to the file a moment later."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import StorageError
from app.i18n import set_language
from app.storage.settings import Settings
from app.ui.signal import Signal
from app.ui.toolkit.background import Scheduler, run_in_thread

if TYPE_CHECKING:
    from app.storage.settings_store import SettingsStore

_WRITE_DELAY_MS = 600


class Preferences:
    """The present settings, and the signal that they have changed."""

    def __init__(
        self, scheduler: Scheduler, path: Path, show_problem: Callable[[str], None]
    ) -> None:
        """Read the settings and switch to their language, before there is a widget.

        `show_problem` is called once if the file cannot be written; the program goes on.
        """
        self._scheduler = scheduler
        self._path = path
        self._show_problem = show_problem
        self._store: SettingsStore | None = None
        self.changed: Signal[[Settings, Settings]] = Signal()
        """Emitted with the settings before and after the change."""
        # A first start has no file: nothing that reads one is imported.
        self.settings = self._file.read() if os.path.lexists(path) else Settings()
        set_language(self.settings.language)
        self._written = self.settings
        self._timer: str | None = None
        self._writing = False
        self._problem_shown = False

    @property
    def _file(self) -> SettingsStore:
        if self._store is None:
            from app.storage.settings_store import SettingsStore

            self._store = SettingsStore(self._path)
        return self._store

    @property
    def notice(self) -> str:
        """What was wrong with the file, as one sentence; "" if nothing was."""
        return "" if self._store is None else self._store.notice

    @property
    def is_writing(self) -> bool:
        """Whether a change is not yet in the file."""
        return self._writing or self._timer is not None

    def change(self, **changes: Any) -> None:
        """Change some settings, by their names in Settings."""
        self.replace(replace(self.settings, **changes))

    def replace(self, settings: Settings) -> None:
        """Replace all settings."""
        before, self.settings = self.settings, settings
        if settings != before:
            self.changed.emit(before, settings)
        self._schedule_write()

    def write_now(self) -> None:
        """Write what has changed, before the program ends; a failure only reaches the log."""
        if self._timer is not None:
            self._scheduler.after_cancel(self._timer)
            self._timer = None
        if self.settings == self._written:
            return
        from app.storage.log import LOG

        try:
            self._file.write(self.settings)
        except StorageError as error:
            LOG.warning("The settings were not written: %s", error)

    def _schedule_write(self) -> None:
        if self._timer is None and self.settings != self._written:
            self._timer = self._scheduler.after(_WRITE_DELAY_MS, self._write)

    def _write(self) -> None:
        self._timer = None
        if self._writing:  # one at a time, or an old one could come last
            self._schedule_write()
            return
        settings, self._writing = self.settings, True

        def done(_result: None) -> None:
            self._writing = False
            self._written = settings
            self._schedule_write()

        def failed(problem: str) -> None:
            self._writing = False  # tried again with the next change and at the end
            if not self._problem_shown:
                self._problem_shown = True
                self._show_problem(problem)

        run_in_thread(self._scheduler, lambda: self._file.write(settings), done, failed)
