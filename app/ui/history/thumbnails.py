"""Thumbnails of kept drawings, drawn on the recogniser's thread when they become visible."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.history.history import Entry
    from app.ui.recognition_client import RecognitionClient


class Thumbnails:
    """The pictures of entries; they live as long as the canvas."""

    def __init__(
        self,
        canvas: tk.Canvas,
        *,
        recognition: RecognitionClient,
        side: int,
        drawn: Callable[[], None],
    ) -> None:
        """`side` in pixels; `drawn` is called when there are new pictures."""
        self._canvas = canvas
        self._recognition = recognition
        self._side = side
        self._drawn = drawn
        self._pictures: dict[Entry, PhotoImage] = {}
        self._requested: set[Entry] = set()
        # Freed while Tk lives and on its thread: any other aborts the process.
        canvas.bind("<Destroy>", lambda _event: self._pictures.clear(), add=True)

    def of(self, entry: Entry) -> PhotoImage | None:
        """Return an entry's picture; None as long as it is not drawn."""
        return self._pictures.get(entry)

    def keep_only(self, entries: Sequence[Entry]) -> None:
        """Free the pictures of all other entries."""
        self._requested &= set(entries)
        self._pictures = {one: it for one, it in self._pictures.items() if one in self._requested}

    def request(self, entries: Sequence[Entry]) -> None:
        """Draw the pictures of these entries that were not requested yet."""
        missing = [entry for entry in entries if entry not in self._requested]
        if not missing:
            return
        self._requested.update(missing)
        side = self._side

        def job(_recogniser: PersonalRecogniser) -> list[Image]:
            from app.ink.renderer import render_thumbnail

            return [render_thumbnail(entry.content, side) for entry in missing]

        def failed(_problem: str) -> None:
            self._requested -= set(missing)

        self._recognition.run(job, lambda pictures: self._show(missing, pictures), failed)

    def _show(self, entries: Sequence[Entry], pictures: Sequence[Image]) -> None:
        from PIL import ImageTk

        if not self._canvas.winfo_exists():
            return
        for entry, picture in zip(entries, pictures, strict=True):
            if entry in self._requested:
                self._pictures[entry] = ImageTk.PhotoImage(picture, master=self._canvas)
        self._drawn()
