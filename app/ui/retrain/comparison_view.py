"""The results of a finished training: the old and the new model side by side."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.answer.formatting import percent
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_STRONG, FONT_TEXT, Theme

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

_MAX_DRAWINGS = 8
_REASON_WIDTH = 560
"""The width at which a reason is wrapped, in pixels at 100 %."""


class ComparisonView(ttk.Frame):
    """Accuracy on three data sets, mistakes by digit, reasons, drawings answered differently."""

    def __init__(self, parent: tk.Misc, theme: Theme, event: dict[str, Any]) -> None:
        """`event`: the training's event "compared"."""
        super().__init__(parent)
        self._theme = theme
        self.passes = bool(event["passes"])
        self.reasons = [str(reason) for reason in event["reasons"]]
        px = theme.px
        for column, text in enumerate((_("Accuracy"), _("Before"), _("After"), "")):
            label = ttk.Label(self, text=text, style="Muted.TLabel")
            label.grid(row=0, column=column, sticky="w" if column == 0 else "e", padx=(0, px(18)))
        for row, (name, key) in enumerate(
            (
                (_("Your held-out samples"), "own"),
                (_("Validation data"), "validation"),
                (_("MNIST test set"), "mnist"),
            ),
            1,
        ):
            self._row(row, name, event[key])
        self._by_digit(event["validation"]).grid(
            row=4, column=0, columnspan=4, sticky="w", pady=(px(14), 0)
        )
        for number, reason in enumerate(self.reasons):
            text = wrap_text(self, reason, px(_REASON_WIDTH), FONT_TEXT)
            ttk.Label(
                self,
                text=text,
                style="Problem.TLabel",
                wraplength=px(_REASON_WIDTH),
                justify="left",
            ).grid(row=5 + number, column=0, columnspan=4, sticky="w", pady=(px(10), 0))
        self.changed = [dict(one) for one in event["changed"][:_MAX_DRAWINGS]]
        """Held-out samples that the models answer differently: name, label, before, after."""
        self._pictures: list[PhotoImage] = []

    def show_drawings(self, drawings: dict[str, Image]) -> None:
        """Show the drawings of the samples in `changed`, by the samples' names."""
        from PIL import ImageTk

        px = self._theme.px
        strip = ttk.Frame(self)
        strip.grid(row=20, column=0, columnspan=4, sticky="w", pady=(px(14), 0))
        ttk.Label(strip, text=_("Answered differently now:"), style="Muted.TLabel").grid(
            row=0, column=0, columnspan=_MAX_DRAWINGS, sticky="w", pady=(0, px(4))
        )
        for column, one in enumerate(self.changed):
            if one["name"] not in drawings:
                continue
            picture = ImageTk.PhotoImage(drawings[one["name"]], master=self)
            self._pictures.append(picture)
            ttk.Label(strip, image=picture).grid(row=1, column=column, padx=(0, px(8)))
            text = _("{before} → {after}").format(**one)
            style = "TLabel" if one["after"] == one["label"] else "Problem.TLabel"
            ttk.Label(strip, text=text, style=style).grid(row=2, column=column, padx=(0, px(8)))

    def _row(self, row: int, name: str, pair: list[dict[str, Any]]) -> None:
        """Add a row with the accuracy before and after on one data set."""
        px = self._theme.px
        before, after = pair
        ttk.Label(self, text=name).grid(row=row, column=0, sticky="w", padx=(0, px(18)), pady=px(5))
        if not before["count"]:
            ttk.Label(self, text=_("too few"), style="Muted.TLabel").grid(
                row=row, column=1, sticky="e", padx=(0, px(18))
            )
            return
        for column, score in ((1, before), (2, after)):
            ttk.Label(
                self, text=percent(score["right"] / score["count"], 2), font=FONT_STRONG
            ).grid(row=row, column=column, sticky="e", padx=(0, px(18)))
        text = _("{right:,} of {count:,} → {after:,} of {count:,}").format(
            right=before["right"], count=before["count"], after=after["right"]
        )
        ttk.Label(self, text=text, style="Muted.TLabel").grid(row=row, column=3, sticky="e")

    def _by_digit(self, pair: list[dict[str, Any]]) -> ttk.Frame:
        """Return a table of each digit's mistakes on the validation data, before and after."""
        px, table = self._theme.px, ttk.Frame(self)
        ttk.Label(table, text=_("Mistakes by digit"), style="Muted.TLabel").grid(
            row=0, column=0, sticky="w", padx=(0, px(12)), pady=(0, px(4))
        )
        for digit in range(10):
            ttk.Label(table, text=str(digit), font=FONT_STRONG).grid(
                row=0, column=digit + 1, padx=px(10), pady=(0, px(4))
            )
        for row, (name, score) in enumerate(zip((_("Before"), _("After")), pair, strict=True), 1):
            ttk.Label(table, text=name, style="Muted.TLabel").grid(
                row=row, column=0, sticky="w", pady=px(2)
            )
            for digit, (right, count) in enumerate(score["by_digit"]):
                ttk.Label(table, text=str(count - right)).grid(row=row, column=digit + 1)
        return table
