"""The document: the drawing with the stroke being drawn, its file, and whether it is saved."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.ink.drawing import Content, Drawing
from app.ink.eraser import EraserPath
from app.ink.stroke import MAX_POINTS, Point, Stroke
from app.ui.signal import Signal


class Document:
    """What is being worked on. Widgets render it and report gestures to it."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self.path: Path | None = None
        """The file that the drawing was opened from or saved to."""
        self.position = ""
        """"3 of 12 – name" for one of several files opened together; "" otherwise."""
        self.problem = ""
        """Why the file that `position` names could not be opened, while the canvas is empty for
        it; "" otherwise."""
        self.changed: Signal[[]] = Signal()
        """Emitted when `content` has changed, during a stroke too."""
        self.replaced: Signal[[]] = Signal()
        """Emitted before `changed` by all steps but those of pen and eraser."""
        self.stroke_ended: Signal[[]] = Signal()
        """Emitted when the pen or the eraser has changed the finished strokes."""
        self.saved: Signal[[]] = Signal()
        """Emitted when `path` or what counts as saved has changed."""
        self._saved = Content()
        self.points: list[Point] = []
        """The points of the stroke that is being drawn; empty between strokes."""
        self._pen_width = 0.0
        self.is_erasing = False
        """Whether the eraser is down."""
        self._erased = False
        self.last_drawn: Stroke | None = None
        """The last stroke that was drawn here, as opposed to one from a file."""

    @property
    def content(self) -> Content:
        """The drawing's content, with the stroke that is being drawn."""
        content = self.drawing.content
        if not self.points:
            return content
        return replace(content, strokes=(*content.strokes, self._stroke()))

    @property
    def is_blank(self) -> bool:
        """Whether there is neither ink nor a picture, as in `content` but without building it."""
        return not self.points and self.drawing.content.is_empty

    @property
    def in_gesture(self) -> bool:
        """Whether the pen or the eraser is down."""
        return bool(self.points) or self.is_erasing

    @property
    def is_unsaved(self) -> bool:
        """Whether there is something in the drawing that no file has."""
        now, saved = self.drawing.content, self._saved
        if now.is_empty:
            return False
        # Not ==, which would compare the pictures' pixels.
        same_page = now.page == saved.page and now.background_rect == saved.background_rect
        same_picture = same_page and now.background is saved.background
        return not (same_picture and now.strokes == saved.strokes)

    # Gestures

    def begin_stroke(self, point: Point, width: float) -> None:
        """Put the pen down; `width` in drawing units."""
        self._forget_problem()
        self.points = [point]
        self._pen_width = width
        self.changed.emit()

    def extend_stroke(self, point: Point) -> bool:
        """Draw on to `point`; return whether the stroke takes more points."""
        if not self.points or len(self.points) >= MAX_POINTS:
            return False
        self.points.append(point)
        self.changed.emit()
        return True

    def begin_erasing(self) -> None:
        """Put the eraser down: all that it erases until it is lifted is one step of undo."""
        self.is_erasing = True
        self._erased = False

    def erase(self, path: EraserPath, radius: float) -> None:
        """Erase the ink within `radius` of `path`, in drawing units."""
        if self.drawing.erase(path, radius, same_gesture=self._erased):
            self._erased = True
            self.changed.emit()
            self.stroke_ended.emit()

    def finish_gesture(self) -> None:
        """Lift the pen or the eraser."""
        self.is_erasing = False
        if not self.points:
            return
        self.last_drawn = self._stroke()
        self.points = []
        self.drawing.add(self.last_drawn)
        self.changed.emit()
        self.stroke_ended.emit()

    # Steps

    def undo(self) -> None:
        """Undo the last step: a stroke, an erasure, a moved picture, clearing or opening."""
        self.step(self.drawing.undo)

    def redo(self) -> None:
        """Redo the step that was undone last."""
        self.step(self.drawing.redo)

    def clear(self) -> None:
        """Remove everything from the canvas; undo brings it back."""
        self.finish_gesture()
        self.step(self.drawing.clear)

    def step(self, change: Callable[[], bool]) -> None:
        """Change the drawing by `change`, which returns whether it has changed anything."""
        if not self.in_gesture and change():
            self._forget_problem()
            self.replaced.emit()
            self.changed.emit()

    def replace(self, content: Content) -> None:
        """Replace the drawing by another, as one step of undo."""
        self.finish_gesture()
        self.drawing.replace(content)
        self.replaced.emit()
        self.changed.emit()

    def mark_saved(self, content: Content, path: Path | None = None, position: str = "") -> None:
        """Take `content` as saved: in `path`, or elsewhere, such as among the samples."""
        self._saved = content
        self.path = path
        self.position = position
        self.problem = ""
        self.saved.emit()

    def mark_failed(self, name: str, problem: str) -> None:
        """Empty the canvas, as one step of undo, for a file that cannot be opened, and why."""
        if not self.is_blank:  # of several bad files the first one is the step
            self.replace(Content())
        self._saved, self.path = Content(), None
        self.position, self.problem = name, problem
        self.saved.emit()

    def leave_batch(self) -> None:
        """Forget that the drawing's file is one of several; the drawing stays."""
        self.position = self.problem = ""
        self.saved.emit()

    def _forget_problem(self) -> None:
        if self.problem:
            self.leave_batch()

    def _stroke(self) -> Stroke:
        return Stroke(tuple(self.points), self._pen_width)
