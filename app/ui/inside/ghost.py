"""Ghost ink: strokes that are shown over the drawing on the canvas and are no part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.signal import Signal
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.ink.stroke import Stroke
    from app.ui.canvas.sketchpad import Sketchpad
    from app.ui.theme.theme import Theme

_TAG = "ghost"
_WIDTH, _EDGE = 3, 6
"""Of a line and of the paper around it, in pixels at 100 %."""


class Ghost:
    """The strokes that are shown now; none most of the time."""

    def __init__(self) -> None:
        self.strokes: tuple[Stroke, ...] = ()
        self.changed: Signal[[]] = Signal()

    def show(self, strokes: tuple[Stroke, ...]) -> None:
        """Show these strokes in place of those before; () shows none."""
        if strokes != self.strokes:
            self.strokes = strokes
            self.changed.emit()


class GhostOverlay:
    """Draws a Ghost on a sketchpad for as long as the sketchpad exists."""

    def __init__(self, sketchpad: Sketchpad, *, theme: Theme, ghost: Ghost) -> None:
        self._sketchpad = sketchpad
        self._theme = theme
        self._ghost = ghost
        follow(sketchpad, ghost.changed, self._draw)
        follow(sketchpad, theme.palette_changed, self._draw)
        follow(sketchpad, sketchpad.viewport_changed, self._draw)
        self._draw()

    def _draw(self) -> None:
        canvas, view, px = self._sketchpad.canvas, self._sketchpad.viewport, self._theme.px
        palette = self._theme.palette
        canvas.delete(_TAG)
        for stroke in self._ghost.strokes:
            points = [view.to_pixels(x, y) for x, y, _t in stroke.points]
            points = points if len(points) > 1 else points * 2
            for colour, width in ((palette.paper, px(_EDGE)), (palette.best, px(_WIDTH))):
                canvas.create_line(
                    *points,
                    fill=colour,
                    width=width,
                    capstyle="round",
                    joinstyle="round",
                    tags=_TAG,
                )
