"""The frames around a number's digits on the canvas, each with what it was read as."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, NamedTuple

from app.ink.geometry import Rect
from app.ui.answer.formatting import with_minus
from app.ui.number.frames import frames
from app.ui.theme.icons import Role
from app.ui.theme.shapes import picture, rounded
from app.ui.theme.theme import FONT_STRONG, Theme

if TYPE_CHECKING:
    from app.ink.viewport import Viewport
    from app.numbers.number import NumberCharacter
    from app.ui.number.selection import NumberSelection

_TAG, _FRAME = "number", "frame"
_MARGIN, _GAP, _RADIUS = 5.0, 2.0, 6
"""Between ink and its frame, between two frames, and of a frame's corners, in pixels at 100 %."""
_EDGE = 3.0
"""How far outside its frame a tap still chooses a digit, in pixels at 100 %."""
_LABEL = 22, 20
"""The least width and the height of a label, in pixels at 100 %."""
_TAUGHT_MARK = "graduation-cap"


class _Colours(NamedTuple):
    """Of a frame, and of the label above it."""

    edge: str
    label: str
    text: str
    mark: Role
    """The colour of the icon that says that an answer was taught."""


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
        """Draw the frames anew, the chosen one last and stronger."""
        self._canvas.delete(_TAG)
        self._areas.clear()
        characters, chosen, px = selection.characters, selection.index, self._theme.px
        inks = [_ink(character, viewport) for character in characters]
        boxes = [ink.grown(px(_MARGIN)) for ink in inks]
        drawn = frames(inks, px(_MARGIN), px(_GAP), chosen)
        for index in sorted(range(len(inks)), key=lambda index: index == chosen):
            box, character = boxes[index], characters[index]
            colours = self._colours(character, index == chosen)
            if (frame := drawn[index]) is not None:
                self._frame(frame, colours.edge, px(2) if index == chosen else px(1))
            others = [*boxes[:index], *boxes[index + 1 :]]
            label = self._label(character, box, others, colours)
            around = box.grown(px(_EDGE))
            self._areas += [(around.width, index, around), (0.0, index, label)]

    def _colours(self, character: NumberCharacter, is_chosen: bool) -> _Colours:
        palette = self._theme.palette
        if not character.is_known:
            return _Colours(palette.problem, palette.problem, palette.on_best, "on_best")
        if not _is_sure(character):
            return _Colours(palette.doubt, palette.doubt, palette.on_best, "on_best")
        if is_chosen:
            return _Colours(palette.best, palette.best, palette.on_best, "on_best")
        return _Colours(palette.border, palette.track, palette.text, "best")

    def _frame(self, frame: Rect, colour: str, width: int) -> None:
        left, top, right, bottom = frame.edges
        x, y = (min(self._theme.px(_RADIUS), side / 2) for side in (frame.width, frame.height))
        # A smooth polygon goes straight between points that it has twice.
        points = (
            *(left + x, top, left + x, top, right - x, top, right - x, top, right, top),
            *(right, top + y, right, top + y, right, bottom - y, right, bottom - y, right, bottom),
            *(right - x, bottom, right - x, bottom, left + x, bottom, left + x, bottom),
            *(left, bottom, left, bottom - y, left, bottom - y, left, top + y, left, top + y),
            *(left, top),
        )
        self._canvas.create_polygon(
            *points, smooth=True, fill="", outline=colour, width=width, tags=(_TAG, _FRAME)
        )

    def _label(
        self, character: NumberCharacter, box: Rect, others: list[Rect], colours: _Colours
    ) -> Rect:
        """Draw what a character was read as above its frame, or below it; return where."""
        canvas, px, call = self._canvas, self._theme.px, self._canvas.tk.call
        text = with_minus(character.text) + "?" * (not _is_sure(character))
        prediction = character.prediction
        is_taught = prediction is not None and prediction.matches_samples
        icon = self._theme.icon(_TAUGHT_MARK, colours.mark) if is_taught else ""
        mark = int(call("image", "width", icon)) + px(2) if icon else 0
        wide = int(call("font", "measure", FONT_STRONG, text)) + mark + px(12)
        width, height = max(wide, px(_LABEL[0])), px(_LABEL[1])
        left = round(min(max(box.centre_x - width / 2, 0), canvas.winfo_width() - width))
        room = Rect(left, box.top - px(2) - height, left + width, box.top - px(2))
        if room.top < 0 or any(room.intersects(other) for other in others):
            room = room.moved(0, box.height + height + px(4))
        top = round(room.top)
        canvas.create_image(
            left, top, anchor="nw", image=self._shape(width, height, colours.label), tags=_TAG
        )
        if icon:
            at = left + px(5), top + height / 2
            canvas.create_image(*at, anchor="w", image=icon, tags=_TAG)
        canvas.create_text(
            left + (width + mark) / 2,
            top + height / 2,
            text=text,
            fill=colours.text,
            font=FONT_STRONG,
            tags=_TAG,
        )
        return room

    def _shape(self, width: int, height: int, colour: str) -> str:
        """Return the name of the image of a label without its text."""
        name, call = f"label-{width}-{height}-{colour}", self._canvas.tk.call
        if name not in self._canvas.tk.splitlist(call("image", "names")):
            radius = self._theme.px(_RADIUS)
            layers = [(rounded(0, 0, width, height, radius), colour)]
            data = picture(width, height, layers, corner=min(radius + 1, width // 2, height // 2))
            call("image", "create", "photo", name, "-data", data)
        return name


def _is_sure(character: NumberCharacter) -> bool:
    prediction = character.prediction
    return character.is_known and (prediction is None or prediction.is_sure)


def _ink(character: NumberCharacter, viewport: Viewport) -> Rect:
    """Return the box of a character's ink, in pixels on the canvas."""
    widths = [stroke.width for stroke in character.content.strokes]
    half = max(widths, default=0.0) / 2 * viewport.zoom
    return viewport.rect_to_pixels(character.box).grown(half)
