"""How one value of the first layer is computed: inputs, weights, their products and the sum."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.i18n import _
from app.ui.answer.formatting import with_minus
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.shapes import mix
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, Theme

if TYPE_CHECKING:
    from app.explanation.layers import Arithmetic

_LINE = 20
"""The height of a line of text, in pixels at 100 %."""


class ArithmeticView(tk.Canvas):
    """Two grids side by side, and the sum."""

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
        of_a_unit, of_a_map = _("Layer 1, value {number}"), _("Layer 1, map {number}")
        text = of_a_unit if found.is_of_a_unit else of_a_map
        self._write(0, 0, text.format(number=channel + 1), FONT_STRONG, palette.text)
        top, wide = px(_LINE) + px(4), (self._width - px(8)) / 2
        high = max(self.winfo_height() - top - 4 * px(_LINE) - px(8), px(40))
        rows, columns = found.inputs.shape
        cell = wide / columns, min(wide / columns, high / rows)
        figures = [_figure(float(value)) for value in (*found.inputs.flat, *found.weights.flat)]
        has_figures = max(map(self._measure, figures)) < cell[0] and px(_LINE) <= cell[1]
        if not has_figures:
            cell = min(cell), min(cell)
        grids = (
            (_("inputs"), found.inputs, 0.0),
            (_("× weights"), found.weights, self._width - px(1) - columns * cell[0]),
        )
        for name, values, left in grids:
            self._write(left, top, name, FONT_SMALL, palette.muted)
            self._grid(values, (left, top + px(_LINE)), cell, has_figures)
        lower = top + px(_LINE) + rows * cell[1] + px(8)
        products = float((found.inputs * found.weights).sum())
        for line in (
            _("sum of the products: {value}").format(value=_figure(products)),
            _("+ bias {bias} = {value}").format(bias=_figure(found.bias), value=_figure(found.sum)),
            _("the value: {value} (never below 0)").format(value=_figure(found.value)),
        ):
            self._write(0, lower, line, FONT_SMALL, palette.text)
            lower += px(_LINE)

    def _grid(
        self,
        values: NDArray[np.float32],
        place: tuple[float, float],
        cell: tuple[float, float],
        has_figures: bool,
    ) -> None:
        """Draw values in cells of a width and a height: the larger, the stronger; red below 0."""
        palette, (wide, high) = self._theme.palette, cell
        largest = max(float(np.abs(values).max()), 1e-9)
        for (row, column), value in np.ndenumerate(values):
            share = abs(float(value)) / largest
            strong = palette.best if value >= 0 else palette.problem
            x, y = place[0] + column * wide, place[1] + row * high
            colour = mix(palette.paper, strong, share * 0.75)
            self.create_rectangle(x, y, x + wide, y + high, fill=colour, outline=palette.border)
            if has_figures:
                self.create_text(
                    x + wide / 2,
                    y + high / 2,
                    text=_figure(float(value)),
                    font=FONT_SMALL,
                    fill=palette.text,
                )

    def _write(self, x: float, y: float, text: str, font: str, colour: str) -> None:
        text = wrap_text(self, text, self._width, font)
        self.create_text(x, y, text=text, anchor="nw", font=font, fill=colour, width=self._width)

    def _measure(self, text: str) -> int:
        return int(self.tk.call("font", "measure", FONT_SMALL, text))


def _figure(value: float) -> str:
    return with_minus(f"{value:.2f}")
