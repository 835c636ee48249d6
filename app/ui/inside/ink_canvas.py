"""A canvas that shows ink, fitted into it: strokes, points and boxes in drawing units."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image
from PIL.ImageTk import PhotoImage

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.renderer import render
from app.ink.stroke import Stroke, bounding_box
from app.ink.viewport import Viewport, fit_viewport
from app.ui.signal import Signal
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT, Theme

_MARGIN = 0.14
"""Of paper around the ink, in its longer sides."""
_LEAST_PEN = 3
"""Of a stroke, in pixels at 100 %."""
_FAINT = 0.35
"""How far a picture's colours are on the way to the paper's."""
_TOO_THICK = 0.09
"""A pen is not shown thicker, in shares of the ink's longer side: what is below would be hidden."""


class InkCanvas(tk.Canvas):
    """Paper for ink; a view draws on it anew whenever its size or its colours change."""

    def __init__(self, parent: tk.Misc, theme: Theme, side: int) -> None:
        """`side`: what it asks for, in pixels at 100 %."""
        super().__init__(
            parent,
            width=theme.px(side),
            height=theme.px(side),
            highlightthickness=theme.px(1),
            borderwidth=0,
            takefocus=False,
        )
        self._theme = theme
        self._extent = Rect(0, 0, 1, 1)
        self._photo: PhotoImage | None = None  # Tk shows an image only while Python refers to it
        self.bind("<Destroy>", self._free_picture)
        self._texts: dict[int, str] = {}
        """What is told of items while the pointer is on them."""
        self.pointed_at: Signal[[str]] = Signal()
        """Emitted with what is told of the item below the pointer; "" for nothing."""
        self._told = ""
        self.bind("<Motion>", self._moved)
        self.bind("<Leave>", lambda _event: self._tell(""))
        self.viewport = Viewport(1, 1, 1.0, 0.0, 0.0)
        """How drawing units map to its pixels."""

    def begin(self, extent: Rect) -> None:
        """Remove everything, and show this part of the drawing from now on."""
        palette = self._theme.palette
        self.delete("all")
        self._texts.clear()
        border = palette.border
        self.configure(background=palette.paper, highlightbackground=border, highlightcolor=border)
        self._extent = extent
        width, height = max(self.winfo_width(), 2), max(self.winfo_height(), 2)
        self.viewport = fit_viewport(extent, width, height)

    def pen(self, stroke: Stroke) -> int:
        """Return the width that a stroke is shown with, in pixels."""
        width = min(stroke.width, _TOO_THICK * max(self._extent.width, self._extent.height))
        return max(round(width * self.viewport.zoom), self._theme.px(_LEAST_PEN))

    def ink(self, strokes: Iterable[Stroke], colour: str, width: int = 0, **options: Any) -> None:
        """Draw strokes; `width` in pixels, 0: each one's own."""
        for stroke in strokes:
            self.line(stroke.points, colour, width or self.pen(stroke), **options)

    def line(
        self, points: Sequence[Sequence[float]], colour: str, width: int, **options: Any
    ) -> int:
        """Draw a line through points (x, y, …) in drawing units; return Tk's number of it."""
        places = [self.viewport.to_pixels(point[0], point[1]) for point in points]
        return self.create_line(
            *(places if len(places) > 1 else places * 2),
            fill=colour,
            width=width,
            capstyle="round",
            joinstyle="round",
            **options,
        )

    def box(self, rect: Rect, **options: Any) -> int:
        """Draw a rectangle in drawing units; return Tk's number of it."""
        return self.create_rectangle(*self.viewport.rect_to_pixels(rect).edges, **options)

    def picture(self, content: Content) -> None:
        """Draw a drawing's picture, with the strokes on it, fainter than in the file."""
        image = render(content, self.viewport).convert("RGB")
        paper = Image.new("RGB", image.size, self._theme.palette.paper)
        self._photo = PhotoImage(Image.blend(image, paper, _FAINT), master=self)
        self.create_image(0, 0, anchor="nw", image=str(self._photo))

    def _free_picture(self, _event: object) -> None:
        """Free the image while Tk lives and on its thread: any other aborts the process."""
        self._photo = None

    def explain(self, item: int, text: str) -> None:
        """Tell this of an item while the pointer is on it."""
        self._texts[item] = text

    def _moved(self, event: tk.Event[tk.Misc]) -> None:
        near = self.find_overlapping(event.x, event.y, event.x, event.y)
        told = [self._texts[item] for item in near if item in self._texts]
        self._tell(told[-1] if told else "")

    def _tell(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self.pointed_at.emit(text)

    def message(self, text: str) -> None:
        """Show a sentence in the middle, in place of ink."""
        self.begin(Rect(0, 0, 1, 1))
        width = max(self.winfo_width() - self._theme.px(32), 1)
        self.create_text(
            self.winfo_width() / 2,
            self.winfo_height() / 2,
            text=wrap_text(self, text, width, FONT_TEXT),
            width=width,
            font=FONT_TEXT,
            fill=self._theme.palette.muted,
            justify="center",
        )


def ink_extent(strokes: Iterable[Stroke]) -> Rect:
    """Return the square around strokes with a margin of paper, in drawing units."""
    box = bounding_box(strokes) or Rect(0, 0, 1, 1)
    half = max(box.width, box.height, 1e-6) * (0.5 + _MARGIN)
    x, y = box.centre_x, box.centre_y
    return Rect(x - half, y - half, x + half, y + half)
