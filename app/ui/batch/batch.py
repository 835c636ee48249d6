"""A batch: several files opened together, one of which is the document at a time."""

import os
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.ink.drawing import Content
from app.ui.batch.batch_answers import BatchAnswers
from app.ui.dialogs.progress import Progress, Tasks
from app.ui.document.document import Document
from app.ui.document.file_operations import FileOperations
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.signal import Signal
from app.ui.status import Status
from app.ui.toolkit import file_dialogs
from app.ui.toolkit.display_name import display_name
from app.worker import Answer

_PICTURES = "*.ink *.svg *.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp"
_MAX_NAME = 90
"""Characters of a file's name in the list."""


class Batch:
    """Which files were chosen together, and which of them is open. One file alone is no batch."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        document: Document,
        files: FileOperations,
        preferences: Preferences,
        recognition: RecognitionClient,
        status: Status,
        tasks: Tasks,
    ) -> None:
        self._root = root
        self._document = document
        self._files = files
        self._preferences = preferences
        self._recognition = recognition
        self._status = status
        self._tasks = tasks
        self._search: Progress | None = None
        self.paths: list[Path] = []
        self.index = 0
        """Of the open file, or of the one that could not be opened."""
        self._folder = ""
        """The folder that all files are in; "" without a batch."""
        self.answers = BatchAnswers(preferences)
        self.files_changed: Signal[[]] = Signal()
        """Emitted when there are other files, or none any more."""
        self.index_changed: Signal[[]] = Signal()
        """Emitted when another file of the batch is opened."""
        files.open_failed.connect(self._open_failed)
        document.saved.connect(self._document_saved)
        document.changed.connect(self._document_changed)
        recognition.answered.connect(self._answered)

    @property
    def has_next(self) -> bool:
        """Whether there is a file after the open one."""
        return self.index + 1 < len(self.paths)

    @property
    def has_previous(self) -> bool:
        """Whether there is a file before the open one."""
        return self.index > 0

    def ask_open(self) -> None:
        """Ask for one or several files and open the first."""

        def ask() -> None:
            names = file_dialogs.ask_files(
                self._root,
                title=_("Open"),
                initialdir=self._preferences.settings.last_folder,
                filetypes=[(_("Drawings and pictures"), _PICTURES), (_("All files"), "*")],
            )
            if names:
                self._preferences.change(last_folder=str(Path(names[0]).parent))
                self.begin([Path(name) for name in names])

        self._files.leave(ask)

    def ask_folder(self) -> None:
        """Ask for a folder and open the first of the files in it."""

        def ask() -> None:
            name = file_dialogs.ask_folder(
                self._root,
                title=_("Open Folder"),
                initialdir=self._preferences.settings.last_folder,
            )
            if name:
                self._preferences.change(last_folder=str(Path(name)))
                self.take([Path(name)])

        self._files.leave(ask)

    def open_recent(self, name: str) -> None:
        """Open a recent file, or remove it from the list if it does not exist any more."""
        path = Path(name)

        def found(is_missing: bool) -> None:
            if not is_missing:
                self.take([path])
                return
            preferences = self._preferences
            preferences.replace(preferences.settings.without_recent(name))
            self._status.show_problem(
                _("{name} no longer exists.").format(name=display_name(path.name))
            )

        def look() -> None:
            # On a thread: a sleeping or remote disk may take its time.
            self._tasks.await_result(
                lambda: _("Opening {name}…").format(name=display_name(path.name)),
                lambda: _is_missing(path),
                found,
                self._status.show_problem,
            )

        self._files.leave(look)

    def take(self, paths: Sequence[Path]) -> None:
        """Open files, and all that can be opened in folders, as a batch.

        Folders are searched on a thread; a second call cancels the search of the first.
        """
        if self._search is not None:
            self._search.cancelled = True

        def work(progress: Progress) -> list[Path]:
            from app.formats import folder_scan  # imports Pillow

            return folder_scan.expand_paths(paths, progress)

        def done(found: list[Path]) -> None:
            if not progress.cancelled:
                self.begin(found)

        def failed(problem: str) -> None:
            if progress is self._search:
                self._status.show_problem(problem)

        progress = self._tasks.run(
            lambda: _("Looking for pictures and drawings…"), work, done, failed
        )
        self._search = progress

    def begin(self, paths: list[Path]) -> None:
        """Open the first of these files, in place of the batch before."""
        self.paths = paths if len(paths) > 1 else []
        self.index = 0
        self.answers.clear()
        self._folder = _common_folder(self.paths)
        self.files_changed.emit()
        if self.paths:
            self._open()
        else:
            self._files.open(paths[0])

    def close(self) -> None:
        """Leave the batch; the file that is open stays, as one alone."""
        self._forget()
        self._document.leave_batch()

    def step(self, by: int) -> None:
        """Open the file `by` places further, if there is one."""
        self.go_to(self.index + by)

    def go_to(self, index: int) -> None:
        """Open the file of this index, if there is one, after the question about unsaved work."""

        def go() -> None:
            if 0 <= index < len(self.paths):
                self.index = index
                self._open()

        self._files.leave(go)

    def position(self, name: str = "") -> str:
        """Return "3 of 12 – name" for the open file; `name` replaces its file name."""
        return _("{number:,} of {count:,} – {name}").format(
            number=self.index + 1,
            count=len(self.paths),
            name=name or display_name(self.paths[self.index].name),
        )

    def relative_name(self, index: int) -> str:
        """Return a file's name relative to the folder that all files are in."""
        path = self.paths[index]
        try:
            return display_name(os.path.relpath(path, self._folder), _MAX_NAME)
        except ValueError:  # on another drive of Windows
            return display_name(str(path), _MAX_NAME)

    def _open(self) -> None:
        self._files.open(self.paths[self.index], self.position())
        self.index_changed.emit()

    def _document_saved(self) -> None:
        """End the batch when the drawing comes from elsewhere: a new one, a paste, a sample."""
        if self.paths and self._document.path is None and not self._document.problem:
            self._forget()

    def _document_changed(self) -> None:
        """End the batch when something is drawn on an empty canvas, where no file is any more."""
        document = self._document
        is_on_nothing = bool(document.points) and document.drawing.content.is_empty
        if is_on_nothing and self._is_at(document.path):
            self._forget()
            document.mark_saved(Content())

    def _forget(self) -> None:
        self.paths = []
        self.index = 0
        self.answers.clear()
        self.files_changed.emit()

    def _is_at(self, path: Path | None) -> bool:
        return bool(self.paths) and path == self.paths[self.index]

    def _answered(self, answer: Answer) -> None:
        """Record what the open file was recognised as, unless it is stale or was drawn on."""
        result = self._recognition.result
        if result is None or answer.request != self._recognition.last_asked:
            return
        if self._is_at(self._document.path) and not self._document.is_unsaved:
            self.answers.record(self.index, result)

    def _open_failed(self, path: Path) -> None:
        if self._is_at(path):
            self.answers.record_failure(self.index)


def _is_missing(path: Path) -> bool:
    """Return whether a file does not exist; False where that cannot be known.

    Opening a file that may not be looked at, or a path that no disk can have, shows the reason.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _common_folder(paths: list[Path]) -> str:
    """Return the absolute path of the folder that all files are in; "" without files."""
    if not paths:
        return ""
    try:
        # Not Path.absolute: much slower for ten thousand files.
        return os.path.commonpath([os.path.abspath(path.parent) for path in paths])  # noqa: PTH100
    except ValueError:  # on several drives of Windows
        return os.path.abspath(paths[0].parent)  # noqa: PTH100
