"""Owns the answer in words: the winner large, how sure it is, and the runners-up ranked."""

import tkinter as tk
from tkinter import font as tkfont
from tkinter import ttk
from typing import TYPE_CHECKING

from app.translation import _
from app.window.bars import percent
from app.window.look import FONT_ANSWER, FONT_STRONG, Look

if TYPE_CHECKING:
    from app.recognition.number import Number
    from app.recognition.prediction import Prediction

_RUNNERS_UP = 3
_ANSWER_SIZE, _LEAST_SIZE = 72, 10
"""Of the winner's font, in pixels at 100 %."""
_ROOM = 150
"""Pixels at 100 % beside what the network sees."""
_LEAST_CHANCE = 0.0005
"""Readings less probable than this would be shown as 0.0 %."""
_DIGIT_WIDTH = 0.66
"""Of the font's size."""


class AnswerView(ttk.Frame):
    """The winner, one line of how sure, one line for each runner-up."""

    def __init__(self, parent: tk.Misc, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self._own = False
        self._winner = ttk.Label(self, font=FONT_ANSWER, anchor="center", width=2)
        self._sureness = ttk.Label(self, font=FONT_STRONG, anchor="center", justify="center")
        self._sureness.configure(wraplength=look.px(130))
        self._others = ttk.Label(self, style="Muted.TLabel", anchor="center", justify="center")
        self._others.configure(width=1)  # of a long number they must not widen the window
        self._winner.pack(fill="x")
        self._sureness.pack(fill="x")
        self._others.pack(fill="x", pady=(look.px(2), 0))
        self.show(None)

    @property
    def winner(self) -> str:
        """What stands large now."""
        return str(self._winner.cget("text"))

    def show(self, prediction: "Prediction | None") -> None:
        """Show a prediction, or that there is none."""
        self._winner.configure(font=FONT_ANSWER, width=2)
        if prediction is None:
            self._say("", "", "")
            return
        ranked = prediction.ranked
        others = "\n".join(
            _("{label}   {chance}").format(label=label, chance=percent(chance))
            for label, chance in ranked[1 : 1 + _RUNNERS_UP]
        )
        if prediction.is_digit:
            said = _("{chance} sure, as you taught") if prediction.own else _("{chance} sure")
            sureness = said.format(chance=percent(prediction.confidence))
            self._say(prediction.label, sureness, others, prediction.own)
        elif prediction.own:
            self._say("–", _("Not a digit, as you taught"), "", True)
        else:
            nearest = _("nearest: {label}").format(label=prediction.label)
            self._say("–", _("Not a digit"), nearest)

    def show_others(self, wanted: bool) -> None:
        """Show or hide the runners-up."""
        if wanted and not self._others.winfo_manager():
            self._others.pack(fill="x", pady=(self._look.px(2), 0))
        elif not wanted:
            self._others.pack_forget()

    def show_number(self, number: "Number | None") -> None:
        """Show a whole number, as large as there is room for it, or that there is none."""
        if number is None:
            self._say("", "", "")
            return
        others = "\n".join(
            _("{label}   {chance}").format(label=text, chance=percent(chance))
            for text, chance in number.readings
            if text != number.label and chance >= _LEAST_CHANCE
        )
        sureness = _("{chance} sure").format(chance=percent(number.confidence))
        if number.is_digit:
            self._say(number.label, sureness, others, number.own)
        else:
            nearest = _("nearest: {label}").format(label=number.label)
            self._say("–", _("Not a number"), nearest)
        self._fit(number.label)

    def _fit(self, text: str) -> None:
        """Give the winner a font in which a number of that length fits."""
        room = self._look.px(_ROOM)
        size = min(_ANSWER_SIZE, int(room / self._look.scale / max(len(text), 1) / _DIGIT_WIDTH))
        family = tkfont.nametofont(FONT_ANSWER, self).actual("family")
        pixels = -self._look.px(max(size, _LEAST_SIZE))
        self._winner.configure(
            font=(family, pixels, "bold"), width=1
        )  # the column is as wide as ever

    def dress(self) -> None:
        """Take the look's present colours."""
        palette = self._look.palette
        self._winner.configure(foreground=palette.own if self._own else palette.best)

    def _say(self, winner: str, sureness: str, others: str, own: bool = False) -> None:
        self._own = own
        self.dress()
        self._winner.configure(text=winner)
        self._sureness.configure(text=sureness)
        self._others.configure(text=others)
