"""Owns the column right of the canvas: what the network sees, the answer, correcting it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.answer_view import AnswerView
from app.ui.answer.probability_bars import ProbabilityBars
from app.ui.answer.raster_view import RasterView
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from app.ink.rasterize import Raster
    from app.numbers.number import Number, NumberCharacter
    from app.worker import Answer

_LABELS = tuple("0123456789")
_WIDTHS = 284, 440
"""In pixels at 100 %: at the least, and where the window is large; the rest is the canvas's."""
_SHARE = 0.3
"""Of the window's width, between these."""
_RASTERS_SHARES = 0.48, 0.28
"""Of the panel's width, and of its height at the most."""
_MOST_BARS = 560
"""How high the bars are at the most, in pixels at 100 %."""
_NO_DIGIT = ""


class AnswerPanel(ttk.Frame):
    """Shows answers; a click on a bar, or the button below, says what the drawing is instead."""

    def __init__(self, parent: tk.Misc, theme: Theme, say: Callable[[str], None]) -> None:
        super().__init__(parent)
        px = theme.px
        self.rowconfigure(2, weight=1)
        self.columnconfigure(1, weight=1)
        self._caption = ttk.Label(self, text=_("What the network sees"), style="Muted.TLabel")
        self._caption.grid(row=0, column=0, sticky="w", pady=(0, px(4)))
        self.raster_view = RasterView(self, theme)
        self.raster_view.grid(row=1, column=0, sticky="nw")
        self.answer = AnswerView(self, theme)
        self.answer.grid(row=0, column=1, rowspan=2, sticky="nsew", padx=(px(8), 0))
        self.bars = ProbabilityBars(self, theme, _LABELS, say)
        self.bars.grid(row=2, column=0, columnspan=2, sticky="nsew", pady=(px(12), 0))
        self._theme = theme
        self.bind("<Configure>", self._resized)
        correct = ttk.Frame(self)
        correct.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self.no_digit_button = ttk.Button(
            correct, text=_("No digit"), command=lambda: say(_NO_DIGIT)
        )
        self.no_digit_button.pack(side="right", padx=(px(8), 0))
        said = _("Wrong? Press the right digit, or click its bar.")
        hint = WrappedLabel(correct, theme, said, style="Muted.TLabel")
        hint.pack(side="left", fill="x", expand=True)

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        """Use the room of a large window, without tearing apart what belongs together."""
        wide, high = _RASTERS_SHARES
        self.raster_view.grow(min(event.width * wide, event.height * high))
        others = sum(int(self.tk.call("grid", "bbox", self, 0, row)[3]) for row in (0, 1, 3))
        most = self._theme.px(_MOST_BARS)
        is_large = event.height - others > most
        self.rowconfigure(2, weight=0 if is_large else 1, minsize=most if is_large else 0)
        self.rowconfigure(4, weight=1 if is_large else 0)

    def show_parts(self, raster: bool, candidates: bool) -> None:
        """Show or hide what the network sees, and the bars with the runners-up."""
        for widget, wanted in (
            (self._caption, raster),
            (self.raster_view, raster),
            (self.bars, candidates),
        ):
            if wanted:
                widget.grid()
            else:
                widget.grid_remove()
        self.answer.show_others(candidates)

    def show(self, answer: Answer) -> None:
        """Show an answer, or that there is none."""
        prediction = answer.prediction
        self.raster_view.show(answer.raster)
        self.answer.show(prediction)
        if prediction is None:
            self.bars.show(None)
        else:
            sure = prediction.is_digit and prediction.is_sure
            self.bars.show(prediction.probabilities, sure, prediction.matches_samples)

    def show_number(
        self, number: Number | None, chosen: NumberCharacter | None, raster: Raster | None
    ) -> None:
        """Show a whole number, and what the network says of the digit that is chosen.

        `raster` is shown where nothing was recognised.
        """
        prediction = None if chosen is None else chosen.prediction
        self.answer.show_number(number)
        if chosen is None or prediction is None:
            self.raster_view.show(raster)
            self.bars.show(None)
        else:
            self.raster_view.show(prediction.raster)
            sure = chosen.is_digit and prediction.is_sure
            self.bars.show(prediction.probabilities, sure, prediction.matches_samples)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        for widget in (self.raster_view, self.answer, self.bars):
            widget.apply_theme()


def share_width(frame: ttk.Frame, theme: Theme, column: int, gap: int) -> None:
    """Give the panel in a column of `frame` its share of the width, now and whenever it changes."""

    def share(width: int) -> None:
        least, most = map(theme.px, _WIDTHS)
        frame.columnconfigure(column, minsize=gap + min(max(round(width * _SHARE), least), most))

    frame.bind("<Configure>", lambda event: share(event.width))
    share(0)
