"""The canvas that people draw on: pointer gestures become strokes, shown while they are drawn.

During a stroke `WetInk` shows what is drawn; afterwards `DryInk` shows the drawing.
"""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ink.stroke import Point
from app.ink.viewport import fit_viewport
from app.ui.canvas.dry_ink import DryInk
from app.ui.canvas.hint import Hint
from app.ui.canvas.tap import Tap
from app.ui.canvas.tools import ERASER, PICTURE, Tools
from app.ui.canvas.wet_ink import WetInk
from app.ui.document.document import Document
from app.ui.preferences import Preferences
from app.ui.signal import Signal
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from PIL.Image import Image

    Event = tk.Event[Any]

_SIDE = 480
"""Of a new window's canvas, in pixels at 100 %."""
_ERASER_FACTOR = 1.5
_SETTLE_MS = 40
_PAUSE_MS = 500
"""Assumed between the last stroke of a drawing from a file and the first stroke added to it."""
_PAGE_UNITS = 400.0
_TAP_REACH = 6
"""How far the pointer may move during a tap, in pixels at 100 %."""


class Sketchpad(ttk.Frame):
    """Renders a Document and reports the pointer's gestures to it."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        theme: Theme,
        document: Document,
        tools: Tools,
        preferences: Preferences,
    ) -> None:
        super().__init__(parent, padding=theme.px(2), style="Edge.TFrame")
        self._theme = theme
        self._document = document
        self._tools = tools
        self.tap_handler: Callable[[int, int], Callable[[], None] | None] = lambda _x, _y: None
        """Called where the pen is put down, in canvas pixels; returns what a tap there does."""
        self._tap = Tap(theme.px(_TAP_REACH))
        self.pen_down: Signal[[float, float]] = Signal()  # before a stroke, in drawing units
        self.viewport_changed: Signal[[]] = Signal()
        """Emitted when the drawing may lie elsewhere on the canvas."""
        side = theme.px(_SIDE)
        self.canvas = tk.Canvas(self, width=side, height=side, takefocus=True)
        self.canvas.configure(highlightthickness=0, borderwidth=0)
        self.canvas.pack(fill="both", expand=True)
        self._dry_ink = DryInk(self.canvas, theme, self._remove_dried_ink)
        self._wet_ink = WetInk(self.canvas, theme)
        self._ring = self.canvas.create_oval(0, 0, 0, 0, state="hidden")
        self._extent = document.drawing.content.extent
        self.viewport = fit_viewport(self._extent, side, side)
        """How drawing units map to canvas pixels now."""
        self._eraser_at: tuple[float, float] | None = None
        self._start_time: int | None = None
        """The event time at which the drawing's t is 0, in milliseconds."""
        self._settle_timer: str | None = None
        self._refit_timer: str | None = None
        self._hint = Hint(self.canvas, theme=theme, document=document, preferences=preferences)
        self._bind_pointer()
        self._follow_models()

    def destroy(self) -> None:
        """Destroy the widget and its timers."""
        for timer in (self._settle_timer, self._refit_timer):
            if timer is not None:
                self.after_cancel(timer)
        super().destroy()

    def show_all(self) -> None:
        """Show the drawing with all of its page in sight."""
        self._refit_timer = None
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height()
        self._extent = self._document.drawing.content.extent
        self.viewport = fit_viewport(self._extent, width, height)
        self._show()
        self._hint.place()

    def use_pillow(self) -> None:
        """Show the strokes as a Pillow image; called once Pillow has been imported."""
        self._dry_ink.uses_pillow = True
        self._show()

    def picture(self) -> "Image":
        """Return what is seen, as a grey Pillow image."""
        return self._dry_ink.picture(self._document.drawing.content, self.viewport)

    # Events of the models

    def _follow_models(self) -> None:
        follow(self, self._document.replaced, self._document_replaced)
        follow(self, self._document.stroke_ended, self._settle_soon)
        follow(self, self._tools.changed, self._use_tool)
        follow(self, self._theme.palette_changed, self._apply_theme)
        self._apply_theme()
        self._use_tool()

    def _apply_theme(self) -> None:
        palette = self._theme.palette
        self.canvas["background"] = palette.paper
        self.canvas.itemconfigure(self._ring, outline=palette.muted)
        self._dry_ink.apply_theme()
        self._wet_ink.apply_theme()

    def _document_replaced(self) -> None:
        if self._document.drawing.content.extent == self._extent:
            self._show()
        else:
            self.show_all()

    def _use_tool(self) -> None:
        self._hide_ring()
        self.canvas["cursor"] = "fleur" if self._tools.tool == PICTURE else "crosshair"

    # Events of the pointer

    def _bind_pointer(self) -> None:
        bind = self.canvas.bind
        bind("<ButtonPress-1>", self._pressed)
        bind("<B1-Motion>", self._moved)
        bind("<ButtonRelease-1>", self._released)
        bind("<Motion>", self._hovered)
        bind("<Leave>", lambda _event: self._hide_ring())
        bind("<Configure>", self._resized)
        bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))

    def _pressed(self, event: "Event") -> None:
        self.canvas.focus_set()
        self._document.finish_gesture()  # its release event may have been lost
        if self._tools.tool == ERASER:
            self._eraser_at = None
            self._document.begin_erasing()
            self._erase_to(event)
            return
        if not self._tap.press(event, self.tap_handler(event.x, event.y)):
            self._begin_stroke(event)

    def _begin_stroke(self, event: "Event") -> None:
        self.pen_down.emit(*self.viewport.to_drawing(event.x, event.y))
        self._set_start_time(_time(event))
        self._document.begin_stroke(self._point(event), self._pen_units)
        self._show_wet_stroke()

    def _moved(self, event: "Event") -> None:
        if self._document.is_erasing:
            self._erase_to(event)
            return
        for one in self._tap.move(event):
            if self._document.extend_stroke(self._point(one)):
                self._wet_ink.extend(one.x, one.y)
            elif one is not event and not self._document.points:  # held back: it begins the stroke
                self._begin_stroke(one)

    def _released(self, event: "Event") -> None:
        points = self._document.points
        if self._document.is_erasing:
            self._erase_to(event)
        elif not points:
            self._moved(event)
            if self._tap.release():
                return
        else:
            last = self._point(event)
            if (last.x, last.y) != points[-1][:2] and self._document.extend_stroke(last):
                self._wet_ink.extend(event.x, event.y)
        self._document.finish_gesture()

    def _resized(self, _event: "Event") -> None:
        """Fit the drawing to the new size, once for all events of one resize."""
        if self._refit_timer is None:
            self._refit_timer = self.after_idle(self.show_all)

    def _hovered(self, event: "Event") -> None:
        if self._tools.tool == ERASER:
            self._ring_at(event)

    def _erase_to(self, event: "Event") -> None:
        self._ring_at(event)
        place = self.viewport.to_drawing(event.x, event.y)
        path = [self._eraser_at or place, place]
        self._eraser_at = place
        self._document.erase(path, self._eraser_radius)

    def _ring_at(self, event: "Event") -> None:
        radius = self._eraser_radius * self.viewport.zoom
        box = (event.x - radius, event.y - radius, event.x + radius, event.y + radius)
        self.canvas.coords(self._ring, *box)
        self.canvas.itemconfigure(self._ring, state="normal")
        self.canvas.tag_raise(self._ring)

    def _hide_ring(self) -> None:
        self.canvas.itemconfigure(self._ring, state="hidden")

    def _set_start_time(self, now: int) -> None:
        """Let t run on from the drawing's last stroke, of a file or of an earlier sketchpad."""
        strokes = self._document.drawing.content.strokes
        if not strokes:
            self._start_time = now
        elif self._start_time is None or strokes[-1] is not self._document.last_drawn:
            self._start_time = now - round(strokes[-1].points[-1].t) - _PAUSE_MS

    def _point(self, event: "Event") -> Point:
        x, y = self.viewport.to_drawing(event.x, event.y)
        return Point(x, y, float(max(_time(event) - (self._start_time or 0), 0)))

    @property
    def _pen_units(self) -> float:
        """The pen's width in this page's drawing units."""
        page = self._document.drawing.content.page
        side = max(page.bottom - page.top, page.right - page.left)
        return self._tools.pen_width * side / _PAGE_UNITS

    @property
    def _eraser_radius(self) -> float:
        pen = self._pen_units
        return max(pen * _ERASER_FACTOR, 8.0 / self.viewport.zoom) / 2 + pen / 2

    # Ink on the canvas

    def _show_wet_stroke(self) -> None:
        places = [self.viewport.to_pixels(p.x, p.y) for p in self._document.points]
        self._wet_ink.begin(places, self._pen_units * self.viewport.zoom)

    def _settle_soon(self) -> None:
        """Replace the wet ink by the dry in a moment: the answer to the last stroke comes first."""
        if self._settle_timer is not None:
            self.after_cancel(self._settle_timer)
        self._settle_timer = self.after(_SETTLE_MS, self._settle)

    def _settle(self) -> None:
        self._settle_timer = None
        if self._document.points:  # not during a stroke: its every motion counts
            self._settle_soon()
        else:
            self._show()

    def _show(self) -> None:
        self._dry_ink.show(self._document.drawing.content, self.viewport)
        self._hint.show()
        self.viewport_changed.emit()

    def _remove_dried_ink(self) -> None:
        """Remove the wet ink that is shown dry now."""
        if not self._dry_ink.shows(self._document.drawing.content):  # called again later
            return
        self._wet_ink.remove()
        if self._document.points:
            self._show_wet_stroke()


def _time(event: "Event") -> int:
    """Return the event's time in milliseconds; 0 where the window system gave none."""
    return event.time if isinstance(event.time, int) else 0
