"""Owns live curves: accuracy and loss of training and validation, drawn on a canvas by epoch."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import NamedTuple

from app.translation import _
from app.window.look import FONT_SMALL, Look


class Curve(NamedTuple):
    """One line: its name, its (epoch, value) points, whether it is drawn strong."""

    name: str
    points: Sequence[tuple[float, float]]
    strong: bool


class CurvesView(tk.Canvas):
    """One diagram: epochs across, values upwards, a legend on top."""

    def __init__(self, parent: tk.Misc, look: Look, title: str, percent: bool) -> None:
        self._look = look
        self._title = title
        self._percent = percent
        self._curves: list[Curve] = []
        self._epochs = 1.0
        super().__init__(
            parent, width=look.px(300), height=look.px(190), highlightthickness=0, borderwidth=0
        )
        self.bind("<Configure>", lambda _event: self._draw())
        self.dress()

    def show(self, curves: Sequence[Curve], epochs: int) -> None:
        """Show curves of a run of so many epochs."""
        self._curves = list(curves)
        self._epochs = max(float(epochs), 1.0)
        self._draw()

    def dress(self) -> None:
        """Take the look's present colours."""
        self.configure(background=self._look.palette.ground)
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        px, palette = self._look.px, self._look.palette
        left, right = px(52), self.winfo_width() - px(12)
        top, bottom = px(44), self.winfo_height() - px(24)
        self.create_text(0, 0, text=self._title, anchor="nw", font=FONT_SMALL, fill=palette.text)
        values = [value for curve in self._curves for _epoch, value in curve.points]
        low, high = _range(values, self._percent)
        for value in (low, (low + high) / 2, high):
            y = bottom - (value - low) / (high - low) * (bottom - top)
            self.create_line(left, y, right, y, fill=palette.track)
            said = f"{value:.1%}" if self._percent else f"{value:.3g}"
            self.create_text(
                left - px(6), y, text=said, anchor="e", font=FONT_SMALL, fill=palette.muted
            )
        said = _("epoch {number}").format(number=round(self._epochs))
        self.create_text(
            right, bottom + px(4), text=said, anchor="ne", font=FONT_SMALL, fill=palette.muted
        )
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

    def _legend(self, name: str, colour: str, x: float, y: float) -> float:
        px = self._look.px
        self.create_line(x, y + px(7), x + px(16), y + px(7), fill=colour, width=px(3))
        item = self.create_text(
            x + px(20), y, text=name, anchor="nw", font=FONT_SMALL, fill=self._look.palette.muted
        )
        return self.bbox(item)[2] + px(14)


def _range(values: Sequence[float], percent: bool) -> tuple[float, float]:
    """Return where the axis begins and ends: all values in sight, never a range of nothing."""
    if not values:
        return (0.9, 1.0) if percent else (0.0, 1.0)
    low, high = (min(values), 1.0) if percent else (0.0, max(values))
    return (low, high) if high - low > 1e-6 else (low - 0.01, high + 0.01)
