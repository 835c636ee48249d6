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
"""So many labels have bars."""


class LabelChoice(ttk.Frame):
    """Bars of a prediction's labels; of those of a large alphabet the most probable ones."""

    def __init__(self, parent: tk.Misc, theme: Theme, on_choose: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._bars = ProbabilityBars(self, theme, _MOST, on_choose)
        self._bars.pack(fill="both", expand=True)

    def show(self, prediction: Prediction, chosen: str) -> None:
        """Show a prediction, with the bar of the label `chosen` in the stronger colour."""
        self.show_shares(prediction.labels, prediction.probabilities, chosen)

    def show_shares(self, labels: Sequence[str], shares: Sequence[float], chosen: str) -> None:
        """Show the probabilities of labels; "" for `chosen` highlights none."""
        by_label = dict(zip(labels, shares, strict=True))
        likely = sorted(labels, key=lambda label: (label != chosen, -by_label[label]))[:_MOST]
        self._labels = tuple(label for label in labels if label in likely)
        shown = [by_label[label] for label in self._labels]
        self._bars.show(self._labels, shown, bool(chosen), chosen or None)

    def clear(self) -> None:
        """Show no probabilities."""
        self._bars.show(self._labels, None)

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self._bars.apply_theme()
