"""Owns opening and saving drawings: the dialogs, and the work away from the Tk thread."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InklingError
from app.ink.drawing import Content
from app.translation import _
from app.window.thread import run_in_thread

if TYPE_CHECKING:
    from app.window.sketchpad import Sketchpad

_INK = ".ink"


class Files:
    """Reads files into the drawing and writes it to files; failures are told, nothing is lost."""

    def __init__(
        self,
        root: tk.Tk,
        sketchpad: Sketchpad,
        opened: Callable[[Content], None],
        tell: Callable[[str, bool], None],
    ) -> None:
        """`tell(sentence, is_problem)` shows a sentence where the user looks."""
        self._root = root
        self._sketchpad = sketchpad
        self._opened = opened
        self._tell = tell

    def ask_open(self) -> None:
        """Let the user choose a file and open it."""
        from tkinter import filedialog

        name = filedialog.askopenfilename(
            parent=self._root,
            title=_("Open"),
            filetypes=[
                (_("Drawings and pictures"), "*.ink *.png *.jpg *.jpeg *.gif *.bmp *.tif *.webp"),
                (_("All files"), "*"),
            ],
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a file as the drawing."""

        def work() -> Content:
            from app.ink.source import read_content

            return read_content(path)

        run_in_thread(
            self._root,
            work,
            self._opened,
            lambda problem: self._tell(f"{path.name}: {problem}", True),
        )

    def ask_save(self) -> None:
        """Let the user name a file and save the drawing there."""
        from tkinter import filedialog

        name = filedialog.asksaveasfilename(
            parent=self._root,
            title=_("Save As"),
            defaultextension=".png",
            filetypes=[(_("Picture"), "*.png"), (_("Strokes, to draw on"), "*.ink")],
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Save the drawing: its strokes as .ink, what is seen as anything else (PNG)."""
        from app.storage.atomic import write_atomically

        try:
            write_atomically(path, self._bytes(path))
        except InklingError as error:
            self._tell(str(error), True)
            return
        self._tell(_("Saved {name}.").format(name=path.name), False)

    def _bytes(self, path: Path) -> bytes:
        if path.suffix.lower() == _INK:
            from app.ink.strokes_file import ink_bytes

            return ink_bytes(self._sketchpad.drawing.content)
        stream = BytesIO()
        self._sketchpad.picture().save(stream, "PNG")
        return stream.getvalue()
