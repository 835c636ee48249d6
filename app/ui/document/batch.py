"""Owns several files that are opened one after another: which they are, and how one leafs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.document.batch_answers import FilesRead
from app.ui.toolkit.display_name import shown

if TYPE_CHECKING:
    from app.ui.dialogs.progress import Progress
    from app.ui.document.batch_bar import FilesBar
    from app.ui.document.batch_list import FilesList
    from app.ui.main_window import MainWindow


class Several:
    """The files chosen together, and which of them is open. A single file makes no list."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self._progress: Progress | None = None
        self.paths: list[Path] = []
        self.index = 0
        self._folder = ""
        """What all of them lie in; empty if nothing."""
        self.read = FilesRead(self)
        self.bar: FilesBar | None = None
        self.list: FilesList | None = None
        """The window that lists them, once it was opened."""

    @property
    def has_next(self) -> bool:
        """Whether there is a file after this one."""
        return self.index + 1 < len(self.paths)

    @property
    def has_previous(self) -> bool:
        """Whether there is a file before this one."""
        return self.index > 0

    def is_open(self, path: Path | None) -> bool:
        """Whether this is the file that one has come to."""
        return bool(self.paths) and path == self.paths[self.index]

    def take(self, paths: Sequence[Path]) -> None:
        """Open the first of these files, and of those in these folders; the others come next."""
        if self._progress is not None:
            self._progress.cancelled = True  # the latest wish counts

        def work(progress: Progress) -> list[Path]:
            from app.formats.folder_scan import expand_paths

            return expand_paths(paths, progress)

        def done(found: list[Path]) -> None:
            if not progress.cancelled:
                self.begin(found)

        def failed(problem: str) -> None:
            if progress is self._progress:
                self.window.tell(problem, True)

        progress = self.window.tasks.run(
            lambda: _("Looking for pictures and drawings…"), work, done, failed
        )
        self._progress = progress

    def begin(self, paths: list[Path]) -> None:
        """Open the first of these files."""
        self.paths = paths if len(paths) > 1 else []
        self.index = 0
        self.read.forget()
        self._folder = _common_folder(self.paths)
        if self.list is not None and self.list.exists:
            self.list.top.destroy()
        self.show()
        if self.paths:
            self._open()
        else:
            self.window.files.open(paths[0])

    def step(self, by: int) -> None:
        """Open the file that is so many further, once unsaved work was asked about."""
        self.go_to(self.index + by)

    def go_to(self, wanted: int) -> None:
        """Open the file of this index, if there is one, once unsaved work was asked about."""

        def go() -> None:
            if 0 <= wanted < len(self.paths):
                self.index = wanted
                self._open()

        self.window.files.leave(go)

    # What is seen of it

    def show(self) -> None:
        """Show the bar below the canvas, built anew, if there are several files."""
        if self.bar is not None:
            self.bar.destroy()
            self.bar = None
        if not self.paths:
            return
        from app.ui.document.batch_bar import FilesBar

        beside = self.window.sketchpad
        self.bar = FilesBar(beside.master, self)
        self.bar.lift(beside)  # Tab comes to it after the canvas
        gap = self.window.theme.px(6)
        self.bar.grid(row=2, column=0, sticky="ew", pady=(gap, 0))
        self.bar.follow()

    def place_of(self, index: int, name: str | None = None) -> str:
        """Return "3 of 12 – name" of a file."""
        return _("{number:,} of {count:,} – {name}").format(
            number=index + 1,
            count=len(self.paths),
            name=shown(self.paths[index].name) if name is None else name,
        )

    def name_of(self, index: int) -> str:
        """Return a file's name, with what folder of the common one it lies in."""
        path = self.paths[index]
        try:
            return shown(os.path.relpath(path, self._folder), 90)
        except ValueError:  # on another of Windows' drives
            return shown(str(path), 90)

    def _open(self) -> None:
        self.window.files.open(self.paths[self.index], self.place_of(self.index))
        if self.bar is not None:
            self.bar.follow()
        if self.list is not None and self.list.exists:
            self.list.follow()


def _common_folder(paths: list[Path]) -> str:
    """Return the folder that all files are in."""
    if not paths:
        return ""
    try:
        return os.path.commonpath([os.path.abspath(path.parent) for path in paths])  # noqa: PTH100 - ten thousand
    except ValueError:  # on several of Windows' drives
        return os.path.abspath(paths[0].parent)  # noqa: PTH100
