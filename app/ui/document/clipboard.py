"""Cut, copy and paste, of pictures by the system's tools: Tk puts only text on the clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InkError, InklingError
from app.i18n import _
from app.ink.drawing import Content
from app.resources import system_environment
from app.ui.dialogs.progress import Tasks
from app.ui.document.document import Document
from app.ui.document.file_operations import FileOperations
from app.ui.recognition_client import RecognitionClient
from app.ui.status import Status
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from PIL.Image import Image

_TIMEOUT_S = 10.0


class Clipboard:
    """Copies the drawing as a picture or the answer as text, and pastes pictures.

    Pictures are always copied and pasted on a thread: the tools ask the program that owns the
    clipboard, which may be this one.
    """

    def __init__(
        self,
        root: tk.Tk,
        *,
        document: Document,
        files: FileOperations,
        recognition: RecognitionClient,
        render: Callable[[], Image],
        status: Status,
        tasks: Tasks,
    ) -> None:
        """`render` returns the drawing's picture as it is on the canvas."""
        self._root = root
        self._document = document
        self._files = files
        self._recognition = recognition
        self._render = render
        self._status = status
        self._tasks = tasks

    def copy_result(self) -> None:
        """Copy the answer as text."""
        result = self._recognition.result
        if result is None or not result.text:
            self._status.show(_("There is no answer to copy yet."))
            return
        self._root.clipboard_clear()
        self._root.clipboard_append(result.text)
        self._status.show(_("Copied {text}.").format(text=result.text))

    def copy(self) -> None:
        """Copy the drawing as a picture."""
        self._copy(lambda: self._status.show(_("Copied the drawing as a picture.")))

    def cut(self) -> None:
        """Copy the drawing as a picture, then clear the canvas; undo brings it back."""

        def copied() -> None:
            self._document.clear()
            self._status.show(_("Cut the drawing; the clipboard holds it as a picture."))

        self._copy(copied)

    def paste(self) -> None:
        """Replace the drawing by the clipboard's picture, or by the picture file copied there."""

        def show(content: Content) -> None:
            self._document.replace(content)
            self._document.mark_saved(Content())  # the picture itself is in no file

        def paste() -> None:
            self._tasks.await_result(
                lambda: _("Pasting…"), _from_clipboard, show, self._status.show_problem
            )

        self._files.leave(paste)

    def _copy(self, done: Callable[[], None]) -> None:
        self._document.finish_gesture()
        if self._document.is_blank:
            self._status.show(_("There is no drawing to copy yet."))
            return
        picture = self._render()
        run_in_thread(
            self._root,
            lambda: _to_clipboard(picture),
            lambda _nothing: done(),
            self._status.show_problem,
        )


def _from_clipboard() -> Content:
    """Return the clipboard's picture as a drawing; raises InklingError."""
    from PIL import ImageGrab
    from PIL.Image import Image

    from app.file_reader import picture_content, read_content
    from app.imaging.picture_reader import picture_errors

    with picture_errors():
        try:
            found = ImageGrab.grabclipboard()
        except NotImplementedError as error:
            raise InkError(_tool_is_missing()) from error
        except OSError as error:
            raise InkError(_("There is no picture on the clipboard.")) from error
    if isinstance(found, Image):
        return picture_content(found)
    for name in found or ():  # files, copied in a file manager
        return read_content(Path(name))
    raise InklingError(_("There is no picture on the clipboard."))


def _to_clipboard(picture: Image) -> None:
    """Put a picture on the clipboard; raises InklingError."""
    with tempfile.TemporaryDirectory(prefix="inkling-") as folder:
        path = Path(folder) / "drawing.png"
        picture.save(path)
        command = _copy_command(path)
        if command is None:
            raise InklingError(_tool_is_missing())
        try:
            with path.open("rb") as file:
                subprocess.run(
                    command,
                    stdin=file,
                    # Not a pipe: xclip keeps running, to serve the picture, and would hold it open.
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                    env=system_environment(),
                    timeout=_TIMEOUT_S,
                    check=True,
                )
        except (OSError, subprocess.SubprocessError) as error:
            raise InklingError(
                _("The picture could not be copied; save it as a file instead.")
            ) from error


def _copy_command(path: Path) -> list[str] | None:
    """Return a command that copies the PNG in `path`, or on standard input; None without a tool."""
    if sys.platform == "darwin":
        script = f'set the clipboard to (read (POSIX file "{path}") as «class PNGf»)'
        return ["osascript", "-e", script]
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


def _tool_is_missing() -> str:
    return _(
        "Copying and pasting pictures needs a small tool on this system: sudo apt install xclip "
        "wl-clipboard"
    )
