"""The window "Training curves": those of an installed model's training."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.dialogs.base import Dialog
from app.ui.retrain.curves_view import CurvesView

if TYPE_CHECKING:
    from app.recognition.training_history import Points
    from app.ui.theme.theme import Theme

_SIZE, _MIN_SIZE = (760, 360), (480, 260)


class CurvesWindow(Dialog):
    """The curves of one model."""

    def __init__(self, root: tk.Misc, theme: Theme, *, name: str, points: Points) -> None:
        """`name`: the model's; `points` as `read_training_history` returns them."""
        self._name = name
        self._points = points
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE)

    def build(self) -> None:
        """Show the curves."""
        self.top.title(_("Training curves – {name}").format(name=self._name))
        self.close_button(_("Close"))
        view = CurvesView(self.frame, self.theme)
        view.pack(fill="both", expand=True)
        epochs = max(epoch for curve in self._points.values() for epoch, _value in curve)
        view.show(self._points, round(epochs))
