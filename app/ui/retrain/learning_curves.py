"""Owns live curves: accuracy and loss of training and validation, drawn on a canvas by epoch."""

from __future__ import annotations

import math
import tkinter as tk
from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.i18n import _
from app.ui.answer.probability_bars import percent
from app.ui.theme.theme import FONT_SMALL, Theme

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""How many epochs may lie between two that are numbered."""
_MOST_EPOCHS = 10


class Curve(NamedTuple):
    """One line: its name, its (epoch, value) points, whether it is drawn strong."""

    name: str
    points: Sequence[tuple[float, float]]
    strong: bool


class CurvesView(tk.Canvas):
    """One diagram: epochs across, values upwards, a legend on top."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str, shares: bool) -> None:
        self._theme = theme
        self._title = title
        self._shares = shares
        self._curves: list[Curve] = []
        self._epochs = 1.0
        super().__init__(
            parent, width=theme.px(300), height=theme.px(190), highlightthickness=0, borderwidth=0
        )
        self.bind("<Configure>", lambda _event: self._draw())
        self.apply_theme()

    def show(self, curves: Sequence[Curve], epochs: int) -> None:
        """Show curves of a run of so many epochs."""
        self._curves = list(curves)
        self._epochs = max(float(epochs), 1.0)
        self._draw()

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.configure(background=self._theme.palette.ground)
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        px, palette = self._theme.px, self._theme.palette
        left, right = px(52), self.winfo_width() - px(12)
        top, bottom = px(44), self.winfo_height() - px(28)
        self.create_text(0, 0, text=self._title, anchor="nw", font=FONT_SMALL, fill=palette.text)
        values = [value for curve in self._curves for _epoch, value in curve.points]
        ticks, places = _ticks(values, self._shares)
        low, high = ticks[0], ticks[-1]
        for value in ticks:
            y = bottom - (value - low) / (high - low) * (bottom - top)
            self.create_line(left, y, right, y, fill=palette.track, width=px(1))
            said = percent(value, places - 2) if self._shares else f"{value:.{places}f}"
            self._write(left - px(6), y, said, "e")
        self._epoch_axis(left, right, bottom + px(8))
        across = float(left)
        for curve in self._curves:
            colour = palette.best if curve.strong else palette.bar
            across = self._legend(curve.name, colour, across, px(24))
            line = [
                (
                    left + e / self._epochs * (right - left),
                    bottom - (v - low) / (high - low) * (bottom - top),
                )
                for e, v in curve.points
            ]
            if len(line) > 1:
                self.create_line(*line, fill=colour, width=px(2), joinstyle="round")
            for end_x, end_y in line[-1:]:
                dot = (end_x - px(3), end_y - px(3), end_x + px(3), end_y + px(3))
                self.create_oval(*dot, fill=colour, outline="")

    def _epoch_axis(self, left: float, right: float, y: float) -> None:
        whole = round(self._epochs)
        step = next(size for size in _STEPS if whole <= size * _MOST_EPOCHS)
        for epoch in range(step, whole + 1, step):
            self._write(left + epoch / whole * (right - left), y, str(epoch), "n")
        self._write(left - self._theme.px(6), y, _("Epoch"), "ne")

    def _write(self, x: float, y: float, text: str, anchor: Literal["e", "n", "ne"]) -> None:
        colour = self._theme.palette.muted
        self.create_text(x, y, text=text, anchor=anchor, font=FONT_SMALL, fill=colour)

    def _legend(self, name: str, colour: str, x: float, y: float) -> float:
        px = self._theme.px
        self.create_line(x, y + px(7), x + px(16), y + px(7), fill=colour, width=px(3))
        item = self.create_text(
            x + px(20), y, text=name, anchor="nw", font=FONT_SMALL, fill=self._theme.palette.muted
        )
        return self.bbox(item)[2] + px(14)


def _ticks(values: Sequence[float], shares: bool) -> tuple[list[float], int]:
    """Return three to six round values that hold all others between them, and their decimals."""
    low, high = (min(values, default=0.9), 1.0) if shares else (0.0, max(values, default=1.0))
    spread = max(high - low, 1e-3)
    places = 1 - math.floor(math.log10(spread))
    step = next(
        size
        for size in (unit * 10.0**-places for unit in (1, 2, 5, 10, 20, 25))
        if spread <= 4 * size
    )
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:  # all values are the one end itself
        first, last = (first - 1, last) if shares else (first, last + 1)
    places = next(few for few in range(9) if abs(round(step, few) - step) < 1e-9)
    return [index * step for index in range(first, last + 1)], max(places, 2 if shares else 0)
