"""The button "These look like 37: read them as a number?"."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.formatting import with_minus
from app.ui.menu.key_bindings import key_text
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.ui.number.offer import NumberOffer

_KEY = "Mod+D"
"""The key of Number in the menu View: it accepts the offer, and goes back to one digit."""
_STYLE = "Offer.Main.TButton"


class NumberOfferButton(ttk.Button):
    """In its parent's grid while there is an offer."""

    def __init__(self, parent: tk.Misc, *, offer: NumberOffer) -> None:
        super().__init__(parent, command=offer.accept, style=_STYLE)
        ttk.Style(self).configure(_STYLE, justify="center")
        self._offer = offer
        follow(self, offer.changed, self._show)

    def place_in(self, row: int, gap: int) -> None:
        """Appear in this row of the grid, `gap` pixels below the one before."""
        self.grid(row=row, column=0, columnspan=2, sticky="new", pady=(gap, 0))
        self._show()

    def _show(self) -> None:
        if not self._offer.text:
            self.grid_remove()
            return
        text = _("These look like {number}:\nread them as a number? ({key})")
        key = key_text(self, _KEY)
        self.configure(text=text.format(number=with_minus(self._offer.text), key=key))
        self.grid()
