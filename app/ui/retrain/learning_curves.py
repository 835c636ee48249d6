"""Live learning curves: accuracy or loss by epoch, drawn on a canvas."""

from __future__ import annotations

import math
import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.i18n import _
from app.ui.answer.formatting import percent
from app.ui.theme.theme import FONT_SMALL, Theme
from app.ui.toolkit.follow import follow

_EPOCH_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Distances between numbered epochs to choose from."""
_MAX_EPOCH_LABELS = 10


@dataclass(frozen=True)
class Curve:
    """One line: its name, its (epoch, value) points, whether it has the stronger colour."""

    name: str
    points: Sequence[tuple[float, float]]
    emphasized: bool


class LearningCurves(tk.Canvas):
    """One diagram: epochs on the x axis, values on the y axis, a legend on top."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str, as_percent: bool) -> None:
        """`as_percent`: the values are shares from 0 to 1, and the y axis ends at 100 %."""
        self._theme = theme
        self._title = title
        self._as_percent = as_percent
        self._curves: list[Curve] = []
        self._epochs = 1.0
        super().__init__(
            parent, width=theme.px(300), height=theme.px(190), highlightthickness=0, borderwidth=0
        )
        self.bind("<Configure>", lambda _event: self._draw())
        follow(self, theme.palette_changed, self.apply_theme)
        self.apply_theme()

    def show(self, curves: Sequence[Curve], epochs: int) -> None:
        """Show the curves of a run of `epochs` epochs."""
        self._curves = list(curves)
        self._epochs = max(float(epochs), 1.0)
        self._draw()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.configure(background=self._theme.palette.ground)
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        px, palette = self._theme.px, self._theme.palette
        left, right = px(52), self.winfo_width() - px(12)
        top, bottom = px(44), self.winfo_height() - px(28)
        self.create_text(0, 0, text=self._title, anchor="nw", font=FONT_SMALL, fill=palette.text)
        values = [value for curve in self._curves for _epoch, value in curve.points]
        ticks, decimals = axis_ticks(values, self._as_percent)
        low, high = ticks[0], ticks[-1]
        for value in ticks:
            y = bottom - (value - low) / (high - low) * (bottom - top)
            self.create_line(left, y, right, y, fill=palette.track, width=px(1))
            text = percent(value, decimals - 2) if self._as_percent else f"{value:.{decimals}f}"
            self._write(left - px(6), y, text, "e")
        self._epoch_axis(left, right, bottom + px(8))
        legend_x = float(left)
        for curve in self._curves:
            colour = palette.best if curve.emphasized else palette.bar
            legend_x = self._legend(curve.name, colour, legend_x, px(24))
            line = [
                (
                    left + epoch / self._epochs * (right - left),
                    bottom - (value - low) / (high - low) * (bottom - top),
                )
                for epoch, value in curve.points
            ]
            if len(line) > 1:
                self.create_line(*line, fill=colour, width=px(2), joinstyle="round")
            for end_x, end_y in line[-1:]:
                dot = (end_x - px(3), end_y - px(3), end_x + px(3), end_y + px(3))
                self.create_oval(*dot, fill=colour, outline="")

    def _epoch_axis(self, left: float, right: float, y: float) -> None:
        epochs = round(self._epochs)
        step = next(size for size in _EPOCH_STEPS if epochs <= size * _MAX_EPOCH_LABELS)
        for epoch in range(step, epochs + 1, step):
            self._write(left + epoch / epochs * (right - left), y, str(epoch), "n")
        self._write(left - self._theme.px(6), y, _("Epoch"), "ne")

    def _write(self, x: float, y: float, text: str, anchor: Literal["e", "n", "ne"]) -> None:
        colour = self._theme.palette.muted
        self.create_text(x, y, text=text, anchor=anchor, font=FONT_SMALL, fill=colour)

    def _legend(self, name: str, colour: str, x: float, y: float) -> float:
        """Draw a curve's entry of the legend; return where the next one begins."""
        px = self._theme.px
        self.create_line(x, y + px(7), x + px(16), y + px(7), fill=colour, width=px(3))
        item = self.create_text(
            x + px(20), y, text=name, anchor="nw", font=FONT_SMALL, fill=self._theme.palette.muted
        )
        return self.bbox(item)[2] + px(14)


def axis_ticks(values: Sequence[float], as_percent: bool) -> tuple[list[float], int]:
    """Return round values for an axis that contains all `values`, and the decimals to show.

    They begin at 0, or with `as_percent` end at 1. There are at most seven.
    """
    low, high = (min(values, default=0.9), 1.0) if as_percent else (0.0, max(values, default=1.0))
    spread = max(high - low, 1e-3)
    unit = 10.0 ** (math.floor(math.log10(spread)) - 1)
    step = next(size * unit for size in (1, 2, 5, 10, 20, 25) if spread <= 4 * size * unit)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:  # all values lie at the fixed end
        first, last = (first - 1, last) if as_percent else (first, last + 1)
    decimals = next(n for n in range(9) if abs(round(step, n) - step) < 1e-9)
    return [index * step for index in range(first, last + 1)], max(decimals, 2 if as_percent else 0)
