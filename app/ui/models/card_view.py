"""A model's card as a table, and two models' answers as a sentence."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.formatting import percent
from app.ui.theme.line_breaking import WrappedLabel

if TYPE_CHECKING:
    from app.recognition.model_store import DamagedModel, InstalledModel
    from app.recognition.prediction import Prediction
    from app.ui.theme.theme import Theme


class CardView(ttk.Frame):
    """The model's name, and a row for each field of its card."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.columnconfigure(1, weight=1)

    def show(self, model: InstalledModel | DamagedModel) -> None:
        """Show a model's card, or why the model cannot be used."""
        px = self._theme.px
        for child in self.winfo_children():
            child.destroy()
        title = ttk.Label(self, text=model_title(model), style="Strong.TLabel")
        title.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, px(6)))
        for row, (name, value) in enumerate(card_rows(model), 1):
            name_label = ttk.Label(self, text=name, style="Muted.TLabel")
            # Lower by 2 pixels: the smaller letters stand on the same line as the value's.
            name_label.grid(row=row, column=0, sticky="nw", padx=(0, px(12)), pady=(px(5), px(3)))
            value_label = WrappedLabel(self, self._theme, value, justify="left", anchor="nw")
            value_label.grid(row=row, column=1, sticky="new", pady=px(3))


def model_title(model: InstalledModel | DamagedModel) -> str:
    """Return a model's name as it is shown to the user."""
    from app.recognition.model_store import SHIPPED

    return _("Shipped model") if model.name == SHIPPED else model.name


def card_rows(model: InstalledModel | DamagedModel) -> list[tuple[str, str]]:
    """Return the fields of a model's card to show: their names and values."""
    from app.recognition.model_store import DamagedModel

    if isinstance(model, DamagedModel):
        return [(_("Damaged"), model.problem)]
    card = model.card
    rows = [(_("Recipe"), card.recipe or "?"), (_("Epochs"), str(card.epochs or "?"))]
    for key, name in (
        ("mnist_test_accuracy", _("MNIST test set")),
        ("mnist_validation_accuracy", _("MNIST validation set")),
        ("pen_validation_accuracy", _("Pen drawings of other writers")),
        ("digit_auroc_validation", _("Digits told from other ink (AUROC)")),
    ):
        if key in card.metrics:
            rows.append((name, percent(card.metrics[key], 2)))
    if card.sources:
        rows.append((_("Trained on"), _("; ").join(card.sources)))
    rows.append(("SHA-256", f"{card.sha256[:16]}…"))
    if model.keras is None:
        rows.append((_("Checkpoint"), _("none: training cannot start from this model")))
    return rows


def comparison_text(predictions: Sequence[Prediction]) -> str:
    """Return the answers for the drawing as a sentence: the shown model's, then the active one's.

    There is one where the shown model is the active one, and none without a drawing.
    """
    if not predictions:
        return _("Draw something to see this model's answer.")
    answers = (
        _("{model} answers {answer} ({probability})").format(
            model=name,
            answer=one.text or _("no digit"),
            probability=percent(one.confidence if one.is_known else 1 - one.known_score),
        )
        for name, one in zip((_("this model"), _("the active one")), predictions, strict=False)
    )
    return _("For your drawing, {answers}.").format(answers=_("; ").join(answers))
