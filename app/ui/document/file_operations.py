"""New, open and save: the drawing's file, and the question about unsaved work."""

import tkinter as tk
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.formats.strokes_file import INK_SUFFIX
from app.i18n import _
from app.ink.drawing import Content
from app.ink.viewport import Viewport
from app.storage.atomic_write import write_atomically
from app.ui.dialogs import prompts
from app.ui.dialogs.progress import Tasks
from app.ui.document.document import Document
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.signal import Signal
from app.ui.status import Status
from app.ui.theme.theme import Theme
from app.ui.toolkit import file_dialogs
from app.ui.toolkit.background import run_in_thread
from app.ui.toolkit.display_name import display_name

_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")


class FileOperations:
    """Reads files into the document and writes it to files, on threads.

    A file that cannot be opened leaves an empty canvas and a sentence: what was drawn before is not
    shown under its name, but Undo brings it back.
    """

    def __init__(
        self,
        root: tk.Tk,
        *,
        theme: Theme,
        document: Document,
        preferences: Preferences,
        recognition: RecognitionClient,
        status: Status,
        tasks: Tasks,
        viewport: Callable[[], Viewport],
    ) -> None:
        """`viewport` returns how the drawing lies on the canvas: pictures are saved as seen."""
        self._root = root
        self._theme = theme
        self._document = document
        self._preferences = preferences
        self._recognition = recognition
        self._status = status
        self._tasks = tasks
        self._viewport = viewport
        self._last_open = 0
        self.open_failed: Signal[[Path]] = Signal()
        """Emitted with the path of a file that cannot be opened."""

    def leave(self, then: Callable[[], None]) -> None:
        """Call `then`, which replaces the drawing, once the user has saved or discarded it."""
        self._document.finish_gesture()
        if not (self._document.is_unsaved and self._preferences.settings.ask_unsaved):
            then()
            return
        answer = prompts.choose(
            self._root,
            self._theme,
            _("This drawing is not saved. Save it first?"),
            {"save": _("Save"), "discard": _("Don't Save")},
        )
        if answer == "save":
            self.ask_or_save(then)
        elif answer == "discard":
            then()

    def new(self) -> None:
        """Begin a new drawing."""

        def begin() -> None:
            self._document.clear()
            self._document.mark_saved(Content())

        self.leave(begin)

    def open(self, path: Path, position: str = "") -> None:
        """Open a file as the drawing; of several opened at a time the last one stays.

        `position` is the file's position in a batch, such as "3 of 12 – name". The files of a
        batch are not remembered as recent ones.
        """
        self._last_open += 1
        number = self._last_open

        def work() -> Content:
            from app.file_reader import read_content

            return read_content(path)

        def done(content: Content) -> None:
            if number == self._last_open:
                self._document.replace(content)
                self._mark_saved(content, path, position)

        def failed(problem: str) -> None:
            if progress.cancelled:
                self._status.show(problem)
            elif number == self._last_open:
                name = position or display_name(path.name)
                self._document.mark_failed(name, problem)
                self.open_failed.emit(path)
                self._status.show_problem(_("{name}: {problem}").format(name=name, problem=problem))

        progress = self._tasks.await_result(
            lambda: _("Opening {name}…").format(name=display_name(path.name)), work, done, failed
        )

    def ask_or_save(self, then: Callable[[], None] | None = None) -> None:
        """Save to the drawing's own file, or ask for one; call `then` if that went well."""
        self._document.finish_gesture()
        if self._document.path is None or self._document.is_blank:
            self.ask_save(then)
        else:
            self.save(self._document.path, then)

    def ask_save(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a file and save the drawing there; call `then` if that went well."""
        self._document.finish_gesture()
        name = file_dialogs.ask_save_name(
            self._root,
            title=_("Save As"),
            initialdir=self._folder,
            initialfile=self._suggested_name(),
            defaultextension=INK_SUFFIX,
            filetypes=[
                (_("Drawing, to edit later"), f"*{INK_SUFFIX}"),
                (_("Picture (PNG), without strokes"), "*.png"),
                (_("Picture (JPEG), without strokes"), "*.jpg *.jpeg"),
                (_("Vector graphics (SVG)"), "*.svg"),
            ],
        )
        if name:
            self._preferences.change(last_folder=str(Path(name).parent))
            self.save(Path(name), then)

    def save(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Save the drawing in the format of the path's suffix; call `then` if that went well."""
        content = self._document.drawing.content
        viewport = self._viewport()

        def work() -> None:
            from app.formats.drawing_export import export_drawing

            write_atomically(path, export_drawing(path.suffix.lower(), content, viewport))

        def done(_nothing: None) -> None:
            position = self._document.position if path == self._document.path else ""
            self._mark_saved(content, path, position)
            text = _("Saved {name}.")
            if content.strokes and path.suffix.lower() in _PICTURE_SUFFIXES:
                text = _("Saved {name} as a picture. To edit the strokes later, save as .ink too.")
            self._status.show(text.format(name=display_name(path.name)))
            if then is not None:
                then()

        run_in_thread(self._root, work, done, self._status.show_problem)

    @property
    def _folder(self) -> str:
        """Where to save: the folder of the drawing's file, or the last one used."""
        path = self._document.path
        return self._preferences.settings.last_folder if path is None else str(path.parent)

    def _suggested_name(self) -> str:
        """Return the name of the drawing's file, or the answer and the day, as a drawing's name."""
        if self._document.path is not None:
            return f"{self._document.path.stem}{INK_SUFFIX}"
        result = self._recognition.result
        what = (result.text if result is not None else "") or _("Drawing")
        return f"{what} {date.today().isoformat()}{INK_SUFFIX}"

    def _mark_saved(self, content: Content, path: Path, position: str) -> None:
        self._document.mark_saved(content, path, position)
        if not position:
            settings = self._preferences.settings
            self._preferences.replace(settings.with_recent(str(path.absolute())))
