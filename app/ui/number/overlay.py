"""The boxes around a number's digits on the canvas, each with what it was read as."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from app.ink.geometry import Rect
from app.ui.answer.formatting import with_minus
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TITLE, Theme

if TYPE_CHECKING:
    from app.ink.viewport import Viewport
    from app.numbers.number import NumberCharacter
    from app.ui.number.selection import NumberSelection

_TAG = "number"
_MARGIN = 3.0
"""Between ink and its box, in pixels at 100 %."""
_EDGE = 3.0
"""How far outside its box a tap still chooses a digit, in pixels at 100 %."""


class NumberOverlay:
    """Draws a NumberSelection over the ink."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self._theme = theme
        self._areas: list[tuple[float, int, Rect]] = []
        """What a tap chooses: the width (0 for a label), the digit's index, where on the canvas."""

    def at(self, x: float, y: float) -> int | None:
        """Return the index of the digit whose label or, of several, narrowest box is there.

        `x`, `y`: a place on the canvas, in pixels.
        """
        inside = [
            (width, index)
            for width, index, area in self._areas
            if area.left <= x <= area.right and area.top <= y <= area.bottom
        ]
        return min(inside)[1] if inside else None

    def show(self, selection: NumberSelection, viewport: Viewport) -> None:
        """Draw the boxes anew, the chosen one last and stronger."""
        self._canvas.delete(_TAG)
        self._areas.clear()
        characters = selection.characters
        boxes = [self._box(character, viewport) for character in characters]
        order = sorted(range(len(boxes)), key=lambda index: index == selection.index)
        for index in order:
            self._draw(characters[index], boxes, index, is_chosen=index == selection.index)

    def _box(self, character: NumberCharacter, viewport: Viewport) -> Rect:
        widths = [stroke.width for stroke in character.content.strokes]
        margin = max(widths, default=0.0) / 2 * viewport.zoom + self._theme.px(_MARGIN)
        return viewport.rect_to_pixels(character.box).grown(margin)

    def _draw(
        self, character: NumberCharacter, boxes: list[Rect], index: int, is_chosen: bool
    ) -> None:
        box, px = boxes[index], self._theme.px
        is_sure = character.is_digit and (
            character.prediction is None or character.prediction.is_sure
        )
        palette = self._theme.palette
        ink = palette.best if is_chosen else palette.muted
        if not character.is_digit:
            ink = palette.problem
        elif character.prediction is not None and character.prediction.matches_samples:
            ink = palette.own
        width = px(2) if is_chosen else px(1)
        self._canvas.create_rectangle(*box.edges, outline=ink, width=width, tags=_TAG)
        above = self._has_room_above(box, [*boxes[:index], *boxes[index + 1 :]])
        label = self._canvas.create_text(
            box.centre_x,
            box.top - px(1) if above else box.bottom + px(1),
            anchor="s" if above else "n",
            text=with_minus(character.text) if is_sure else f"{with_minus(character.text)}?",
            fill=ink,
            font=self._font(character.text, is_chosen),
            tags=_TAG,
        )
        around, written = box.grown(px(_EDGE)), Rect(*self._canvas.bbox(label))
        self._areas += [(around.width, index, around), (0.0, index, written)]

    def _has_room_above(self, box: Rect, others: list[Rect]) -> bool:
        """Whether a label fits above its box: a decimal point's would lie in its neighbour."""
        high, half = self._theme.px(20), self._theme.px(8)
        middle = box.centre_x
        room = Rect(middle - half, box.top - high, middle + half, box.top)
        return room.top >= 0 and not any(room.intersects(other) for other in others)

    def _font(self, text: str, is_chosen: bool) -> str:
        if not text.isdigit():
            return FONT_TITLE  # a smaller point would be lost beside the ink
        return FONT_STRONG if is_chosen else FONT_SMALL
