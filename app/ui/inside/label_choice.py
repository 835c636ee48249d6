"""The bars of the labels, of which one is chosen with a click to look at it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
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
        labels = prediction.labels
        if len(labels) > _MOST:
            likely = {label for label, _share in prediction.ranked[:_MOST]}
            labels = tuple(label for label in labels if label in likely)
        self._labels = labels
        shares = dict(zip(prediction.labels, prediction.probabilities, strict=True))
        self._bars.show(labels, [shares[label] for label in labels], marked=chosen)

    def clear(self) -> None:
        """Show no probabilities."""
        self._bars.show(self._labels, None)

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self._bars.apply_theme()
