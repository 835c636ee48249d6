"""Owns what a training window says: its sentences, and the text of all that was said so far."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.answer.probability_bars import percent
from app.ui.retrain.dialog import duration
from app.ui.theme.theme import FONT_SMALL

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

Say = Callable[[], str]
"""Says a sentence in whatever language is spoken at that moment."""


class TrainingLog(tk.Text):
    """Lines, the latest at the bottom."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(
            parent,
            height=6,
            font=FONT_SMALL,
            wrap="word",
            relief="flat",
            highlightthickness=0,
            padx=theme.px(8),
            pady=theme.px(6),
            state="disabled",
        )
        self._theme = theme
        self.lines: list[Say] = []
        """All that was added."""

    @property
    def text(self) -> str:
        """All lines."""
        return self.get("1.0", "end").strip()

    def add(self, say: Say) -> None:
        """Add a line."""
        self.lines.append(say)
        self.configure(state="normal")
        if self.text:
            self.insert("end", "\n")
        self.insert("end", say())
        self.configure(state="disabled")
        self.see("end")

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        palette = self._theme.palette
        self.configure(
            background=palette.raised, foreground=palette.text, insertbackground=palette.text
        )


def offer_said(passes: bool) -> str:
    """Return what is said of a new model that may take the old one's place, or may not."""
    return _("The new model is better. Use it?") if passes else _("The new model stays out.")


def progress_said(event: dict[str, Any], epochs: int) -> str:
    """Return how far a training is, of so many epochs, by its event "batch"."""
    said = _("Epoch {epoch} of {epochs}").format(epoch=event["epoch"], epochs=epochs)
    left = event.get("seconds_left")
    return said if left is None else f"{said}   {_('{time} left').format(time=duration(left))}"


def epoch_said(event: dict[str, Any]) -> str:
    """Return what came of an epoch, by its event "epoch"."""
    return _("Epoch {epoch}: {right} of the validation data right, loss {loss:.4f}.").format(
        epoch=event["epoch"], right=percent(event["val_accuracy"], 2), loss=event["val_loss"]
    )


def interpolated_said(event: dict[str, Any]) -> str:
    """Return how much of what was learnt is kept, by the training's event "interpolated"."""
    if event["share"] == 1:
        return _("All that it learnt is taken over.")
    said = _("{share} of what it learnt is taken over; more would forget, or help less.")
    return said.format(share=percent(event["share"], 0))


def crash_said(status: int, last_lines: str) -> str:
    """Return what is said of a training that ended without a word."""
    said = _(
        "The training process ended by itself ({status}). Close other programs if memory is short, "
        "and train again; your models and samples are as they were. Its last lines:"
    ).format(status=status)
    return f"{said}\n{last_lines}"
