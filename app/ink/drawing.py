"""Owns the Drawing: the strokes in order, an optional background picture, and undo and redo.

It is the only state of the canvas; the window renders it and reports gestures to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.ink.stroke import Bounds, Stroke, bounds_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.ink.eraser import Path

PAGE = Bounds(0.0, 0.0, 400.0, 400.0)
"""The page of a new drawing, in drawing units."""
_UNDO_LEVELS = 1000
_UNDO_PICTURES = 10
"""Of different pictures: each may be 10 MB, and people leaf through folders of thousands."""


class Content(NamedTuple):
    """What is on the page at one moment."""

    page: Bounds = PAGE
    strokes: tuple[Stroke, ...] = ()
    background: Image | None = None
    """A picture under the strokes."""
    place: Bounds | None = None
    """Where the picture lies, seen only where the page is; None: it fills the page."""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither ink nor picture."""
        return not self.strokes and self.background is None

    @property
    def extent(self) -> Bounds:
        """The page, grown where ink lies beyond it: what has to be visible, in drawing units."""
        ink = bounds_of(self.strokes)
        if ink is None:
            return self.page
        margin = max(stroke.width for stroke in self.strokes) / 2
        left, top, right, bottom = ink.grown(margin)
        page = self.page
        # A pen on the page's edge inks half its width beyond it: that alone moves nothing.
        return Bounds(
            min(page.left, left) if ink.left < page.left else page.left,
            min(page.top, top) if ink.top < page.top else page.top,
            max(page.right, right) if ink.right > page.right else page.right,
            max(page.bottom, bottom) if ink.bottom > page.bottom else page.bottom,
        )


class Drawing:
    """What the user has drawn, with its history."""

    def __init__(self, content: Content | None = None) -> None:
        self._content = content or Content()
        self._undo: list[Content] = []
        self._redo: list[Content] = []

    @property
    def content(self) -> Content:
        """What is on the page now: an immutable value, safe to hand to another thread."""
        return self._content

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._redo)

    def add(self, stroke: Stroke) -> None:
        """Put a stroke on top of the others."""
        now = self._content
        self._become(now._replace(strokes=(*now.strokes, stroke)))

    def erase(self, path: Path, radius: float, same_gesture: bool = False) -> bool:
        """Take away the ink within `radius` drawing units of `path`; return whether there was any.

        With `same_gesture` the step joins the one before, so that one undo brings all of it back.
        """
        from app.ink.eraser import erased  # the window need not wait for it

        now = self._content
        strokes = erased(now.strokes, path, radius)
        if strokes == now.strokes:
            return False
        self._step(now._replace(strokes=strokes), same_gesture)
        return True

    def place_picture(self, content: Content, same_gesture: bool = False) -> bool:
        """Let the picture lie as it does in `content`; return whether that is elsewhere.

        `content` is this one as `picture_placement` has changed it. With `same_gesture` the step
        joins the one before.
        """
        now = self._content
        if (content.place, content.page) == (now.place, now.page):
            return False
        self._step(now._replace(place=content.place, page=content.page), same_gesture)
        return True

    def clear(self) -> bool:
        """Take everything away, as one step; return whether there was anything."""
        if self._content.is_empty:
            return False
        self._become(Content())
        return True

    def replace(self, content: Content) -> None:
        """Put other content in this one's place, as one step."""
        self._become(content)

    def undo(self) -> bool:
        """Take the last step back; return whether there was one."""
        if not self._undo:
            return False
        self._redo.append(self._content)
        self._content = self._undo.pop()
        return True

    def redo(self) -> bool:
        """Take the step again that was taken back last; return whether there was one."""
        if not self._redo:
            return False
        self._undo.append(self._content)
        self._content = self._redo.pop()
        return True

    def _step(self, content: Content, same_gesture: bool) -> None:
        if same_gesture:
            self._content = content
        else:
            self._become(content)

    def _become(self, content: Content) -> None:
        if content.background is not self._content.background:
            self._forget_pictures()
        self._undo.append(self._content)
        del self._undo[:-_UNDO_LEVELS]
        self._redo.clear()
        self._content = content

    def _forget_pictures(self) -> None:
        """Drop the oldest steps, if they lie on too many different pictures."""
        pictures: set[int] = set()
        for place in range(len(self._undo) - 1, -1, -1):
            background = self._undo[place].background
            if background is not None:
                pictures.add(id(background))
            if len(pictures) >= _UNDO_PICTURES:
                del self._undo[: place + 1]
                return
