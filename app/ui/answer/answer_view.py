"""Owns the answer in words: the winner large, how sure it is, and the runners-up ranked."""

import itertools
import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.probability_bars import percent
from app.ui.theme.theme import FONT_ANSWER, FONT_SMALL, FONT_STRONG, Theme

if TYPE_CHECKING:
    from app.numbers.number import Number
    from app.recognition.prediction import Prediction

_RUNNERS_UP = 3
_LEAST_SIZE = 10
"""Of the winner's font, in pixels at 100 %."""
_SIZE = 130, 164
"""In pixels at 100 %: as large as what it stands beside, whatever is said."""
_WINNERS_SHARE = 0.38
"""Of the height, is the winner's font."""
_MEASURED = 100
"""The size in which the winner is measured, in pixels."""
_LEAST_CHANCE = 0.0005
"""Readings less probable than this would be shown as 0.0 %."""


class AnswerView(ttk.Frame):
    """The winner, one line of how sure, one line for each runner-up."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        width, height = map(theme.px, _SIZE)
        super().__init__(parent, width=width, height=height)
        # What it says may not move what is beside and below it.
        self.pack_propagate(False)
        self._theme = theme
        self._own = False
        self._pixels = 0
        """The winner's font's size, as Tk wants it: negative."""
        self._runners_up: list[tuple[str, str]] = []
        self._winner = ttk.Label(self, anchor="center", width=1)
        self._sureness = ttk.Label(self, font=FONT_STRONG, anchor="center", justify="center")
        self._sureness.configure(wraplength=width)
        self._others = ttk.Frame(self)
        self._labels = ttk.Label(self._others, style="Muted.TLabel", anchor="e")
        self._chances = ttk.Label(self._others, style="Muted.TLabel", justify="right")
        self._labels.grid(row=0, column=0, sticky="ew")
        self._chances.grid(row=0, column=1, padx=(theme.px(10), 0))
        self._others.columnconfigure(0, weight=1)  # a long number gives way, not its chance
        self._winner.pack(fill="x")
        self._sureness.pack(fill="x")
        self.show_others(True)
        self.bind("<Configure>", self._resized)
        self.show(None)

    @property
    def winner(self) -> str:
        """What stands large now."""
        return str(self._winner.cget("text"))

    @property
    def others(self) -> list[tuple[str, str]]:
        """What stands below, line by line: a label and its chance, or a reason and nothing."""
        labels, chances = (
            str(column.cget("text")).splitlines() for column in (self._labels, self._chances)
        )
        return list(itertools.zip_longest(labels, chances, fillvalue=""))

    def _resized(self, event: "tk.Event[tk.Misc]") -> None:
        self._sureness.configure(wraplength=event.width)
        self._fit()
        self._list_others()

    def show(self, prediction: "Prediction | None") -> None:
        """Show a prediction, or that there is none."""
        if prediction is None:
            self._say("", "")
            return
        ranked = prediction.ranked
        first = int(prediction.is_sure)  # whose chance stands above them
        last = first + _RUNNERS_UP - prediction.matches_samples  # of which a second line says more
        others = [(label, percent(chance)) for label, chance in ranked[first:last]]
        if prediction.is_digit and not prediction.is_sure:
            doubt = _("{one} or {other}?").format(one=ranked[0][0], other=ranked[1][0])
            said = f"{_('Not sure')}\n{doubt}"
            self._say(f"{prediction.label}?", said, others, prediction.matches_samples)
        elif prediction.is_digit:
            taught = prediction.matches_samples
            said = _("{chance} sure,\nas you taught") if taught else _("{chance} sure")
            sureness = said.format(chance=percent(prediction.confidence))
            self._say(prediction.label, sureness, others, prediction.matches_samples)
        elif prediction.matches_samples:
            self._say("–", _("Not a digit,\nas you taught"), own=True)
        else:
            nearest = _("nearest: {label}").format(label=prediction.label)
            self._say("–", _("Not a digit"), [(_("unlike any digit"), ""), (nearest, "")])

    def show_others(self, wanted: bool) -> None:
        """Show or hide the runners-up."""
        if wanted and not self._others.winfo_manager():
            self._others.pack(pady=(self._theme.px(4), 0))
        elif not wanted:
            self._others.pack_forget()

    def show_number(self, number: "Number | None") -> None:
        """Show a whole number, as large as there is room for it, or that there is none."""
        if number is None:
            self._say("", "")
            return
        others = [
            (written(text), percent(chance))
            for text, chance in number.readings
            if chance >= _LEAST_CHANCE and (text != number.label or not number.is_sure)
        ]
        sureness = _("{chance} sure").format(chance=percent(number.confidence))
        if number.is_digit and not number.is_sure:
            self._say(f"{written(number.label)}?", _("Not sure"), others, number.matches_samples)
        elif number.is_digit:
            self._say(written(number.label), sureness, others, number.matches_samples)
        else:
            nearest = _("nearest: {label}").format(label=written(number.label))
            self._say("–", _("Not a number"), [(nearest, "")])

    def _fit(self) -> None:
        """Give the winner the largest font that there is room for."""
        px, text = self._theme.px, self.winner
        if not text:  # to open a font and measure nothing would only make the start longer
            return
        width = max(self.winfo_width(), px(_SIZE[0]))
        height = max(self.winfo_height(), px(_SIZE[1]))
        family = str(self.tk.call("font", "configure", FONT_ANSWER, "-family"))
        wide = int(self.tk.call("font", "measure", (family, -_MEASURED, "bold"), text))
        size = min(height * _WINNERS_SHARE, _MEASURED * (width - px(4)) / max(wide, 1))
        pixels = -max(int(size), px(_LEAST_SIZE))
        if self._pixels != pixels:
            self._pixels = pixels
            self._winner.configure(font=(family, pixels, "bold"))

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        palette = self._theme.palette
        self._winner.configure(foreground=palette.own if self._own else palette.best)

    def _say(
        self, winner: str, sureness: str, others: Sequence[tuple[str, str]] = (), own: bool = False
    ) -> None:
        self._own = own
        self.apply_theme()
        self._winner.configure(text=winner)
        self._fit()
        self._sureness.configure(text=sureness)
        self._runners_up = list(others)
        self._list_others()

    def _list_others(self) -> None:
        """Say as many of the lines as there is room for: Chinese ones are higher than others."""
        above = self._winner.winfo_reqheight() + self._sureness.winfo_reqheight()
        room = max(self.winfo_height(), self._theme.px(_SIZE[1])) - above - self._theme.px(4)
        line = int(self.tk.call("font", "metrics", FONT_SMALL, "-linespace"))
        others = self._runners_up[: max(room // line, 0)]
        are_ranked = any(chance for _label, chance in others)
        self._labels.configure(
            text="\n".join(label for label, _chance in others),
            justify="right" if are_ranked else "center",
        )
        # As a column of its own: one below the other they are compared at a glance.
        self._chances.configure(text="\n".join(chance for _label, chance in others))
        if are_ranked:
            self._chances.grid()
        else:
            self._chances.grid_remove()


def written(number: str) -> str:
    """Return a number as it is set in type, with a minus sign that is as wide as its digits."""
    return number.replace("-", "−")
