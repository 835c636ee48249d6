"""A small canvas to draw one symbol on."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ink.drawing import PAGE, Content
from app.ink.stroke import DEFAULT_WIDTH, MAX_POINTS, Point, Stroke
from app.ui.canvas.wet_ink import WetInk
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT, Theme
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    Event = tk.Event[Any]

_SIDE = 220
"""In pixels at 100 %."""


class Pad(ttk.Frame):
    """Strokes that are drawn with the pointer; they stay until they are cleared."""

    def __init__(
        self, parent: tk.Misc, *, theme: Theme, hint: str, on_change: Callable[[], None]
    ) -> None:
        """`hint`: what the empty pad says; `on_change` is called after every stroke."""
        super().__init__(parent, padding=theme.px(2), style="Edge.TFrame")
        self._theme = theme
        self._on_change = on_change
        self.strokes: list[Stroke] = []
        self._points: list[Point] = []
        self._start = 0
        side = theme.px(_SIDE)
        self._units = PAGE.width / side
        self.canvas = tk.Canvas(self, width=side, height=side, cursor="crosshair", takefocus=True)
        self.canvas.configure(highlightthickness=0, borderwidth=0)
        self.canvas.pack()
        self.canvas.bind("<ButtonPress-1>", self._pressed)
        self.canvas.bind("<B1-Motion>", self._moved)
        self.canvas.bind("<ButtonRelease-1>", self._released)
        self.canvas.bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        self.canvas.bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))
        self._ink = WetInk(self.canvas, theme)
        text = wrap_text(self.canvas, hint, side * 3 // 4, FONT_TEXT)
        middle = side // 2
        self._text = self.canvas.create_text(
            middle, middle, text=text, font=FONT_TEXT, justify="center"
        )
        follow(self, theme.palette_changed, self._apply_theme)
        self._apply_theme()

    @property
    def content(self) -> Content:
        """What is drawn."""
        return Content(strokes=tuple(self.strokes))

    def clear(self) -> None:
        """Remove all strokes."""
        self.replace([])

    def undo(self) -> None:
        """Remove the last stroke."""
        self.replace(self.strokes[:-1])

    def replace(self, strokes: list[Stroke]) -> None:
        """Show these strokes instead."""
        self.strokes, self._points = strokes, []
        self._ink.remove()
        for stroke in strokes:
            places = [(point.x / self._units, point.y / self._units) for point in stroke.points]
            self._ink.begin(places, self._pen)
        self.canvas.itemconfigure(self._text, state="hidden" if strokes else "normal")
        self._on_change()

    def _pressed(self, event: Event) -> None:
        self.canvas.focus_set()
        if not self.strokes:
            self._start = int(event.time)
            self.canvas.itemconfigure(self._text, state="hidden")
        self._points = [self._point(event)]
        self._ink.begin([(event.x, event.y)], self._pen)

    def _moved(self, event: Event) -> None:
        if self._points and len(self._points) < MAX_POINTS:
            self._points.append(self._point(event))
            self._ink.extend(event.x, event.y)

    def _released(self, event: Event) -> None:
        if self._points:
            if self._point(event)[:2] != self._points[-1][:2]:
                self._moved(event)
            self.strokes.append(Stroke(tuple(self._points)))
            self._points = []
            self._on_change()

    def _point(self, event: Event) -> Point:
        time = float(max(int(event.time) - self._start, 0))
        return Point(event.x * self._units, event.y * self._units, time)

    @property
    def _pen(self) -> float:
        """The pen's width in pixels."""
        return DEFAULT_WIDTH / self._units

    def _apply_theme(self) -> None:
        palette = self._theme.palette
        self.canvas.configure(background=palette.paper)
        self.canvas.itemconfigure(self._text, fill=palette.muted)
        self._ink.apply_theme()
