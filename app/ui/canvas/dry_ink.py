"""The finished strokes on the canvas: a Pillow image, or plain lines until Pillow is imported.

Rendering a drawing of 200,000 points takes a second: it is done in slices, between which the window
handles events; what was shown before stays until then.
"""

from __future__ import annotations

import tkinter as tk
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import Stroke, bounding_box
from app.ink.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image

    from app.ink.renderer import InkRenderer

INK = "black"
_DRY = "dry"
_SLICE_S = 0.03
_PAUSE_MS = 1


class DryInk:
    """Shows the finished strokes of a drawing, below the stroke that is being drawn."""

    def __init__(self, canvas: tk.Canvas, on_shown: Callable[[], None]) -> None:
        """`on_shown` is called when the drawing that was last given to `show` is visible."""
        self._canvas = canvas
        self._on_shown = on_shown
        self._item = canvas.create_image(0, 0, anchor="nw")
        self._mirroring = False
        self._mirror: InkRenderer | None = None
        self._photo: object = None  # Tk shows an image only while somebody holds it
        self._shown: tuple[Content, Viewport] | None = None
        self._steps: Iterator[None] = iter(())
        """What is still to be done until the mirror is what is to be shown."""
        self._timer: str | None = None
        canvas.bind("<Destroy>", self._let_go)

    def start_mirroring(self) -> None:
        """Show the mirror from now on: Pillow has been imported and costs nothing more."""
        if not self._mirroring:
            self._mirroring = True
            if self._shown is not None:
                self.show(*self._shown)

    def show(self, content: Content, view: Viewport) -> None:
        """Show a drawing: only what has changed is drawn anew, where that can be told."""
        before = self._shown
        self._shown = (content, view)
        self._canvas.delete(_DRY)
        if not self._mirroring:
            for stroke in content.strokes:
                self._line(stroke, view)
            self._on_shown()
            return
        if self._mirror is None or before is None or before[1] != view:
            from app.ink.renderer import InkRenderer

            self._mirror = InkRenderer(view)
            self._steps = self._mirror.steps(content)
        elif not _alike(before[0], content):
            self._steps = self._mirror.steps(content)
        elif (changed := _changed(before[0], content)) is not None:
            # What is not done yet of the drawing before is done first.
            self._steps = chain(self._steps, self._mirror.steps(content, changed))
        elif self._timer is None:  # it is seen
            self._on_shown()
            return
        self._go_on()

    def _go_on(self) -> None:
        """Ink the next slice, and show the mirror after the last one."""
        if self._timer is not None:
            self._canvas.after_cancel(self._timer)
            self._timer = None
        end = perf_counter() + _SLICE_S
        for _step in self._steps:
            if perf_counter() >= end:
                self._timer = self._canvas.after(_PAUSE_MS, self._go_on)
                return
        if self._mirror is not None:
            self._paint(self._mirror.image)
        self._on_shown()

    def shows(self, content: Content) -> bool:
        """Whether what was last to be shown is this very drawing."""
        return self._shown is not None and self._shown[0] is content

    def picture(self, content: Content, view: Viewport) -> Image:
        """Return the mirror of a drawing: the image that is seen, and saved."""
        from app.ink.renderer import render

        is_seen = self._timer is None and self._shown == (content, view)
        if self._mirror is None or not is_seen:
            return render(content, view)
        return self._mirror.image.copy()

    def _let_go(self, _event: object) -> None:
        """Free the image while Tk lives and on its thread: any other aborts the process."""
        self._photo = None
        if self._timer is not None:
            self._canvas.after_cancel(self._timer)
            self._timer = None

    def _paint(self, image: Image) -> None:
        from PIL import ImageTk

        if not (isinstance(self._photo, ImageTk.PhotoImage) and _size(self._photo) == image.size):
            self._photo = ImageTk.PhotoImage("L", image.size, master=self._canvas)
            self._canvas.itemconfigure(self._item, image=str(self._photo))
        self._photo.paste(image)

    def _line(self, stroke: Stroke, view: Viewport) -> None:
        points = [view.to_pixels(point.x, point.y) for point in stroke.points]
        self._canvas.create_line(
            *(points if len(points) > 1 else points * 2),
            width=stroke.width * view.zoom,
            fill=INK,
            capstyle="round",
            joinstyle="round",
            tags=_DRY,
        )


def _alike(old: Content, new: Content) -> bool:
    """Whether at most the strokes differ."""
    same_place = old.page == new.page and old.background_rect == new.background_rect
    return old.background is new.background and same_place


def _changed(old: Content, new: Content) -> Rect | None:
    """Return the box of the strokes that only one of the two has, or None if there are none."""
    olds, news = {id(stroke) for stroke in old.strokes}, {id(stroke) for stroke in new.strokes}
    only = [stroke for stroke in old.strokes if id(stroke) not in news]
    only += [stroke for stroke in new.strokes if id(stroke) not in olds]
    box = bounding_box(only)
    return box.grown(max(stroke.width for stroke in only) / 2) if box else None


def _size(photo: object) -> tuple[int, int]:
    return photo.width(), photo.height()  # type: ignore[attr-defined]
