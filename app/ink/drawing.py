"""The drawing: its strokes, an optional background picture, and the history for undo and redo.

Plain Python: imported before the window is up.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ink.curve import curve_bounds
from app.ink.eraser import EraserPath, erase
from app.ink.geometry import Rect
from app.ink.stroke import Stroke, bounding_box

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE = Rect(0.0, 0.0, 400.0, 400.0)
"""The page of a new drawing, in drawing units."""
_MAX_UNDO_STEPS = 1000
_MAX_UNDO_PICTURES = 10
"""Different pictures in the history: each may have 10 MB, and a batch has thousands of them."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a drawing consists of at one moment: an immutable value, safe in any thread."""

    page: Rect = PAGE
    """In drawing units, like all that follows."""
    strokes: tuple[Stroke, ...] = ()
    """The oldest first."""
    background: Image | None = None
    """A picture under the strokes; what of it lies beyond the page is not part of the drawing."""
    background_rect: Rect | None = None
    """Where the picture lies; None: it fills the page."""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither ink nor picture."""
        return not self.strokes and self.background is None

    @property
    def extent(self) -> Rect:
        """The page, grown where ink lies beyond it: what has to be visible."""
        ink = bounding_box(self.strokes)
        if ink is None:
            return self.page
        page = self.page
        if ink.union(page) == page:
            return page
        half_pen = max(stroke.width for stroke in self.strokes) / 2
        inked = (curve_bounds(self.strokes) or ink).grown(half_pen)
        # A centre line on the page's edge inks half a pen's width beyond it: no reason to grow.
        return Rect(
            min(page.left, inked.left) if ink.left < page.left else page.left,
            min(page.top, inked.top) if ink.top < page.top else page.top,
            max(page.right, inked.right) if ink.right > page.right else page.right,
            max(page.bottom, inked.bottom) if ink.bottom > page.bottom else page.bottom,
        )


class Drawing:
    """A drawing with its history: every change is one step that undo takes back."""

    def __init__(self, content: Content | None = None) -> None:
        self._content = content or Content()
        self._undo: list[Content] = []
        self._redo: list[Content] = []

    @property
    def content(self) -> Content:
        """What is drawn now."""
        return self._content

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._redo)

    def add(self, stroke: Stroke) -> None:
        """Add a stroke on top of the others."""
        now = self._content
        self.replace(dataclasses.replace(now, strokes=(*now.strokes, stroke)))

    def erase(self, path: EraserPath, radius: float, same_gesture: bool = False) -> bool:
        """Erase the ink within `radius` drawing units of `path`; return whether there was any.

        With `same_gesture` the change joins the step before it, so that one undo restores both.
        """
        now = self._content
        strokes = erase(now.strokes, path, radius)
        if strokes == now.strokes:
            return False
        self._change(dataclasses.replace(now, strokes=strokes), same_gesture)
        return True

    def place_picture(self, content: Content, same_gesture: bool = False) -> bool:
        """Move the picture and the page to where `content` has them; return whether they moved.

        `content` is this drawing's, changed by `picture_placement`. `same_gesture` as in `erase`.
        """
        now = self._content
        if (content.background_rect, content.page) == (now.background_rect, now.page):
            return False
        placed = dataclasses.replace(
            now, background_rect=content.background_rect, page=content.page
        )
        self._change(placed, same_gesture)
        return True

    def clear(self) -> bool:
        """Remove everything, as one step; return whether there was anything."""
        if self._content.is_empty:
            return False
        self.replace(Content())
        return True

    def replace(self, content: Content) -> None:
        """Replace the content by another, as one step."""
        if content.background is not self._content.background:
            self._drop_old_pictures()
        self._undo.append(self._content)
        del self._undo[:-_MAX_UNDO_STEPS]
        self._redo.clear()
        self._content = content

    def undo(self) -> bool:
        """Undo the last step; return whether there was one."""
        return self._walk(self._undo, self._redo)

    def redo(self) -> bool:
        """Redo the step that was undone last; return whether there was one."""
        return self._walk(self._redo, self._undo)

    def _walk(self, source: list[Content], target: list[Content]) -> bool:
        if not source:
            return False
        target.append(self._content)
        self._content = source.pop()
        return True

    def _change(self, content: Content, same_gesture: bool) -> None:
        if same_gesture:
            self._content = content
        else:
            self.replace(content)

    def _drop_old_pictures(self) -> None:
        """Drop the oldest steps where they have more than _MAX_UNDO_PICTURES pictures."""
        pictures: set[int] = set()
        for index in range(len(self._undo) - 1, -1, -1):
            background = self._undo[index].background
            if background is not None:
                pictures.add(id(background))
            if len(pictures) >= _MAX_UNDO_PICTURES:
                del self._undo[: index + 1]
                return
