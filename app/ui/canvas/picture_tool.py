"""Owns the tool "Picture": the picture under the drawing is dragged, scaled, nudged and fitted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ink.picture_placement import (
    fit_picture,
    is_cropped,
    move_picture,
    scale_picture,
    visible_rect,
)
from app.ui.canvas.sketchpad import PEN

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    from app.ink.drawing import Content
    from app.ui.main_window import MainWindow

    Event = tk.Event[Any]

PICTURE = "picture"
_TAG = "InklingPicture"
_NOTCH = 1.1
"""How many times as large one notch of the wheel makes the picture."""
_KEY = 1.25
_NUDGE = 0.01
"""Sides of the page."""
_TOGETHER_S = 0.7
"""Notches of the wheel that follow each other so soon are one step of undo."""
_REDRAW_MS = 12
_DRAG, _WHEEL = "drag", "wheel"


class PictureTool:
    """What the pointer and the keys do on the canvas while this tool is in hand."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._at: tuple[int, int] | None = None
        self._to = (0, 0)
        self._timer: str | None = None
        self._mine: Content | None = None
        """What this tool has made last: the next part of the same gesture joins that step."""
        self._gesture = ""
        self._wheeled = 0.0
        root = window.root
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
            root.bind_class(_TAG, sequence, self._while_held(handle))

    @property
    def is_held(self) -> bool:
        """Whether this tool is in hand."""
        return self._window.sketchpad.tool == PICTURE

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to move."""
        return self._window.drawing.content.background is not None

    def take(self) -> None:
        """Take the tool in hand, if there is a picture."""
        window = self._window
        window.sketchpad.finish()
        if not self.has_picture:
            window.use_tool(PEN if self.is_held else window.sketchpad.tool)
            window.tell(_("Open, paste or drop a picture first; then it can be moved."))
            return
        canvas = window.sketchpad.canvas
        if _TAG not in canvas.bindtags():
            canvas.bindtags((_TAG, *canvas.bindtags()))
        window.use_tool(PICTURE)
        canvas.focus_set()
        window.tell(
            _("Drag the picture; the wheel scales it, the arrow keys nudge it, F fits it in.")
        )

    def fit(self) -> None:
        """Put the picture in the middle of the page, as large as it can be."""
        self._become(fit_picture)

    def scale(self, up: bool) -> None:
        """Make the picture larger or smaller about the pointer, or about the page's middle."""
        sketchpad = self._window.sketchpad
        canvas = sketchpad.canvas
        x = canvas.winfo_pointerx() - canvas.winfo_rootx()
        y = canvas.winfo_pointery() - canvas.winfo_rooty()
        wide, high = canvas.winfo_width(), canvas.winfo_height()
        if not (0 <= x < wide and 0 <= y < high):
            x, y = wide // 2, high // 2
        about = sketchpad.view.to_drawing(x, y)
        self._become(lambda content: scale_picture(content, _KEY if up else 1 / _KEY, *about))

    def nudge(self, right: int, down: int) -> None:
        """Move the picture by a hundredth of the page."""
        page = self._window.drawing.content.page
        step = max(page.right - page.left, page.bottom - page.top) * _NUDGE
        self._become(lambda content: move_picture(content, right * step, down * step))

    def _while_held(self, handle: Callable[[Event], None]) -> Callable[[Event], str | None]:
        def handled(event: Event) -> str | None:
            if not self.is_held:
                return None
            if not self.has_picture:
                self._window.use_tool(PEN)  # which then draws what is drawn
                return None
            handle(event)
            return "break"

        return handled

    def _pressed(self, event: Event) -> None:
        self._window.sketchpad.canvas.focus_set()
        self._at = self._to = (event.x, event.y)
        self._mine = None

    def _dragged(self, event: Event) -> None:
        self._to = (event.x, event.y)
        if self._timer is None:  # every motion comes, and each would be drawn
            self._timer = self._window.root.after(_REDRAW_MS, self._drag)

    def _released(self, event: Event) -> None:
        self._to = (event.x, event.y)
        if self._timer is not None:
            self._window.root.after_cancel(self._timer)
        self._drag()
        self._at = None

    def _drag(self) -> None:
        self._timer = None
        if self._at is None or self._at == self._to:
            return
        zoom = self._window.sketchpad.view.zoom
        dx, dy = ((to - at) / zoom for at, to in zip(self._at, self._to, strict=True))
        self._at = self._to
        self._become(lambda content: move_picture(content, dx, dy), _DRAG)

    def _turned(self, event: Event, notches: int) -> None:
        now = time.monotonic()
        if now - self._wheeled > _TOGETHER_S:
            self._mine = None
        self._wheeled = now
        about = self._window.sketchpad.view.to_drawing(event.x, event.y)
        self._become(lambda content: scale_picture(content, _NOTCH**notches, *about), _WHEEL)

    def _become(self, change: Callable[[Content], Content], gesture: str = "") -> None:
        """Let the picture lie elsewhere; what is done in one gesture is one step of undo."""
        window, drawing = self._window, self._window.drawing
        before = drawing.content
        if before.background is None:
            return
        same = bool(gesture) and gesture == self._gesture and before is self._mine
        window.take_step(lambda: drawing.place_picture(change(before), same))
        self._mine, self._gesture = drawing.content, gesture
        if visible_rect(drawing.content) is None:
            window.tell(_("The picture lies off the page; F brings it back."), True)
        elif is_cropped(drawing.content):
            window.tell(_("What lies off the page is not read."))
