"""The answer as text: the best label large, how sure it is, and the runners-up."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.storage.settings import DIGITS
from app.ui.answer.formatting import percent, with_minus
from app.ui.answer.runner_up_choice import RunnerUpChoice
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_ANSWER, FONT_SMALL, FONT_STRONG, Theme
from app.ui.toolkit.display_name import display_name, fitted_name

if TYPE_CHECKING:
    from app.numbers.number import Number
    from app.recognition.prediction import Prediction

_RUNNERS_UP = 3
_LEAST_SIZE = 10
"""The best label's smallest font, in pixels at 100 %."""
_SIZE = 130, 164
"""In pixels at 100 %: as large as the raster beside it, whatever the text."""
_BEST_SHARE = 0.38
"""The best label's font as a share of the height."""
_MEASURED = 100
"""The font size at which the best label is measured, in pixels."""
_MAX_FACTOR = 1.6
_MOST = 18
"""Characters of a name in a sentence; a longer one is shortened."""
_TAUGHT_MARK = "graduation-cap"
_MIN_PROBABILITY = 0.0005
"""Readings below this would be shown as 0.0 %."""


class AnswerView(ttk.Frame):
    """The best label, a line with its probability, a line for each runner-up."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, on_label: Callable[[str], None] = lambda _label: None
    ) -> None:
        """`on_label` is called with a runner-up that the user chooses as the right label."""
        width, height = map(theme.px, _SIZE)
        super().__init__(parent, width=width, height=height)
        # Its text must not move the widgets beside and below it.
        self.pack_propagate(False)
        self._theme = theme
        self.best = ""
        """The large text. It is shown shortened where even the smallest font is too wide for it."""
        self._pixels = 0
        """The best label's font size, negative as Tk wants pixels."""
        self._runners_up: list[tuple[str, str]] = []
        self._choice = RunnerUpChoice(on_label, self._list_others)
        self._is_sure = True
        self._factor = 1.0
        """How many times as large as usual the text is: it grows with the panel."""
        self._best = ttk.Label(self, anchor="center", width=1)
        self._font = FONT_STRONG
        """Of the line below the best label."""
        self._confidence = ttk.Label(self, anchor="center", justify="center", compound="left")
        self._confidence.configure(font=FONT_STRONG, wraplength=width)
        self._others = ttk.Frame(self)
        self._labels = ttk.Label(self._others, style="Muted.TLabel", anchor="e")
        self._shares = ttk.Label(self._others, style="Muted.TLabel", justify="right")
        self._labels.grid(row=0, column=0, sticky="ew")
        self._shares.grid(row=0, column=1, padx=(theme.px(10), 0))
        self._choice.bind(self._labels, self._shares)
        self._others.columnconfigure(0, weight=1)  # a long number shrinks, not its probability
        self._best.pack(fill="x")
        self._confidence.pack(fill="x")
        self.show_others(True)
        self.bind("<Configure>", self._resized)

    def _resized(self, event: "tk.Event[tk.Misc]") -> None:
        wide, high = map(self._theme.px, _SIZE)
        self._factor = min(max(min(event.width / wide, event.height / high), 1.0), _MAX_FACTOR)
        self._confidence.configure(wraplength=event.width)
        self._set_font(self._font)
        for column in (self._labels, self._shares):
            column.configure(font=self._theme.font(FONT_SMALL, self._factor))
        self._fit()
        self._list_others()

    def show(self, prediction: "Prediction | None") -> None:
        """Show a prediction, or that there is none."""
        if prediction is None:
            self._set("", "")
            return
        alike = prediction.alternatives
        ranked = [pair for pair in prediction.ranked if pair[0] not in alike]
        first = int(prediction.is_sure)  # whose probability stands above them
        last = first + _RUNNERS_UP
        others = [
            (label, percent(share))
            for label, share in ranked[first:last]
            if share >= _MIN_PROBABILITY
        ]
        label = " ".join([prediction.label, *alike])  # both, where nothing tells them apart
        if prediction.is_known and not prediction.is_sure:
            one, other = (display_name(name, _MOST) for name in (label, ranked[1][0]))
            doubt = _("{one} or {other}?").format(one=one, other=other)
            not_sure = f"{_('Not sure')}\n{doubt}"
            self._set(f"{label}?", not_sure, others, is_sure=False, can_choose=True)
        elif prediction.is_known:
            sure = _("{chance} sure").format(chance=percent(prediction.certainty))
            if alike:
                sure = f"{sure}\n{_('they look alike')}"
            if prediction.matches_samples:
                sure = _("As you taught")
            is_taught = prediction.matches_samples
            self._set(label, sure, others, is_taught=is_taught, can_choose=True)
        else:
            self._show_refused(prediction)

    def _show_refused(self, prediction: "Prediction") -> None:
        nearest = _("nearest: {label}").format(label=prediction.label)
        is_digits = prediction.alphabet == DIGITS
        if prediction.matches_samples:
            refused = _("Not a digit,\nas you taught")
            self._set(
                "–", refused if is_digits else _("None of these,\nas you taught"), is_taught=True
            )
        elif is_digits:
            self._set("–", _("Not a digit"), [(_("unlike any digit"), ""), (nearest, "")])
        else:
            self._set("–", _("None of these"), [(nearest, "")])

    def show_problem(self, problem: str) -> None:
        """Show why there is nothing to answer about."""
        width = max(self.winfo_width(), self._theme.px(_SIZE[0]))
        self._set("", wrap_text(self, problem, width, FONT_SMALL))
        self._confidence.configure(style="Problem.TLabel")
        self._set_font(FONT_SMALL)

    def show_others(self, wanted: bool) -> None:
        """Show or hide the runners-up."""
        if wanted and not self._others.winfo_manager():
            self._others.pack(pady=(self._theme.px(4), 0))
        elif not wanted:
            self._others.pack_forget()

    def show_number(self, number: "Number | None") -> None:
        """Show a whole number, as large as there is room for it, or that there is none."""
        if number is None:
            self._set("", "")
            return
        others = [
            (with_minus(text), percent(share))
            for text, share in number.readings
            if share >= _MIN_PROBABILITY and (text != number.label or not number.is_sure)
        ]
        label = with_minus(number.label)
        if number.is_known and not number.is_sure:
            self._set(f"{label}?", _("Not sure"), others, is_sure=False)
        elif number.is_known:
            sure = _("{chance} sure").format(chance=percent(number.confidence))
            if number.matches_samples:
                sure = _("As you taught")
            self._set(label, sure, others, is_taught=number.matches_samples)
        else:
            self._set("–", _("Not a number"), [(_("nearest: {label}").format(label=label), "")])

    def _fit(self) -> None:
        """Give the best label the largest font that fits."""
        px, text = self._theme.px, self.best
        if not text:  # opening a font to measure nothing would only lengthen the start
            return
        width = max(self.winfo_width(), px(_SIZE[0]))
        height = max(self.winfo_height(), px(_SIZE[1]))
        family = str(self.tk.call("font", "configure", FONT_ANSWER, "-family"))
        room, wide = width - px(4), self._measure((family, -_MEASURED, "bold"), text)
        size = min(height * _BEST_SHARE, _MEASURED * room / max(wide, 1))
        pixels = -max(int(size), px(_LEAST_SIZE))
        shown = fitted_name(text, room, partial(self._measure, (family, pixels, "bold")))
        self._best.configure(text=shown)
        if self._pixels != pixels:
            self._pixels = pixels
            self._best.configure(font=(family, pixels, "bold"))

    def _measure(self, font: object, text: str) -> int:
        return int(self.tk.call("font", "measure", font, text))

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        palette = self._theme.palette
        self._best.configure(foreground=palette.best if self._is_sure else palette.doubt)

    def _set(
        self,
        best: str,
        confidence_text: str,
        others: Sequence[tuple[str, str]] = (),
        *,
        is_sure: bool = True,
        is_taught: bool = False,
        can_choose: bool = False,
    ) -> None:
        """`can_choose`: `others` are labels, of which the user may choose the right one."""
        self._is_sure = is_sure
        self.apply_theme()
        self.best = best
        self._best.configure(text=best)
        self._fit()
        mark = self._theme.icon(_TAUGHT_MARK, "best") if is_taught else ""
        self._confidence.configure(text=confidence_text, image=mark, style="TLabel")
        self._set_font(FONT_STRONG)
        self._runners_up = list(others)
        self._choice.set_labels([label for label, _share in others] if can_choose else [])
        self._list_others()

    def _set_font(self, font: str) -> None:
        self._font = font
        self._confidence.configure(font=self._theme.font(font, self._factor))

    def _list_others(self) -> None:
        """Show as many of the lines as fit: Chinese ones are higher than others."""
        above = self._best.winfo_reqheight() + self._confidence.winfo_reqheight()
        room = max(self.winfo_height(), self._theme.px(_SIZE[1])) - above - self._theme.px(4)
        font = self._theme.font(FONT_SMALL, self._factor)
        line = int(self.tk.call("font", "metrics", font, "-linespace"))
        others = self._runners_up[: max(room // line, 0)]
        are_ranked = any(share for _label, share in others)
        # A column of its own, right-aligned, so that they can be compared at a glance.
        self._shares.configure(text="\n".join(share for _label, share in others))
        width = max(self.winfo_width(), self._theme.px(_SIZE[0]))
        if are_ranked:
            width -= self._shares.winfo_reqwidth() + self._theme.px(10)
        lines = (self._choice.marked(label) for label, _share in others)
        measure = partial(self._measure, font)
        self._labels.configure(
            text="\n".join(fitted_name(line, width, measure) for line in lines),
            justify="right" if are_ranked else "center",
        )
        if are_ranked:
            self._shares.grid()
        else:
            self._shares.grid_remove()
