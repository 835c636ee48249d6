"""Owns opening and saving drawings: the dialogs, and the slow work away from the Tk thread."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.ink.drawing import Content
from app.translation import _
from app.window.thread import run_in_thread

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.window.sketchpad import Sketchpad

_INK = ".ink"
_PNG = ".png"


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
        self._opens = 0

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
        """Open a file as the drawing; if several are under way, the last one stays."""
        self._opens += 1
        number = self._opens

        def work() -> Content:
            from app.ink.source import read_content

            return read_content(path)

        run_in_thread(
            self._root,
            work,
            lambda content: self._opened(content) if number == self._opens else None,
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
        """Save the drawing: its strokes as .ink, or what is seen as .png."""
        content = self._sketchpad.drawing.content
        if path.suffix.lower() == _INK:
            if content.background is not None:
                self._tell(_("A strokes file holds no picture; save it as .png instead."), True)
                return
            encoded = partial(_strokes, content)
        elif path.suffix.lower() == _PNG:
            encoded = partial(_png, self._sketchpad.picture())
        else:
            self._tell(_("Choose a name that ends in .png or .ink."), True)
            return

        def work() -> None:
            from app.storage.atomic import write_atomically

            write_atomically(path, encoded())

        run_in_thread(
            self._root,
            work,
            lambda _nothing: self._tell(_("Saved {name}.").format(name=path.name), False),
            lambda problem: self._tell(problem, True),
        )


def _strokes(content: Content) -> bytes:
    from app.ink.strokes_file import ink_bytes

    return ink_bytes(content)


def _png(picture: Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
