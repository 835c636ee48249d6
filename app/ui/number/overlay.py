"""The boxes around a number's digits on the canvas, each with what it was read as."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, NamedTuple

from app.ui.answer.formatting import with_minus
from app.ui.theme.palette import LIGHT
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TITLE, Theme

if TYPE_CHECKING:
    from app.ink.viewport import Viewport
    from app.numbers.number import NumberCharacter
    from app.ui.number.selection import NumberSelection

_TAG = "number"
_MARGIN = 3.0
"""Between ink and its box, in pixels at 100 %."""


class _Box(NamedTuple):
    """In pixels of the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: _Box) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


class NumberOverlay:
    """Draws a NumberSelection over the ink, in colours for white paper, whatever the theme."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self._theme = theme

    def show(self, selection: NumberSelection, view: Viewport) -> None:
        """Draw the boxes anew, the chosen one last and stronger."""
        self._canvas.delete(_TAG)
        boxes = [self._box(mark, view) for mark in selection.characters]
        order = sorted(range(len(boxes)), key=lambda index: index == selection.index)
        for index in order:
            self._draw(
                selection.characters[index], boxes, index, is_chosen=index == selection.index
            )

    def _box(self, mark: NumberCharacter, view: Viewport) -> _Box:
        widths = [stroke.width for stroke in mark.content.strokes]
        margin = max(widths, default=0.0) / 2 * view.zoom + self._theme.px(_MARGIN)
        left, top = view.to_pixels(mark.box.left, mark.box.top)
        right, bottom = view.to_pixels(mark.box.right, mark.box.bottom)
        return _Box(left - margin, top - margin, right + margin, bottom + margin)

    def _draw(self, mark: NumberCharacter, boxes: list[_Box], index: int, is_chosen: bool) -> None:
        box, px = boxes[index], self._theme.px
        is_sure = mark.is_digit and (mark.prediction is None or mark.prediction.is_sure)
        ink = LIGHT.best if is_chosen else LIGHT.muted
        if not mark.is_digit:
            ink = LIGHT.problem
        elif mark.prediction is not None and mark.prediction.matches_samples:
            ink = LIGHT.own
        width = px(2) if is_chosen else px(1)
        self._canvas.create_rectangle(*box, outline=ink, width=width, tags=_TAG)
        above = self._has_room_above(box, [*boxes[:index], *boxes[index + 1 :]])
        self._canvas.create_text(
            (box.left + box.right) / 2,
            box.top - px(1) if above else box.bottom + px(1),
            anchor="s" if above else "n",
            text=with_minus(mark.text) if is_sure else f"{with_minus(mark.text)}?",
            fill=ink,
            font=self._font(mark.text, is_chosen),
            tags=_TAG,
        )

    def _has_room_above(self, box: _Box, others: list[_Box]) -> bool:
        """Whether what a box is read as may stand above it; a point's would be in its neighbour."""
        high, half = self._theme.px(20), self._theme.px(8)
        middle = (box.left + box.right) / 2
        room = _Box(middle - half, box.top - high, middle + half, box.top)
        return room.top >= 0 and not any(room.overlaps(other) for other in others)

    def _font(self, text: str, is_chosen: bool) -> str:
        if not text.isdigit():
            return FONT_TITLE  # a point in a smaller one is lost beside the ink
        return FONT_STRONG if is_chosen else FONT_SMALL
