"""The finished strokes on the canvas: a Pillow image, or canvas lines until Pillow is imported.

Rendering a drawing of 200,000 points takes a second: it is done in slices, between which the window
handles events; the image before stays until then.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from app.ink.curve import PIXEL_TOLERANCE, curve_bounds, flattened
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import Stroke
from app.ink.viewport import Viewport
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

    from app.ink.renderer import InkRenderer

_DRY = "dry"
_BLACK_ON_WHITE = "#000000", "#ffffff"
_SLICE_S = 0.03
_PAUSE_MS = 1


class DryInk:
    """Shows the finished strokes of a drawing, below the stroke that is being drawn."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, on_shown: Callable[[], None]) -> None:
        """`on_shown` is called when the drawing that was last given to `show` is visible."""
        self._canvas = canvas
        self._theme = theme
        self._on_shown = on_shown
        self.uses_pillow = False
        """Whether `show` renders an image; set once Pillow has been imported."""
        self._item = canvas.create_image(0, 0, anchor="nw")
        self._renderer: InkRenderer | None = None
        self._photo: PhotoImage | None = None  # Tk shows an image only while Python refers to it
        self._shown: tuple[Content, Viewport] | None = None
        self._steps: Iterator[None] = iter(())
        """The rendering that is still to be done."""
        self._timer: str | None = None
        canvas.bind("<Destroy>", self._free_image)

    def show(self, content: Content, view: Viewport) -> None:
        """Show a drawing; where only strokes have changed, only their box is rendered again."""
        before = self._shown
        self._shown = (content, view)
        self._canvas.delete(_DRY)
        if not self.uses_pillow:
            for stroke in content.strokes:
                self._line(stroke, view)
            self._on_shown()
            return
        if self._renderer is None or before is None or before[1] != view:
            from app.ink.renderer import InkRenderer

            self._renderer = InkRenderer(view)
            self._steps = self._renderer.steps(content)
        elif not _same_background(before[0], content):
            self._steps = self._renderer.steps(content)
        elif (changed := _changed_box(before[0], content)) is not None:
            # What is not done yet of the drawing before is done first.
            self._steps = chain(self._steps, self._renderer.steps(content, changed))
        self._render_slice()

    def _render_slice(self) -> None:
        """Render the next slice, and show the image after the last one."""
        self._stop_timer()
        end = perf_counter() + _SLICE_S
        for _step in self._steps:
            if perf_counter() >= end:
                self._timer = self._canvas.after(_PAUSE_MS, self._render_slice)
                return
        if self._renderer is not None:
            self._show_image(self._renderer.image)
        self._on_shown()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self._canvas.itemconfigure(_DRY, fill=self._theme.palette.ink)
        self._photo = None  # grey or in colours
        if self._renderer is not None and self._timer is None:
            self._show_image(self._renderer.image)

    def shows(self, content: Content) -> bool:
        """Whether `show` was last called with this very drawing."""
        return self._shown is not None and self._shown[0] is content

    def picture(self, content: Content, view: Viewport) -> Image:
        """Return the image of a drawing as it is shown, black on white in every theme."""
        from app.ink.renderer import render

        is_shown = self._timer is None and self._shown == (content, view)
        if self._renderer is None or not is_shown:
            return render(content, view)
        return self._renderer.image.copy()

    def _free_image(self, _event: object) -> None:
        """Free the image while Tk lives and on its thread: any other aborts the process."""
        self._photo = None
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._canvas.after_cancel(self._timer)
            self._timer = None

    def _show_image(self, image: Image) -> None:
        from PIL import ImageTk

        palette, photo = self._theme.palette, self._photo
        if (palette.ink, palette.paper) != _BLACK_ON_WHITE:
            image = _coloured(image, palette.ink, palette.paper)
        if photo is None or (photo.width(), photo.height()) != image.size:
            photo = self._photo = ImageTk.PhotoImage(image.mode, image.size, master=self._canvas)
            self._canvas.itemconfigure(self._item, image=str(photo))
        photo.paste(image)

    def _line(self, stroke: Stroke, view: Viewport) -> None:
        curve = flattened(stroke.points, PIXEL_TOLERANCE / view.zoom)
        points = [view.to_pixels(x, y) for x, y in curve]
        self._canvas.create_line(
            *(points if len(points) > 1 else points * 2),
            width=stroke.width * view.zoom,
            fill=self._theme.palette.ink,
            capstyle="round",
            joinstyle="round",
            tags=_DRY,
        )


def _coloured(image: Image, ink: str, paper: str) -> Image:
    """Return a grey image with the colours between `ink` and `paper` for those from 0 to 255."""
    first, last = (bytes.fromhex(colour[1:]) for colour in (ink, paper))
    coloured = image.copy()
    coloured.putpalette(
        [
            round(one + (other - one) * grey / 255)
            for grey in range(256)
            for one, other in zip(first, last, strict=True)
        ]
    )
    return coloured.convert("RGB")


def _same_background(old: Content, new: Content) -> bool:
    """Return whether two drawings differ in their strokes at most."""
    same_place = old.page == new.page and old.background_rect == new.background_rect
    return old.background is new.background and same_place


def _changed_box(old: Content, new: Content) -> Rect | None:
    """Return the box of the strokes that only one of the two has, or None if there are none."""
    olds, news = {id(stroke) for stroke in old.strokes}, {id(stroke) for stroke in new.strokes}
    only = [stroke for stroke in old.strokes if id(stroke) not in news]
    only += [stroke for stroke in new.strokes if id(stroke) not in olds]
    box = curve_bounds(only)
    return box.grown(max(stroke.width for stroke in only) / 2) if box else None
