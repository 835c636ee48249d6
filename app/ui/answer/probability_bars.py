"""The bar chart of the class probabilities, as canvas items that are moved, never made again."""

import tkinter as tk
from collections.abc import Callable, Sequence

from app.ui.answer.formatting import percent
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TEXT, Theme

_MIN_ROW = 15.5
"""Lines of text in rows lower than this, in pixels at 100 %, would touch: the font is smaller."""


class ProbabilityBars(tk.Canvas):
    """One bar for each label with its probability beside it; the best one is highlighted.

    A click on a bar chooses its label as the right one.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, labels: Sequence[str], on_choose: Callable[[str], None]
    ) -> None:
        self._theme = theme
        self._labels = tuple(labels)
        self._on_choose = on_choose
        super().__init__(
            parent,
            width=theme.px(260),
            height=theme.px(26) * len(labels),
            highlightthickness=0,
            borderwidth=0,
            cursor="hand2",
            takefocus=False,  # a digit key does the same
        )
        self._pointed_at: int | None = None
        self._own = False
        self._probabilities: tuple[float, ...] | None = None
        self._sure = True
        self._rows = [
            (
                self.create_text(0, 0, text=label, anchor="w", font=FONT_STRONG),
                self.create_rectangle(0, 0, 0, 0, width=0),
                self.create_rectangle(0, 0, 0, 0, width=0),
                self.create_text(0, 0, text="", anchor="e", font=FONT_TEXT),
            )
            for label in labels
        ]
        self.bind("<Configure>", self._placed)
        self.bind("<Motion>", self._point)
        self.bind("<Leave>", self._point)
        self.bind("<ButtonRelease-1>", self._choose)
        self.configure(background=theme.palette.ground)  # the rest when the size is known

    def show(
        self, probabilities: tuple[float, ...] | None, sure: bool = True, own: bool = False
    ) -> None:
        """Show probabilities (0 to 1), one for each label, or none.

        `sure`: highlight the best bar; `own`: in the colour of answers from the user's samples.
        """
        self._probabilities = probabilities
        self._sure = sure
        self._own = own
        self._draw()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.configure(background=self._theme.palette.ground)
        self._draw()

    def _row_at(self, y: int) -> int:
        step = max(self.winfo_height() / len(self._rows), 1.0)
        return min(max(int(y / step), 0), len(self._rows) - 1)

    def _point(self, event: "tk.Event[tk.Misc]") -> None:
        leaves = event.type == tk.EventType.Leave
        row = None if leaves else self._row_at(event.y)
        if row != self._pointed_at:
            self._pointed_at = row
            self._draw()

    def _choose(self, event: "tk.Event[tk.Misc]") -> None:
        inside = 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height()
        if inside:
            self._on_choose(self._labels[self._row_at(event.y)])

    def _placed(self, _event: "tk.Event[tk.Misc]") -> None:
        self._draw()

    def _draw(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        left, right = px(22), max(self.winfo_width() - px(76), px(60))
        step = max(self.winfo_height() / len(self._rows), 1.0)
        thick = min(step * 0.62, px(24))
        plain = FONT_TEXT if step >= px(_MIN_ROW) else FONT_SMALL
        values = self._probabilities
        best = max(values) if values and self._sure else None
        for index, (label, track, bar, share) in enumerate(self._rows):
            middle = step * (index + 0.5)
            value = values[index] if values else 0.0
            stands_out = values is not None and value == best
            top, bottom = middle - thick / 2, middle + thick / 2
            self.coords(label, px(1), middle)
            self.coords(track, left, top, right, bottom)
            self.coords(bar, left, top, left + (right - left) * value, bottom)
            self.coords(share, self.winfo_width() - 1, middle)
            ink = palette.text if stands_out or index == self._pointed_at else palette.muted
            winner = palette.own if self._own else palette.best
            self.itemconfigure(
                bar,
                fill=winner if stands_out else palette.bar,
                state="normal" if (right - left) * value >= 0.5 else "hidden",
            )
            self.itemconfigure(
                track, fill=palette.pressed if index == self._pointed_at else palette.track
            )
            self.itemconfigure(label, fill=ink, font=FONT_STRONG if plain == FONT_TEXT else plain)
            self.itemconfigure(
                share,
                fill=ink,
                text=percent(value) if values else "",
                font=FONT_STRONG if stands_out else plain,
            )
