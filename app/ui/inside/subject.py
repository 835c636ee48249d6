"""The ink that is looked at: the drawing, or the selected digit of a number, and its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.ink.drawing import Content
from app.storage.settings import DIGITS
from app.ui.inside.ghost import Ghost

if TYPE_CHECKING:
    from app.ink.stroke import Stroke
    from app.recognition.prediction import Prediction
    from app.ui.document.document import Document
    from app.ui.number.selection import NumberSelection


class Subject:
    """Reads the document and its answer; emits nothing of its own: follow the selection."""

    def __init__(self, *, document: Document, selection: NumberSelection) -> None:
        self._document = document
        self._selection = selection
        self.ghost = Ghost()
        """The changed ink that is shown over the drawing."""
        self.label = ""
        """The label that the user has chosen to look at; "" for the answer."""
        self.wanted = ""
        """The label that the ink is to become; "" for the most probable but the answer."""

    @property
    def in_gesture(self) -> bool:
        """Whether the pen or the eraser is down."""
        return self._document.in_gesture

    @property
    def content(self) -> Content:
        """The ink: all of the drawing, or the selected digit's."""
        if not self._selection.is_on:
            return self._document.content
        selected = self._selection.selected
        return Content() if selected is None else selected.content

    @property
    def alphabet(self) -> str:
        """The name of the alphabet that it is answered in."""
        return DIGITS if self.prediction is None else self.prediction.alphabet

    @property
    def prediction(self) -> Prediction | None:
        """The latest answer to it, which may be one stroke behind."""
        return self._selection.prediction

    def can_take_over(self, before: tuple[Stroke, ...]) -> bool:
        """Whether these strokes are still in the drawing, and the pen is up."""
        return not self.in_gesture and bool(before) and self._places(before) is not None

    def take_over(self, before: tuple[Stroke, ...], after: tuple[Stroke, ...]) -> None:
        """Replace strokes of the drawing by others, as one step of undo."""
        places = self._places(before)
        if places is None:
            return
        now = self._document.content
        new = dict(zip(places, after, strict=True))
        strokes = tuple(new.get(index, stroke) for index, stroke in enumerate(now.strokes))
        self._document.replace(replace(now, strokes=strokes))

    def _places(self, wanted: tuple[Stroke, ...]) -> list[int] | None:
        """Return the indices of strokes in the drawing; None if one is no longer there.

        A number's digit may consist of parts of strokes, which are no strokes of the drawing.
        """
        index = {id(stroke): place for place, stroke in enumerate(self._document.content.strokes)}
        places = [index.get(id(stroke)) for stroke in wanted]
        return [place for place in places if place is not None] if None not in places else None
