"""Owns the boxes around a number's digits on the canvas, each with its reading."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from app.window.answer import written
from app.window.look import FONT_SMALL, FONT_STRONG, FONT_TITLE, Look
from app.window.palette import LIGHT

if TYPE_CHECKING:
    from app.ink.view import View
    from app.window.number_state import NumberState

_TAG = "number"
_MARGIN = 3.0
"""Between ink and its box, in pixels at 100 %."""


class NumberBoxes:
    """Draws a NumberState over the ink, in colours for the paper, which is white in every theme."""

    def __init__(self, canvas: tk.Canvas, look: Look) -> None:
        self._canvas = canvas
        self._look = look

    def show(self, state: NumberState, view: View) -> None:
        """Draw the boxes anew, the chosen one last and stronger."""
        self._canvas.delete(_TAG)
        order = sorted(range(len(state.marks)), key=lambda index: index == state.index)
        for index in order:
            self._draw(state, index, view)

    def _draw(self, state: NumberState, index: int, view: View) -> None:
        mark, px = state.marks[index], self._look.px
        is_sure = mark.is_digit and (mark.prediction is None or mark.prediction.is_sure)
        is_chosen = index == state.index
        ink = LIGHT.best if is_chosen else LIGHT.muted
        if not mark.is_digit:
            ink = LIGHT.problem
        elif mark.prediction is not None and mark.prediction.own:
            ink = LIGHT.own
        widths = [stroke.width for stroke in mark.content.strokes]
        margin = max(widths, default=0.0) / 2 * view.zoom + px(_MARGIN)
        left, top = view.to_pixels(mark.box.left, mark.box.top)
        right, bottom = view.to_pixels(mark.box.right, mark.box.bottom)
        box = (left - margin, top - margin, right + margin, bottom + margin)
        self._canvas.create_rectangle(
            *box, outline=ink, width=px(2) if is_chosen else px(1), tags=_TAG
        )
        # Above the box; below it where there is no room above.
        high = px(20)
        above = box[1] >= high
        self._canvas.create_text(
            (box[0] + box[2]) / 2,
            box[1] - px(1) if above else box[3] + px(1),
            anchor="s" if above else "n",
            text=written(mark.text) if is_sure else f"{written(mark.text)}?",
            fill=ink,
            font=self._font(mark.text, is_chosen),
            tags=_TAG,
        )

    def _font(self, text: str, is_chosen: bool) -> str:
        if not text.isdigit():
            return FONT_TITLE  # a point in a smaller one is lost beside the ink
        return FONT_STRONG if is_chosen else FONT_SMALL
