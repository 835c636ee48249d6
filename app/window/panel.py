"""Owns the column right of the canvas: what the network sees, the answer, correcting it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from app.translation import _
from app.window.answer import AnswerView
from app.window.bars import ProbabilityBars
from app.window.look import Look
from app.window.raster_view import RasterView

if TYPE_CHECKING:
    from app.ink.raster import Raster
    from app.recognition.number import Number, NumberMark
    from app.recognition.worker import Answer

_LABELS = tuple("0123456789")
_NO_DIGIT = ""


class AnswerPanel(ttk.Frame):
    """Shows answers; a click on a bar, or the button below, says what the drawing is instead."""

    def __init__(self, parent: tk.Misc, look: Look, say: Callable[[str], None]) -> None:
        super().__init__(parent)
        px = look.px
        self.rowconfigure(2, weight=1)
        self.columnconfigure(1, weight=1)
        self._caption = ttk.Label(self, text=_("What the network sees"), style="Muted.TLabel")
        self._caption.grid(row=0, column=0, sticky="w", pady=(0, px(4)))
        self.raster_view = RasterView(self, look)
        self.raster_view.grid(row=1, column=0, sticky="nw")
        self.answer = AnswerView(self, look)
        self.answer.grid(row=0, column=1, rowspan=2, sticky="nsew", padx=(px(8), 0))
        self.bars = ProbabilityBars(self, look, _LABELS, say)
        self.bars.grid(row=2, column=0, columnspan=2, sticky="nsew", pady=(px(12), 0))
        correct = ttk.Frame(self)
        correct.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self.no_digit_button = ttk.Button(
            correct, text=_("No digit"), command=lambda: say(_NO_DIGIT)
        )
        self.no_digit_button.pack(side="right", padx=(px(8), 0))
        hint = ttk.Label(
            correct,
            text=_("Wrong? Press the right digit, or click its bar."),
            style="Muted.TLabel",
            width=1,  # as wide as there is room, in two lines if need be
        )
        hint.pack(side="left", fill="x", expand=True)
        hint.bind("<Configure>", lambda event: hint.configure(wraplength=event.width))

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
            self.bars.show(prediction.probabilities, prediction.is_digit, prediction.own)

    def show_number(
        self, number: Number | None, chosen: NumberMark | None, raster: Raster | None
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
            self.bars.show(prediction.probabilities, chosen.is_digit, prediction.own)

    def dress(self) -> None:
        """Take the look's present colours."""
        for widget in (self.raster_view, self.answer, self.bars):
            widget.dress()
