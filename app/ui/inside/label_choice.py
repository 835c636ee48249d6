"""The bars of the labels, of which one is chosen with a click to look at it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from app.ui.answer.probability_bars import ProbabilityBars

if TYPE_CHECKING:
    from app.recognition.prediction import Prediction
    from app.ui.theme.theme import Theme

_MOST = 10


class LabelChoice(ttk.Frame):
    """Bars of a prediction's labels; of those of a large alphabet the most probable ones."""

    def __init__(self, parent: tk.Misc, theme: Theme, on_choose: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_choose = on_choose
        self._labels: tuple[str, ...] = ()
        self._bars: ProbabilityBars | None = None

    def show(self, prediction: Prediction, chosen: str) -> None:
        """Show a prediction, with the bar of the label `chosen` in the stronger colour."""
        self.show_shares(prediction.labels, prediction.probabilities, chosen)

    def show_shares(self, labels: Sequence[str], shares: Sequence[float], chosen: str) -> None:
        """Show the probabilities of labels; "" for `chosen` highlights none."""
        by_label = dict(zip(labels, shares, strict=True))
        shown = tuple(labels)
        if len(shown) > _MOST:
            likely = set(sorted(shown, key=lambda label: -by_label[label])[:_MOST])
            shown = tuple(label for label in shown if label in likely | {chosen})
        if shown != self._labels or self._bars is None:
            if self._bars is not None:
                self._bars.destroy()
            self._labels = shown
            self._bars = ProbabilityBars(self, self._theme, shown, self._on_choose)
            self._bars.pack(fill="both", expand=True)
        marked = shown.index(chosen) if chosen in shown else None
        self._bars.show(tuple(by_label[label] for label in shown), bool(chosen), marked)

    def clear(self) -> None:
        """Show no probabilities."""
        if self._bars is not None:
            self._bars.show(None)

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        if self._bars is not None:
            self._bars.apply_theme()
