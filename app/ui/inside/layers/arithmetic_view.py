"""How one value of the first layer is computed: inputs, weights, their products and the sum."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.i18n import _
from app.ui.answer.formatting import with_minus
from app.ui.theme.shapes import mix
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, Theme

if TYPE_CHECKING:
    from app.explanation.layers import Arithmetic

_MOST_NUMBERS = 5
"""A window of more values in a row is shown without figures."""
_LINE = 20
"""The height of a line of text, in pixels at 100 %."""


class ArithmeticView(tk.Canvas):
    """Three grids, one below the other, and the sum."""

    def __init__(self, parent: tk.Misc, theme: Theme, width: int) -> None:
        """`width` in pixels at 100 %."""
        super().__init__(
            parent, width=theme.px(width), height=1, highlightthickness=0, borderwidth=0
        )
        self._theme = theme
        self._width = theme.px(width)
        self.clear()

    def clear(self) -> None:
        """Say what can be done here."""
        self.delete("all")
        self.configure(background=self._theme.palette.ground)
        text = _("Point at a value of layer 1 to see how it is computed.")
        self._write(0, 0, text, FONT_SMALL, self._theme.palette.muted)

    def show(self, found: Arithmetic, channel: int) -> None:
        """Show the arithmetic of one value."""
        px, palette = self._theme.px, self._theme.palette
        self.delete("all")
        self.configure(background=palette.ground)
        text = _("Layer 1, map {number}").format(number=channel + 1)
        self._write(0, 0, text, FONT_STRONG, palette.text)
        top, room = px(_LINE) + px(4), self._width
        side = min((room - px(8)) / 2, (self.winfo_height() - top - 3 * px(_LINE)) / 2)
        side = max(side, px(40))
        grids = (
            (_("inputs"), found.inputs, 0.0, top),
            (_("× weights"), found.weights, room - side, top),
        )
        for name, values, left, upper in grids:
            self._write(left, upper, name, FONT_SMALL, palette.muted)
            self._grid(values, left, upper + px(_LINE), side)
        lower = top + px(_LINE) + side + px(8)
        products = float((found.inputs * found.weights).sum())
        for line in (
            _("sum of the products: {value}").format(value=_figure(products)),
            _("+ bias {bias} = {value}").format(bias=_figure(found.bias), value=_figure(found.sum)),
            _("the value: {value} (never below 0)").format(value=_figure(found.value)),
        ):
            self._write(0, lower, line, FONT_SMALL, palette.text)
            lower += px(_LINE)

    def _grid(self, values: NDArray[np.float32], left: float, top: float, side: float) -> None:
        """Draw values as squares: the larger, the stronger; red below 0."""
        palette = self._theme.palette
        rows, columns = values.shape
        cell = side / max(rows, columns)
        largest = max(float(np.abs(values).max()), 1e-9)
        for (row, column), value in np.ndenumerate(values):
            share = abs(float(value)) / largest
            strong = palette.best if value >= 0 else palette.problem
            x, y = left + column * cell, top + row * cell
            colour = mix(palette.paper, strong, share * 0.75)
            self.create_rectangle(x, y, x + cell, y + cell, fill=colour, outline=palette.border)
            if max(rows, columns) <= _MOST_NUMBERS:
                self.create_text(
                    x + cell / 2,
                    y + cell / 2,
                    text=_figure(float(value)),
                    font=FONT_SMALL,
                    fill=palette.text,
                )

    def _write(self, x: float, y: float, text: str, font: str, colour: str) -> None:
        self.create_text(x, y, text=text, anchor="nw", font=font, fill=colour, width=self._width)


def _figure(value: float) -> str:
    return with_minus(f"{value:.2f}")
