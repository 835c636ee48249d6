"""The log of a training: lines of text, the latest at the bottom."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.theme.theme import FONT_SMALL
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.ui.retrain.event_text import Sentence
    from app.ui.theme.theme import Theme


class EventLog(tk.Text):
    """Shows lines that are only ever added to."""

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
        self._count = 0
        follow(self, theme.palette_changed, self.apply_theme)
        self.apply_theme()

    @property
    def text(self) -> str:
        """All lines."""
        return self.get("1.0", "end").strip()

    def show(self, lines: Sequence[Sentence]) -> None:
        """Add the lines that are not shown yet, and scroll to the last one."""
        for line in lines[self._count :]:
            self.configure(state="normal")
            self.insert("end", f"\n{line()}" if self._count else line())
            self.configure(state="disabled")
            self._count += 1
            self.see("end")

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        palette = self._theme.palette
        self.configure(
            background=palette.raised, foreground=palette.text, insertbackground=palette.text
        )
