"""The curves of the time machine: every label's probability while the drawing was written."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, Theme

if TYPE_CHECKING:
    from app.explanation.timeline import Timeline

_LEAST = 0.15
"""A label that is never more probable has no curve."""
_HEIGHT = 130
LEFT, RIGHT = 46, 10
"""The margins beside the curves, in pixels at 100 %."""
_NAME = 20
"""The room above them, for a label's name above its curve's peak."""


class TimeCurves(tk.Canvas):
    """Probabilities from 0 to 100 % over time; dashed lines where the pen was lifted."""

    def __init__(self, parent: tk.Misc, theme: Theme, go_to: Callable[[float], None]) -> None:
        """`go_to` is called with the time, in milliseconds, that the pointer is put to."""
        super().__init__(
            parent, height=theme.px(_HEIGHT), width=1, highlightthickness=0, borderwidth=0
        )
        self._theme = theme
        self._go_to = go_to
        self._timeline: Timeline | None = None
        self._times: Sequence[float] = (0.0,)
        self._cursor = 0
        self._position = 0.0
        self.bind("<Configure>", lambda _event: self._draw())
        for event in ("<ButtonPress-1>", "<B1-Motion>"):
            self.bind(event, self._pointed)

    def show(self, timeline: Timeline, times: Sequence[float]) -> None:
        """Show a timeline whose moments are shown at these times."""
        self._timeline, self._times = timeline, times
        self._draw()

    def clear(self) -> None:
        """Show nothing."""
        self._timeline = None
        self._draw()

    def point_to(self, position: float) -> None:
        """Move the line that marks the present moment there."""
        if self["background"] != self._theme.palette.ground:
            self._draw()
        self._position = position
        x = self._x(position)
        self.coords(self._cursor, x, self._theme.px(4), x, self._bottom)

    @property
    def _bottom(self) -> float:
        return self.winfo_height() - self._theme.px(8)

    @property
    def _ends(self) -> tuple[int, int]:
        """Where the first and the last moment are drawn."""
        return self._theme.px(LEFT), self.winfo_width() - self._theme.px(RIGHT)

    def _x(self, at: float) -> float:
        left, right = self._ends
        return left + at / max(self._times[-1], 1.0) * (right - left)

    def _y(self, share: float) -> float:
        top = self._theme.px(_NAME)
        return self._bottom - share * (self._bottom - top)

    def _draw(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        self.delete("all")
        self.configure(background=palette.ground)
        left, right = self._ends
        for share, text in ((0.0, "0"), (0.5, "50"), (1.0, "100")):
            y = self._y(share)
            self.create_line(left, y, right, y, fill=palette.track)
            label = _("{percent} %").format(percent=text)
            self.create_text(px(40), y, text=label, anchor="e", font=FONT_SMALL, fill=palette.muted)
        if self._timeline is not None:
            self._draw_curves(self._timeline)
        self._cursor = self.create_line(0, 0, 0, 0, fill=palette.text, width=px(2))
        self.coords(self._cursor, *(2 * (self._x(self._position), self._bottom)))

    def _draw_curves(self, timeline: Timeline) -> None:
        palette, px, shares = self._theme.palette, self._theme.px, timeline.probabilities
        for moment in timeline.pen_lifts:
            x = self._x(self._times[moment])
            self.create_line(
                x,
                self._y(1.0),
                x,
                self._bottom,
                fill=palette.muted,
                dash=(px(3), px(4)),
                width=px(1),
            )
        answer = int(shares[-1].argmax())
        peaks = shares.max(axis=0)
        shown = [label for label in range(len(peaks)) if peaks[label] >= _LEAST or label == answer]
        for label in sorted(shown, key=lambda one: one == answer):
            colour = palette.best if label == answer else palette.bar
            points = [
                (self._x(at), self._y(share))
                for at, share in zip(self._times, shares[:, label].tolist(), strict=True)
            ]
            width = px(3) if label == answer else px(1.5)
            self.create_line(*(points if len(points) > 1 else points * 2), fill=colour, width=width)
            x, y = points[int(shares[:, label].argmax())]
            self.create_text(
                min(max(x, px(52)), self.winfo_width() - px(18)),
                y - px(2),
                text=timeline.labels[label],
                anchor="s",
                font=FONT_STRONG,
                fill=palette.best if label == answer else palette.muted,
            )

    def _pointed(self, event: tk.Event[tk.Misc]) -> None:
        left, right = self._ends
        self._go_to((event.x - left) / max(right - left, 1.0) * self._times[-1])
