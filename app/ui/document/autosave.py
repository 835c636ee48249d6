"""Owns keeping the drawing while it is not saved, and bringing it back after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.formats.drawing_file import DrawingEncoder
    from app.ink.drawing import Content
    from app.storage.autosave_store import Autosave
    from app.ui.main_window import MainWindow

_WAIT_MS = 800


class Autosaving:
    """Writes the drawing a moment after it has changed, on a thread, while it is not saved."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._autosave: Autosave | None = None
        self._file: DrawingEncoder | None = None
        self._timer: str | None = None
        self._working = False
        self._kept: Content | None = None
        self._told = False

    @property
    def is_kept(self) -> bool:
        """Whether the drawing, as it is, would come back after a crash."""
        return self._kept is self._window.drawing.content

    def changed(self) -> None:
        """Keep the drawing in a moment, or forget what was kept if it is saved or empty."""
        if self._timer is None:
            self._timer = self._window.root.after(_WAIT_MS, self._write)

    def restore(self) -> None:
        """Bring back what a program that crashed has left, unless there is a drawing already."""

        def work() -> Content | None:
            from app.errors import InkError
            from app.formats.drawing_file import parse_drawing
            from app.storage.log import LOG

            left = self._made().recover()
            if left is None:
                return None
            try:
                return parse_drawing(left)
            except InkError as error:
                LOG.warning("The drawing that a crash left cannot be read: %s", error)
                return None

        self._working = True
        run_in_thread(self._window.root, work, self._restored, self._failed)

    def end(self) -> None:
        """Forget what was kept: the program ends as the user wants it to."""
        if self._timer is not None:
            self._window.root.after_cancel(self._timer)
        if self._autosave is not None:
            self._autosave.close()

    def _restored(self, content: Content | None) -> None:
        self._working = False
        if content is None:
            return
        self._window.open_content(content)
        self._window.tell(
            _("This drawing was not saved when Inkling ended unexpectedly; here it is again.")
        )
        self._kept = content  # it was taken over as it is
        self.changed()

    def _write(self) -> None:
        self._timer = None
        window = self._window
        if self._working or window.sketchpad.pen_is_down:
            self.changed()
            return
        content = window.drawing.content if window.files.is_unsaved else None
        if content is self._kept:
            return
        self._working = True

        def work() -> None:
            autosave = self._made()
            if content is None:
                autosave.discard()
            else:
                autosave.save(self._encoded(content))

        def done(_nothing: None) -> None:
            self._working = False
            self._kept = content

        run_in_thread(window.root, work, done, self._failed)

    def _failed(self, problem: str) -> None:
        self._working = False
        if not self._told:
            self._told = True
            self._window.tell(problem, True)

    def _made(self) -> Autosave:
        if self._autosave is None:
            from app.storage.autosave_store import Autosave

            self._autosave = Autosave(self._window.folders.autosave)
        return self._autosave

    def _encoded(self, content: Content) -> bytes:
        if self._file is None:
            from app.formats.drawing_file import DrawingEncoder

            self._file = DrawingEncoder()
        return self._file.encode(content)
