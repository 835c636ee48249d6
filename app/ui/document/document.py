"""Owns the drawing's file: new, open, save, the recent ones, and asking about unsaved work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.ink.drawing import Content
from app.ui.toolkit.background import run_in_thread
from app.ui.toolkit.display_name import shown

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_PICTURES = "*.ink *.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp"


class Files:
    """Reads files into the drawing and writes it to files; failures are told, nothing is lost."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._tell = window.tell
        self._opens = 0
        self.path: Path | None = None
        """The file that the drawing was opened from or saved to."""
        self.place = ""
        """Where that file stands among those opened one after another, if there are several."""
        self._saved = Content()

    @property
    def is_unsaved(self) -> bool:
        """Whether there is something in the drawing that no file has."""
        now = self._window.drawing.content
        if now.is_empty:
            return False
        # Not ==, which would compare the pictures' pixels.
        saved = self._saved
        same_page = now.page == saved.page and now.background_rect == saved.background_rect
        same_picture = same_page and now.background is saved.background
        return not (same_picture and now.strokes == saved.strokes)

    def leave(self, then: Callable[[], None]) -> None:
        """Do something that gives the drawing up, once the user has saved it or does not mind."""
        self._window.sketchpad.finish()
        if not (self.is_unsaved and self._window.settings.ask_unsaved):
            then()
            return
        from app.ui.dialogs.prompts import choose

        wanted = choose(
            self._window.root,
            self._window.theme,
            _("This drawing is not saved. Save it first?"),
            {"save": _("Save"), "discard": _("Don't Save")},
        )
        if wanted == "save":
            self.ask_or_save(then)
        elif wanted == "discard":
            then()

    def new(self) -> None:
        """Begin a new drawing."""

        def begin() -> None:
            self._window.clear()
            self.keeps(Content())

        self.leave(begin)

    def ask_open(self) -> None:
        """Let the user choose files and open them, one after another."""

        def ask() -> None:
            from tkinter import filedialog

            names = filedialog.askopenfilenames(
                parent=self._window.root,
                title=_("Open"),
                filetypes=[(_("Drawings and pictures"), _PICTURES), (_("All files"), "*")],
            )
            if names:
                self._window.several.begin([Path(name) for name in names])

        self.leave(ask)

    def ask_folder(self) -> None:
        """Let the user choose a folder and open what is in it, one file after another."""

        def ask() -> None:
            from tkinter import filedialog

            name = filedialog.askdirectory(
                parent=self._window.root, title=_("Open Folder"), mustexist=True
            )
            if name:
                self._window.several.take([Path(name)])

        self.leave(ask)

    def open_recent(self, name: str) -> None:
        """Open a file that was used before; one that has vanished is dropped from the list."""
        path = Path(name)

        def open_it() -> None:
            # On a thread: a disk that is asleep, or in another country, may take its time.
            self._window.tasks.await_result(
                lambda: _("Opening {name}…").format(name=shown(path.name)),
                lambda: _has_vanished(path),
                found,
                self._failed,
            )

        def found(has_vanished: bool) -> None:
            if not has_vanished:
                self._window.several.take([path])
                return
            remembered = self._window.remembered
            remembered.become(remembered.settings.without_recent(name))
            self._tell(_("{name} is not there any more.").format(name=shown(path.name)), True)

        self.leave(open_it)

    def open(self, path: Path, place: str = "") -> None:
        """Open a file as the drawing; if several are under way, the last one stays.

        `place` is said then: where it stands among the files opened one after another, which are
        not remembered as recent ones.
        """
        self._opens += 1
        number = self._opens

        def work() -> Content:
            from app.file_reader import read_content

            return read_content(path)

        def done(content: Content) -> None:
            if number == self._opens:
                self._window.open_content(content)
                self.keeps(content, path, place)

        def failed(said: str) -> None:
            if number == self._opens:
                if place:
                    self._window.several.read.failed(path)
                name = place or shown(path.name)
                self._failed(_("{name}: {problem}").format(name=name, problem=said))

        self._window.tasks.await_result(
            lambda: _("Opening {name}…").format(name=shown(path.name)), work, done, failed
        )

    def ask_or_save(self, then: Callable[[], None] | None = None) -> None:
        """Save to the drawing's own file, or to one that the user names; then do `then`."""
        self._window.sketchpad.finish()
        if self.path is None or self._window.drawing.content.is_empty:
            self.ask_save(then)
        else:
            self.save(self.path, then)

    def ask_save(self, then: Callable[[], None] | None = None) -> None:
        """Let the user name a file and save the drawing there; then do `then`."""
        from tkinter import filedialog

        self._window.sketchpad.finish()
        name = filedialog.asksaveasfilename(
            parent=self._window.root,
            title=_("Save As"),
            defaultextension=".png",
            filetypes=[
                (_("Picture (PNG)"), "*.png"),
                (_("Strokes, to draw on"), "*.ink"),
                (_("Picture (JPEG)"), "*.jpg *.jpeg"),
                (_("Lines of any size (SVG)"), "*.svg"),
            ],
        )
        if name:
            self.save(Path(name), then)

    def save(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Save the drawing as its name's ending says; then, if that went well, do `then`."""
        content = self._window.drawing.content
        view = self._window.sketchpad.view

        def work() -> None:
            from app.formats.drawing_export import export_drawing
            from app.storage.atomic_write import write_atomically

            write_atomically(path, export_drawing(path.suffix.lower(), content, view))

        def done(_nothing: None) -> None:
            self.keeps(content, path, self.place if path == self.path else "")
            self._tell(_("Saved {name}.").format(name=shown(path.name)), False)
            if then is not None:
                then()

        run_in_thread(self._window.root, work, done, self._failed)

    def keeps(self, content: Content, path: Path | None = None, place: str = "") -> None:
        """Take it that `content` is kept elsewhere: in `path`, or among the samples."""
        self._saved = content
        self.path = path
        self.place = place
        if path is not None and not place:
            remembered = self._window.remembered
            remembered.become(remembered.settings.with_recent(str(path.absolute())))
        self._window.autosaving.changed()

    def _failed(self, problem: str) -> None:
        self._tell(problem, True)


def _has_vanished(path: Path) -> bool:
    """Whether a file is not there; what may not be looked at, or is no name of a file, may be."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # opening it says what is wrong
        return False
    return False
