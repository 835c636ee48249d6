"""The tool "Picture": drags, scales, nudges and fits the picture under the drawing."""

from __future__ import annotations

import time
import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ink.picture_placement import (
    fit_picture,
    is_cropped,
    move_picture,
    scale_picture,
    visible_rect,
)
from app.ui.canvas.tools import PEN, PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ink.drawing import Content
    from app.ui.canvas.sketchpad import Sketchpad
    from app.ui.canvas.tools import Tools
    from app.ui.document.document import Document
    from app.ui.status import Status

    Event = tk.Event[Any]

_NOTCH = 1.1
"""The scale factor of one notch of the wheel."""
_KEY = 1.25
_NUDGE = 0.01
"""The step of an arrow key, as a share of the page's side."""
_ONE_GESTURE_S = 0.7
"""Notches of the wheel within this time are one step of undo."""
_REDRAW_MS = 12
_DRAG, _WHEEL = "drag", "wheel"


class PictureTool:
    """Handles pointer and keys on the canvas while this tool is used."""

    def __init__(
        self, sketchpad: Sketchpad, *, document: Document, tools: Tools, status: Status
    ) -> None:
        self._sketchpad = sketchpad
        self._root = sketchpad.winfo_toplevel()
        self._document = document
        self._tools = tools
        self._status = status
        self._at: tuple[int, int] | None = None
        self._to = (0, 0)
        self._timer: str | None = None
        self._mine: Content | None = None
        """The content that this tool made last: the next part of a gesture joins that step."""
        self._gesture = ""
        self._wheeled = 0.0
        canvas, first = sketchpad.canvas, tk.Frame(sketchpad)
        # The bindings of a hidden widget, before the canvas' own: they go when it is destroyed.
        canvas.bindtags((str(first), *canvas.bindtags()))
        handlers: dict[str, Callable[[Event], None]] = {
            "<ButtonPress-1>": self._pressed,
            "<B1-Motion>": self._dragged,
            "<ButtonRelease-1>": self._released,
            "<MouseWheel>": lambda event: self._turned(event, 1 if event.delta > 0 else -1),
            "<Button-4>": lambda event: self._turned(event, 1),
            "<Button-5>": lambda event: self._turned(event, -1),
            "<Key-Left>": lambda _event: self.nudge(-1, 0),
            "<Key-Right>": lambda _event: self.nudge(1, 0),
            "<Key-Up>": lambda _event: self.nudge(0, -1),
            "<Key-Down>": lambda _event: self.nudge(0, 1),
        }
        for sequence, handle in handlers.items():
            first.bind(sequence, self._while_used(handle))

    @property
    def is_used(self) -> bool:
        """Whether this tool is used."""
        return self._tools.tool == PICTURE

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to move."""
        return self._document.drawing.content.background is not None

    def use(self) -> None:
        """Use this tool from now on, if there is a picture."""
        self._document.finish_gesture()
        if not self.has_picture:
            if self.is_used:
                self._tools.use(PEN)
            self._status.show(_("Open, paste or drop a picture first; then it can be moved."))
            return
        self._tools.use(PICTURE)
        self._sketchpad.canvas.focus_set()
        self._status.show(
            _("Drag the picture; the wheel scales it, the arrow keys nudge it, F fits it in.")
        )

    def fit(self) -> None:
        """Centre the picture on the page, as large as it fits."""
        self._place(fit_picture)

    def scale(self, up: bool) -> None:
        """Make the picture larger or smaller about the pointer, or about the page's middle."""
        canvas = self._sketchpad.canvas
        x = canvas.winfo_pointerx() - canvas.winfo_rootx()
        y = canvas.winfo_pointery() - canvas.winfo_rooty()
        wide, high = canvas.winfo_width(), canvas.winfo_height()
        if not (0 <= x < wide and 0 <= y < high):
            x, y = wide // 2, high // 2
        about = self._sketchpad.viewport.to_drawing(x, y)
        self._place(lambda content: scale_picture(content, _KEY if up else 1 / _KEY, *about))

    def nudge(self, right: int, down: int) -> None:
        """Move the picture by a hundredth of the page."""
        page = self._document.drawing.content.page
        step = max(page.right - page.left, page.bottom - page.top) * _NUDGE
        self._place(lambda content: move_picture(content, right * step, down * step))

    def _while_used(self, handle: Callable[[Event], None]) -> Callable[[Event], str | None]:
        def handled(event: Event) -> str | None:
            if not self.is_used:
                return None
            if not self.has_picture:
                self._tools.use(PEN)  # there is nothing to move any more
                return None
            handle(event)
            return "break"

        return handled

    def _pressed(self, event: Event) -> None:
        self._sketchpad.canvas.focus_set()
        self._at = self._to = (event.x, event.y)
        self._mine = None

    def _dragged(self, event: Event) -> None:
        self._to = (event.x, event.y)
        if self._timer is None:  # not at every motion: each costs a redraw
            self._timer = self._root.after(_REDRAW_MS, self._drag)

    def _released(self, event: Event) -> None:
        self._to = (event.x, event.y)
        if self._timer is not None:
            self._root.after_cancel(self._timer)
        self._drag()
        self._at = None

    def _drag(self) -> None:
        self._timer = None
        if self._at is None or self._at == self._to or not self._sketchpad.winfo_exists():
            return
        zoom = self._sketchpad.viewport.zoom
        dx, dy = ((to - at) / zoom for at, to in zip(self._at, self._to, strict=True))
        self._at = self._to
        self._place(lambda content: move_picture(content, dx, dy), _DRAG)

    def _turned(self, event: Event, notches: int) -> None:
        now = time.monotonic()
        if now - self._wheeled > _ONE_GESTURE_S:
            self._mine = None
        self._wheeled = now
        about = self._sketchpad.viewport.to_drawing(event.x, event.y)
        self._place(lambda content: scale_picture(content, _NOTCH**notches, *about), _WHEEL)

    def _place(self, change: Callable[[Content], Content], gesture: str = "") -> None:
        """Move the picture by `change`; what is done in one gesture is one step of undo."""
        drawing = self._document.drawing
        before = drawing.content
        if before.background is None:
            return
        same = bool(gesture) and gesture == self._gesture and before is self._mine
        self._document.step(lambda: drawing.place_picture(change(before), same))
        self._mine, self._gesture = drawing.content, gesture
        if visible_rect(drawing.content) is None:
            self._status.show(_("The picture is off the page; press F to bring it back."), True)
        elif is_cropped(drawing.content):
            self._status.show(_("What is off the page is not recognised."))
