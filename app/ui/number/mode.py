"""Number mode on the canvas: boxes around the digits, and selecting one by tap or Tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.number.overlay import NumberOverlay
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.canvas.sketchpad import Sketchpad
    from app.ui.number.selection import NumberSelection
    from app.ui.theme.theme import Theme


class NumberMode:
    """Connects a selection to a sketchpad for as long as the sketchpad exists."""

    def __init__(self, sketchpad: Sketchpad, *, theme: Theme, selection: NumberSelection) -> None:
        self._sketchpad = sketchpad
        self._selection = selection
        canvas = sketchpad.canvas
        self._overlay = NumberOverlay(canvas, theme)
        sketchpad.tap_handler = self._tapped
        follow(sketchpad, selection.changed, self._draw)
        follow(sketchpad, theme.palette_changed, self._draw)
        follow(sketchpad, sketchpad.viewport_changed, self._draw)
        canvas.bind("<Tab>", lambda _event: self._tabbed(1))
        canvas.bind("<Shift-Tab>", lambda _event: self._tabbed(-1))
        if canvas.tk.call("tk", "windowingsystem") == "x11":
            canvas.bind("<ISO_Left_Tab>", lambda _event: self._tabbed(-1))
        self._draw()

    def _tapped(self, x: int, y: int) -> Callable[[], None] | None:
        """Return what a tap at a place on the canvas does: it selects the digit there."""
        return None if self._overlay.at(x, y) is None else partial(self.select_at, x, y)

    def select_at(self, x: int, y: int) -> None:
        """Select the digit whose box or label is at a place on the canvas, in pixels."""
        # Looked for again: an answer may have come since the button was pressed.
        index = self._overlay.at(x, y)
        if index is not None:
            self._selection.select(index)

    def _tabbed(self, by: int) -> str | None:
        """Select the next digit; beyond the last one Tab moves to the next widget."""
        if not 0 <= self._selection.index + by < len(self._selection.characters):
            return None
        self._selection.step(by)
        return "break"

    def _draw(self) -> None:
        self._overlay.show(self._selection, self._sketchpad.viewport)
