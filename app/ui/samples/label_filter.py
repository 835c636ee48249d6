"""The row of buttons above the samples: all of them, or those of one label."""

import tkinter as tk
from collections import Counter
from collections.abc import Callable, Sequence
from tkinter import ttk

from app.i18n import _
from app.recognition.alphabet import ALPHABETS
from app.storage.settings import DIGITS, OWN
from app.ui.theme.theme import Theme

ALL = "all"
NO_LABEL = "–"
"""What is shown for the label of what is none of an alphabet's."""
_NONE = ""
_MOST = 10


class LabelFilter(ttk.Frame):
    """A button for each digit, or for the most frequent labels of another alphabet."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, chosen: tk.StringVar, on_choose: Callable[[], None]
    ) -> None:
        """`chosen` is a label, or ALL."""
        super().__init__(parent)
        self._theme = theme
        self._chosen = chosen
        self._on_choose = on_choose

    def show(self, labels: Sequence[str], alphabet: str) -> None:
        """Show how many samples have each label; `labels` are those of all samples."""
        for child in self.winfo_children():
            child.destroy()
        counts = Counter(labels)
        shown: Sequence[str] = (*ALPHABETS[DIGITS].labels, _NONE)
        if alphabet != DIGITS:  # there is no room for all of them
            shown = [label for label, _count in counts.most_common(_MOST)]
        choices = [(_("All"), len(labels), ALL)]
        none = _("None") if alphabet == DIGITS else NO_LABEL
        choices += [(label or none, counts[label], label) for label in shown]
        for name, count, value in choices:
            ttk.Radiobutton(
                self,
                text=f"{name} ({count:,})",
                value=value,
                variable=self._chosen,
                style="Filter.Toolbutton",
                command=self._on_choose,
            ).pack(side="left", padx=(0, self._theme.px(2)))


def how_to_begin(alphabet: str) -> str:
    """Return what is said where there are no samples of an alphabet."""
    if alphabet == DIGITS:
        return _(
            "No samples yet. When an answer is wrong, press the right digit: the drawing is "
            "stored here."
        )
    if alphabet == OWN:
        return _("The drawings of your symbols are in the window My Symbols.")
    return _(
        "No samples yet. When an answer is wrong, type the right character: the drawing is "
        "stored here. Samples of another alphabet are shown when you choose it."
    )
