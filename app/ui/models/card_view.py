"""Owns a model's card and its answers in words."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.probability_bars import percent
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT

if TYPE_CHECKING:
    from app.recognition.model_store import InstalledModel
    from app.recognition.prediction import Prediction
    from app.ui.theme.theme import Theme


class CardView(ttk.Frame):
    """What a card says of its model: the name, and a row for each thing."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: list[ttk.Label] = []
        self._values: list[ttk.Label] = []
        self._rows: list[tuple[str, str]] = []
        self.columnconfigure(1, weight=1)
        self.bind("<Configure>", lambda _event: self._wrap())

    def show(self, model: InstalledModel) -> None:
        """Show a model's card."""
        px = self._theme.px
        for child in self.winfo_children():
            child.destroy()
        title = ttk.Label(self, text=shown_name(model), style="Strong.TLabel")
        title.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, px(6)))
        self._words, self._values, self._rows = [], [], card_rows(model)
        for row, (word, value) in enumerate(self._rows, 1):
            for column, (text, labels) in enumerate(((word, self._words), (value, self._values))):
                style = "Muted.TLabel" if column == 0 else "TLabel"
                label = ttk.Label(self, text=text, style=style, justify="left", anchor="nw")
                above = px(5) if column == 0 else px(3)  # smaller letters on the same line
                label.grid(
                    row=row, column=column, sticky="new", padx=(0, px(12)), pady=(above, px(3))
                )
                labels.append(label)
        for label in self._values:
            label.configure(width=1)  # as wide as there is room, not as its text
        self._wrap()

    @property
    def text(self) -> str:
        """What is shown below the name, a line for each thing."""
        return "\n".join(f"{word}: {value}" for word, value in self._rows)

    def _wrap(self) -> None:
        """Break lines where the columns end."""
        whole, gaps = self.winfo_width(), self._theme.px(26)
        words = min(max((label.winfo_reqwidth() for label in self._words), default=0), whole)
        room = max(whole - words - gaps, gaps)
        for label, (_word, value) in zip(self._values, self._rows, strict=True):
            label.configure(text=wrap_text(label, value, room, FONT_TEXT), wraplength=room)


def shown_name(model: InstalledModel) -> str:
    """Return what a model is called on the screen."""
    return _("Shipped model") if model.is_shipped else model.name


def card_rows(model: InstalledModel) -> list[tuple[str, str]]:
    """Return what a card says of its model beside its name: what is said, and what of it."""
    card = model.card
    rows = [(_("Recipe"), card.recipe or "?"), (_("Epochs"), str(card.epochs or "?"))]
    for key, name in (
        ("mnist_test_accuracy", _("MNIST's test set")),
        ("mnist_validation_accuracy", _("MNIST's validation images")),
        ("pen_validation_accuracy", _("Pens of writers not learnt from")),
        ("digit_auroc_validation", _("Digits told from others (AUROC)")),
    ):
        if key in card.metrics:
            rows.append((name, percent(card.metrics[key], 2)))
    if card.sources:
        rows.append((_("Learnt from"), _("; ").join(card.sources)))
    rows.append(("SHA-256", f"{card.sha256[:16]}…"))
    if model.keras is None:
        rows.append((_("Checkpoint"), _("none: training cannot go on from it")))
    return rows


def comparison_text(said: Sequence[Prediction]) -> str:
    """Return what one model, or two, say of the current drawing."""
    if not said:
        return _("Draw something to see what this model says of it.")
    names = (_("this model"), _("the active one"))
    answers = (
        _("{model} says {answer} ({chance})").format(
            model=name,
            answer=one.text or _("no digit"),
            chance=percent(one.confidence if one.is_digit else 1 - one.digit_score),
        )
        for name, one in zip(names, said, strict=False)
    )
    return _("On your drawing: {answers}.").format(answers=_("; ").join(answers))
