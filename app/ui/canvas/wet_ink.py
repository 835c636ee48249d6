"""The stroke that is being drawn, on the canvas: its curve up to the pointer.

One canvas line for every motion, so that an event costs the same however long the stroke is. A new
point bends only the cubic before it; that line and the new one are all that Tk draws again.
"""

import tkinter as tk
from collections.abc import Sequence
from itertools import chain, groupby

from app.ink.curve import PIXEL_TOLERANCE, Bezier, Place, beziers, flattened, pieces
from app.ui.theme.theme import Theme

_WET = "wet"
_REACH = 4
"""A cubic depends on this many points: its ends and their neighbours."""


class WetInk:
    """Draws strokes point by point, as `DryInk` draws them whole. All places are in pixels."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self._theme = theme
        self._width = 0.0
        self._last: list[Place] = []
        """The last distinct places, _REACH at most."""
        self._item = 0
        """The line that ends at the pointer."""

    def begin(self, places: Sequence[Place], width: float) -> None:
        """Begin a stroke that has come through `places`, at least one, with a pen of `width`."""
        self._width = width
        distinct = [place for place, _same in groupby(places)]
        self._last = distinct[-_REACH:]
        if len(distinct) < 3:
            self._item = self._line(list(flattened(distinct, PIXEL_TOLERANCE)))
            return
        *finished, last = beziers(distinct)
        ends = chain.from_iterable(pieces(bezier, PIXEL_TOLERANCE) for bezier in finished)
        self._line([distinct[0], *ends])
        self._item = self._line(_places(last))

    def extend(self, x: float, y: float) -> None:
        """Draw on to a place."""
        if self._last[-1] == (x, y):
            return
        self._last = [*self._last[1 - _REACH :], (x, y)]
        *_, bent, last = None, *beziers(self._last)
        if bent is None:  # the stroke was a dot
            self._canvas.coords(self._item, *_flat(_places(last)))
            return
        self._canvas.coords(self._item, *_flat(_places(bent)))
        self._item = self._line(_places(last))

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self._canvas.itemconfigure(_WET, fill=self._theme.palette.ink)

    def remove(self) -> None:
        """Remove everything that was drawn."""
        self._canvas.delete(_WET)

    def _line(self, places: list[Place]) -> int:
        return self._canvas.create_line(
            *_flat(places if len(places) > 1 else places * 2),
            width=self._width,
            fill=self._theme.palette.ink,
            capstyle="round",
            joinstyle="round",
            tags=_WET,
        )


def _places(bezier: Bezier) -> list[Place]:
    return [bezier[0], *pieces(bezier, PIXEL_TOLERANCE)]


def _flat(places: list[Place]) -> list[float]:
    return list(chain.from_iterable(places))
