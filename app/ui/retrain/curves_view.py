"""The curves of a training side by side: accuracy and loss, of training and validation."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.retrain.learning_curves import Curve, LearningCurves

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme


class CurvesView(ttk.Frame):
    """Two diagrams of equal width."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self.columnconfigure((0, 1), weight=1, uniform="curves")
        self.rowconfigure(0, weight=1)
        self.accuracy = LearningCurves(self, theme, _("Accuracy"), as_percent=True)
        self.loss = LearningCurves(self, theme, _("Loss"), as_percent=False)
        self.accuracy.grid(row=0, column=0, sticky="nsew", padx=(0, theme.px(12)))
        self.loss.grid(row=0, column=1, sticky="nsew")

    def show(self, points: Mapping[str, Sequence[tuple[float, float]]], epochs: int) -> None:
        """Show the (epoch, value) points of "accuracy", "val_accuracy", "loss", "val_loss"."""
        for view, name in ((self.accuracy, "accuracy"), (self.loss, "loss")):
            curves = [
                Curve(_("training"), points[name], emphasized=False),
                Curve(_("validation"), points[f"val_{name}"], emphasized=True),
            ]
            view.show(curves, epochs)
