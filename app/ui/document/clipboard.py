"""Owns pictures on the clipboard, which Tk has none of: the system's own tools are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InkError, InklingError
from app.i18n import _
from app.ink.drawing import Content
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.ui.main_window import MainWindow

_PATIENCE_S = 10.0


class Clipboard:
    """Cut, copy and paste of the drawing as a picture, on a thread.

    Always on a thread: the tools ask whoever has the clipboard, which may be this very program.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def copy_result(self) -> None:
        """Copy the answer as text."""
        window = self._window
        text = "" if window.result is None else window.result.text
        if not text:
            window.tell(_("There is no answer to copy yet."))
            return
        window.root.clipboard_clear()
        window.root.clipboard_append(text)
        window.tell(_("Copied {text}.").format(text=text))

    def copy(self) -> None:
        """Copy the drawing as it is seen."""
        self._copy(lambda: self._window.tell(_("Copied the drawing as a picture.")))

    def cut(self) -> None:
        """Copy the drawing, then clear the canvas; undo brings it back."""

        def copied() -> None:
            self._window.clear()
            self._window.tell(_("Cut the drawing; it is on the clipboard as a picture."))

        self._copy(copied)

    def paste(self) -> None:
        """Put the clipboard's picture, or the picture file copied there, on the canvas."""
        self._window.files.leave(self._paste)

    def _copy(self, done: Callable[[], None]) -> None:
        window = self._window
        window.sketchpad.finish()
        if window.drawing.content.is_empty:
            window.tell(_("There is nothing drawn to copy yet."))
            return
        picture = window.sketchpad.picture()
        run_in_thread(
            window.root,
            lambda: _copied(picture),
            lambda _nothing: done(),
            lambda problem: window.tell(problem, True),
        )

    def _paste(self) -> None:
        window = self._window

        def show(content: Content) -> None:
            window.open_content(content)
            window.files.keeps(Content())

        window.tasks.await_result(
            lambda: _("Pasting…"), _pasted, show, lambda problem: window.tell(problem, True)
        )


def _pasted() -> Content:
    """Return the clipboard's picture as a drawing; raises InklingError."""
    from PIL import ImageGrab
    from PIL.Image import Image

    from app.file_reader import picture_content, read_content
    from app.imaging.picture_reader import picture_errors

    with picture_errors():
        try:
            found = ImageGrab.grabclipboard()
        except NotImplementedError as error:
            raise InkError(_no_tool()) from error
        except OSError as error:
            raise InkError(_("There is no picture on the clipboard.")) from error
    if isinstance(found, Image):
        return picture_content(found)
    for name in found or ():  # files, copied in a file manager
        return read_content(Path(name))
    raise InklingError(_("There is no picture on the clipboard."))


def _copied(picture: Image) -> None:
    """Put a picture on the clipboard; raises InklingError."""
    import subprocess
    import tempfile

    from app.resources import system_environment

    with tempfile.TemporaryDirectory(prefix="inkling-") as folder:
        path = Path(folder) / "drawing.png"
        picture.save(path)
        command = _copy_command(path)
        if command is None:
            raise InklingError(_no_tool())
        try:
            with path.open("rb") as file:
                subprocess.run(
                    command,
                    stdin=file,
                    # Not a pipe: xclip lives on to give the picture away, and would hold it open.
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=system_environment(),
                    timeout=_PATIENCE_S,
                    check=True,
                )
        except (OSError, subprocess.SubprocessError) as error:
            raise InklingError(
                _("The picture could not be copied; save it as a file instead.")
            ) from error


def _copy_command(path: Path) -> list[str] | None:
    """Return what copies a PNG, given as a file and on standard input; None if nothing does."""
    import os
    import shutil
    import sys

    if sys.platform == "darwin":
        what = f'set the clipboard to (read (POSIX file "{path}") as «class PNGf»)'
        return ["osascript", "-e", what]
    if sys.platform == "win32":
        script = (
            "Add-Type -AssemblyName System.Windows.Forms, System.Drawing; "
            "[System.Windows.Forms.Clipboard]::SetImage("
            f"[System.Drawing.Image]::FromFile('{str(path).replace(chr(39), chr(39) * 2)}'))"
        )
        return ["powershell", "-NoProfile", "-STA", "-Command", script]
    if os.environ.get("WAYLAND_DISPLAY") and shutil.which("wl-copy"):
        return ["wl-copy", "--type", "image/png"]
    if shutil.which("xclip"):
        return ["xclip", "-selection", "clipboard", "-target", "image/png", "-in"]
    return None


def _no_tool() -> str:
    return _(
        "Pictures on the clipboard need a small tool here: sudo apt install xclip wl-clipboard"
    )
