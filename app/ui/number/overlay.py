"""Owns the boxes around a number's digits on the canvas, each with its reading."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from app.ink.geometry import Rect
from app.ui.answer.answer_view import written
from app.ui.theme.palette import LIGHT
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TITLE, Theme

if TYPE_CHECKING:
    from app.ink.viewport import Viewport
    from app.numbers.number import NumberCharacter
    from app.ui.number.selection import NumberState

_TAG = "number"
_MARGIN = 3.0
"""Between ink and its box, in pixels at 100 %."""


class NumberBoxes:
    """Draws a NumberState over the ink, in colours for the paper, which is white in every theme."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self._theme = theme

    def show(self, state: NumberState, view: Viewport) -> None:
        """Draw the boxes anew, the chosen one last and stronger."""
        self._canvas.delete(_TAG)
        boxes = [self._box(mark, view) for mark in state.marks]
        order = sorted(range(len(boxes)), key=lambda index: index == state.index)
        for index in order:
            self._draw(state.marks[index], boxes, index, is_chosen=index == state.index)

    def _box(self, mark: NumberCharacter, view: Viewport) -> Rect:
        widths = [stroke.width for stroke in mark.content.strokes]
        margin = max(widths, default=0.0) / 2 * view.zoom + self._theme.px(_MARGIN)
        return view.rect_to_pixels(mark.box).grown(margin)

    def _draw(self, mark: NumberCharacter, boxes: list[Rect], index: int, is_chosen: bool) -> None:
        box, px = boxes[index], self._theme.px
        is_sure = mark.is_digit and (mark.prediction is None or mark.prediction.is_sure)
        ink = LIGHT.best if is_chosen else LIGHT.muted
        if not mark.is_digit:
            ink = LIGHT.problem
        elif mark.prediction is not None and mark.prediction.matches_samples:
            ink = LIGHT.own
        width = px(2) if is_chosen else px(1)
        self._canvas.create_rectangle(*box.edges, outline=ink, width=width, tags=_TAG)
        above = self._has_room_above(box, [*boxes[:index], *boxes[index + 1 :]])
        self._canvas.create_text(
            (box.left + box.right) / 2,
            box.top - px(1) if above else box.bottom + px(1),
            anchor="s" if above else "n",
            text=written(mark.text) if is_sure else f"{written(mark.text)}?",
            fill=ink,
            font=self._font(mark.text, is_chosen),
            tags=_TAG,
        )

    def _has_room_above(self, box: Rect, others: list[Rect]) -> bool:
        """Whether what a box is read as may stand above it; a point's would be in its neighbour."""
        high, half = self._theme.px(20), self._theme.px(8)
        middle = (box.left + box.right) / 2
        room = Rect(middle - half, box.top - high, middle + half, box.top)
        return room.top >= 0 and not any(room.intersects(other) for other in others)

    def _font(self, text: str, is_chosen: bool) -> str:
        if not text.isdigit():
            return FONT_TITLE  # a point in a smaller one is lost beside the ink
        return FONT_STRONG if is_chosen else FONT_SMALL
