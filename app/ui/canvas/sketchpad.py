"""Owns the canvas that people draw on: gestures become strokes, and wet ink is seen at once.

While the pen is down the ink is canvas items, one short line with round ends for every motion, so
that an event costs the same however long the stroke is. Afterwards the paper shows the drawing.
"""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ink.drawing import Content, Drawing
from app.ink.stroke import MAX_POINTS, Point, Stroke
from app.ink.viewport import Viewport, fit_viewport
from app.ui.canvas.dry_ink import INK, Paper
from app.ui.theme.palette import FAINT, PAPER
from app.ui.theme.theme import FONT_TEXT, FONT_TITLE, Theme

if TYPE_CHECKING:
    from PIL.Image import Image

    Event = tk.Event[Any]

PEN = "pen"
ERASER = "eraser"
DEFAULT_PEN_WIDTH = 16.0
_WET = "wet"
_ERASER_TIMES = 1.5
_SETTLE_MS = 40
_PAUSE_MS = 500
"""What is assumed to lie between a drawing from elsewhere and the first stroke added to it."""
_PAGE_UNITS = 400.0


class Sketchpad(ttk.Frame):
    """Shows a Drawing, and lets the pointer add to it and erase from it."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, drawing: Drawing, on_ink: Callable[[], None]
    ) -> None:
        """`on_ink` is called whenever `content` has changed, also while the pen is down."""
        super().__init__(parent, padding=theme.px(2), style="Edge.TFrame")
        self._theme = theme
        self.drawing = drawing
        self.tool = PEN
        self.on_tap: Callable[[float, float], bool] = lambda _x, _y: False
        """Told of a tap of the pen, in drawing units; it returns whether that is to be no ink."""
        self.on_view: Callable[[], None] = lambda: None
        """Told when the drawing may lie elsewhere on the canvas."""
        self.pen_width = DEFAULT_PEN_WIDTH
        """In drawing units of a page 400 units high."""
        self._on_ink = on_ink
        side = theme.px(480)
        self.canvas = tk.Canvas(
            self,
            width=side,
            height=side,
            background=PAPER,
            highlightthickness=0,
            borderwidth=0,
            cursor="crosshair",
            takefocus=True,
        )
        self.canvas.pack(fill="both", expand=True)
        self._paper = Paper(self.canvas, self._paper_shown)
        self._ring = self.canvas.create_oval(0, 0, 0, 0, outline="#5a6370", state="hidden")
        self._view = fit_viewport(drawing.content.extent, side, side)
        self._wet: list[Point] = []
        self._eraser_at: tuple[float, float] | None = None
        self._erased = False
        self._began = 0
        self._newest: Stroke | None = None
        self._settling: str | None = None
        self._refitting: str | None = None
        self._hint: tuple[int, ...] = ()
        self._bind()

    @property
    def content(self) -> Content:
        """The drawing's content, with the stroke that is still wet."""
        content = self.drawing.content
        if not self._wet:
            return content
        return replace(content, strokes=(*content.strokes, self._wet_stroke()))

    @property
    def pen_is_down(self) -> bool:
        """Whether a gesture is under way."""
        return bool(self._wet) or self._eraser_at is not None

    @property
    def view(self) -> Viewport:
        """How drawing units lie on the canvas now."""
        return self._view

    def use(self, tool: str) -> None:
        """Take the pen or the eraser in hand."""
        self.tool = tool
        self.canvas.itemconfigure(self._ring, state="hidden")

    def show_hint(self, wanted: bool, number: bool = False) -> None:
        """Say on the paper what it is for, until there is ink on it; or no more."""
        self.canvas.delete(*self._hint)
        self._hint = ()
        if wanted and self.content.is_empty:
            what = _("Draw a digit here"), _("0 to 9, with the mouse or a pen")
            if number:
                what = _("Draw a number here"), _("such as −12.5, with the mouse or a pen")
            self._hint = (
                self.canvas.create_text(0, 0, text=what[0], font=FONT_TITLE, fill=FAINT),
                self.canvas.create_text(0, 0, text=what[1], font=FONT_TEXT, fill=FAINT),
            )
            self._place_hint()

    def _place_hint(self) -> None:
        for row, item in enumerate(self._hint):
            middle = self.canvas.winfo_height() / 2 + (row - 0.5) * self._theme.px(36)
            self.canvas.coords(item, self.canvas.winfo_width() / 2, middle)
            self.canvas.tag_raise(item)

    def destroy(self) -> None:
        """Go, and leave nothing to be done later."""
        for timer in (self._settling, self._refitting):
            if timer is not None:
                self.after_cancel(timer)
        super().destroy()

    def show_all(self) -> None:
        """Show the drawing's content with all of its page in sight."""
        self._refitting = None
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height()
        self._view = fit_viewport(self.drawing.content.extent, width, height)
        self._show()
        self._place_hint()

    def show_changes(self) -> None:
        """Show the drawing's content after undo, redo or the eraser, where it is."""
        self._show()

    def finish(self) -> None:
        """End the gesture that is under way, as if the pen had been lifted."""
        self._eraser_at = None
        if not self._wet:
            return
        self._newest = self._wet_stroke()
        self._wet = []
        self.drawing.add(self._newest)
        self._on_ink()
        self._soon()

    def start_mirroring(self) -> None:
        """Show the Pillow mirror from now on; called once Pillow has been imported."""
        self._paper.start_mirroring()
        self._soon()

    def picture(self) -> "Image":
        """Return what is seen, as a grey Pillow image."""
        return self._paper.picture(self.drawing.content, self._view)

    def _bind(self) -> None:
        bind = self.canvas.bind
        bind("<ButtonPress-1>", self._pressed)
        bind("<B1-Motion>", self._moved)
        bind("<ButtonRelease-1>", self._released)
        bind("<Motion>", self._hovered)
        bind("<Leave>", lambda _event: self.canvas.itemconfigure(self._ring, state="hidden"))
        bind("<Configure>", self._resized)
        bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))

    def _pressed(self, event: "Event") -> None:
        self.canvas.focus_set()
        self.show_hint(False)
        self.finish()  # a release that never came
        if self.tool == ERASER:
            self._erased = False
            self._erase_to(event)
            return
        self._set_clock(_time(event))
        self._wet = [self._point(event)]
        self._wet_line(event.x, event.y, event.x, event.y)
        self._on_ink()

    def _moved(self, event: "Event") -> None:
        if self._eraser_at is not None:
            self._erase_to(event)
        elif self._wet and len(self._wet) < MAX_POINTS:
            before = self._view.to_pixels(self._wet[-1].x, self._wet[-1].y)
            self._wet.append(self._point(event))
            self._wet_line(*before, event.x, event.y)
            self._on_ink()

    def _released(self, event: "Event") -> None:
        if self._eraser_at is not None:
            self._erase_to(event)
            self._eraser_at = None
            return
        if not self._wet:
            return
        if len(self._wet) == 1 and self.on_tap(self._wet[0].x, self._wet[0].y):
            self._wet = []
            self._on_ink()
            self._soon()
            return
        last = self._point(event)
        if (last.x, last.y) != self._wet[-1][:2] and len(self._wet) < MAX_POINTS:
            self._wet.append(last)
        self.finish()

    def _resized(self, _event: "Event") -> None:
        """Fit the drawing to the new size once it has stopped changing for a moment."""
        if self._refitting is None:
            self._refitting = self.after_idle(self.show_all)

    def _set_clock(self, now: int) -> None:
        """Let t run on from the drawing's last stroke, which may have come from a file."""
        strokes = self.drawing.content.strokes
        if not strokes:
            self._began = now
        elif strokes[-1] is not self._newest:
            self._began = now - round(strokes[-1].points[-1].t) - _PAUSE_MS

    def _hovered(self, event: "Event") -> None:
        if self.tool == ERASER:
            self._ring_at(event)

    def _erase_to(self, event: "Event") -> None:
        """Erase from where the eraser was to the event: one gesture is one step of undo."""
        self._ring_at(event)
        place = self._view.to_drawing(event.x, event.y)
        path = [self._eraser_at or place, place]
        self._eraser_at = place
        if self.drawing.erase(path, self._eraser_radius, same_gesture=self._erased):
            self._erased = True
            self._on_ink()
            self._soon()

    def _ring_at(self, event: "Event") -> None:
        radius = self._eraser_radius * self._view.zoom
        box = (event.x - radius, event.y - radius, event.x + radius, event.y + radius)
        self.canvas.coords(self._ring, *box)
        self.canvas.itemconfigure(self._ring, state="normal")
        self.canvas.tag_raise(self._ring)

    def _point(self, event: "Event") -> Point:
        x, y = self._view.to_drawing(event.x, event.y)
        return Point(x, y, float(max(_time(event) - self._began, 0)))

    def _wet_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width = self._units * self._view.zoom
        self.canvas.create_line(x0, y0, x1, y1, width=width, fill=INK, capstyle="round", tags=_WET)

    def _wet_stroke(self) -> Stroke:
        return Stroke(tuple(self._wet), self._units)

    @property
    def _units(self) -> float:
        """The pen's width in this page's drawing units."""
        page = self.drawing.content.page
        return self.pen_width * max(page.bottom - page.top, page.right - page.left) / _PAGE_UNITS

    @property
    def _eraser_radius(self) -> float:
        return max(self._units * _ERASER_TIMES, 8.0 / self._view.zoom) / 2 + self._units / 2

    def _soon(self) -> None:
        """Let the paper take the wet ink over in a moment: the answer comes first."""
        if self._settling is None:
            self._settling = self.after(_SETTLE_MS, self._settle)

    def _settle(self) -> None:
        self._settling = None
        if self._wet:  # not while the pen runs: its every motion counts
            self._soon()
        else:
            self._show()

    def _show(self) -> None:
        self._paper.show(self.drawing.content, self._view)
        if not self.drawing.content.is_empty:
            self.show_hint(False)
        self.on_view()

    def _paper_shown(self) -> None:
        """Take the wet ink away that is dry now."""
        if not self._paper.shows(self.drawing.content):  # it will be told again
            return
        self.canvas.delete(_WET)
        places = [self._view.to_pixels(point.x, point.y) for point in self._wet]
        for before, after in zip(places, places[1:] or places, strict=False):
            self._wet_line(*before, *after)


def _time(event: "Event") -> int:
    """Return the event's time in milliseconds; 0 where the window system gave none."""
    return event.time if isinstance(event.time, int) else 0
