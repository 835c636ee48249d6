"""Owns several files that are opened one after another: which they are, Next and Previous."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.translation import _

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.progress import Progress


class Several:
    """The files chosen together, and which of them is open. A single file makes no list."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._progress: Progress | None = None
        self.paths: list[Path] = []
        self.index = 0

    @property
    def has_next(self) -> bool:
        """Whether there is a file after this one."""
        return self.index + 1 < len(self.paths)

    @property
    def has_previous(self) -> bool:
        """Whether there is a file before this one."""
        return self.index > 0

    def take(self, paths: Sequence[Path]) -> None:
        """Open the first of these files, and of those in these folders; the others come next."""
        if self._progress is not None:
            self._progress.cancelled = True  # the latest wish counts

        def work(progress: Progress) -> list[Path]:
            from app.ink.folder import files_of

            return files_of(paths, progress)

        def done(found: list[Path]) -> None:
            if not progress.cancelled:
                self.begin(found)

        def failed(problem: str) -> None:
            if progress is self._progress:
                self._window.tell(problem, True)

        progress = self._window.tasks.run(
            lambda: _("Looking for pictures and drawings…"), work, done, failed
        )
        self._progress = progress

    def begin(self, paths: list[Path]) -> None:
        """Open the first of these files."""
        self.paths = paths if len(paths) > 1 else []
        self.index = 0
        if self.paths:
            self._open()
        else:
            self._window.files.open(paths[0])

    def step(self, by: int) -> None:
        """Open the file that is so many further, once unsaved work was asked about."""
        wanted = self.index + by

        def go() -> None:
            if 0 <= wanted < len(self.paths):
                self.index = wanted
                self._open()

        self._window.files.leave(go)

    def _open(self) -> None:
        path = self.paths[self.index]
        place = _("{number:,} of {count:,} – {name}").format(
            number=self.index + 1, count=len(self.paths), name=path.name
        )
        self._window.files.open(path, place)
