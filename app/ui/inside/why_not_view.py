"""The view "Why not …?": the smallest change of the strokes that gets another label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING

import numpy as np

from app.explanation.counterfactual import Change, Search
from app.explanation.deformation import height_of
from app.explanation.second_opinion import second_opinion
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ui.answer.formatting import percent
from app.ui.inside.ink_canvas import ink_extent
from app.ui.inside.ink_view import InkView
from app.ui.inside.view import draw_something
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.shapes import mix

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction

_NEW, _WAY = 4, 1
"""The widths of changed ink and of the ways of points, in pixels at 100 %."""
_PALE = 0.2
"""How far the drawing's colour is from the paper's to the text's."""
_STEP = 3
"""Of so many points the way of one is drawn."""


@dataclass(frozen=True)
class _Found:
    """What was found so far to make the ink a label."""

    content: Content
    prediction: Prediction
    label: str
    change: Change | None
    is_last: bool


class WhyNotView(InkView):
    """The ink with the changed ink over it, and the labels, of which one is asked for."""

    def build(self) -> None:
        """Make the widgets."""
        super().build()
        px = self.theme.px
        self._shown: _Found | None = None
        self._text = WrappedLabel(self, self.theme, style="Muted.TLabel")
        self._text.grid(row=2, column=0, sticky="ew", pady=(px(8), 0))
        self.take_over_button = ttk.Button(self, text=_("Take Over"), command=self.take_over)
        self.take_over_button.grid(row=2, column=1, sticky="e", pady=(px(8), 0))

    def choose(self, label: str) -> None:
        """Ask for another label from now on."""
        self.subject.wanted = label
        self.ask()

    def take_over(self) -> None:
        """Make the changed ink the drawing; undo brings it back."""
        shown = self._shown
        if shown is not None and shown.change is not None and self._can_take_over(shown):
            self.subject.take_over(shown.content.strokes, shown.change.strokes)

    def refresh(self, content: Content) -> None:
        """Look for the smallest change."""
        self.subject.ghost.show(())
        if content.background is not None:
            self._show_message(_("A picture has no strokes that could be changed: draw a digit."))
            return
        wanted = self.subject.wanted

        def steps(personal: PersonalRecogniser) -> Iterator[_Found | None]:
            raster = drawing_raster(content)
            assert raster is not None
            prediction = personal.predict(raster)
            label = wanted if wanted in prediction.labels else prediction.ranked[1][0]
            yield _Found(content, prediction, label, None, is_last=False)
            if prediction.text == label:
                yield _Found(content, prediction, label, None, is_last=True)
                return
            search = Search(personal, content.strokes, prediction.labels.index(label))
            is_first = True
            for _step in search.steps():
                first = search.result() if is_first and search.has_result else None
                is_first = is_first and first is None
                yield _Found(content, prediction, label, first, False) if first else None
            yield _Found(content, prediction, label, search.result(), is_last=True)

        self.explore(steps, self.show)

    def show(self, found: _Found) -> None:
        """Show what was found so far."""
        self._shown = found
        label, change = found.label, found.change
        if found.prediction.text == label:
            self._heading.set_text(
                _("It is {label} already: click another label.").format(label=label)
            )
        elif change is not None:
            text = _("This much more, and it is {label} ({percent})")
            self._heading.set_text(text.format(label=label, percent=percent(change.confidence)))
        elif found.is_last:
            self._heading.set_text(_("{label} is not possible within reach.").format(label=label))
        else:
            self._heading.set_text(_("Why not {label}? Searching…").format(label=label))
        self._text.set_text(_distances(change, found.is_last))
        self.labels.show(found.prediction, label)
        self.subject.ghost.show(change.strokes if change is not None else ())
        self._enable(found)
        self.draw()

    def clear(self) -> None:
        """Show that there is no ink."""
        self.subject.ghost.show(())
        self.labels.clear()
        self._show_message(draw_something())
        # Before the pen is down: the first search would keep it waiting.
        self.explore(_prepared, lambda _nothing: None)

    def leave(self) -> None:
        """Remove the changed ink from the canvas."""
        self.subject.ghost.show(())

    def draw(self) -> None:
        """Draw the ink in the present size and colours."""
        self.labels.apply_theme()
        shown, palette, px = self._shown, self.theme.palette, self.theme.px
        if shown is None:
            self.paper.message(self._message)
            return
        change, strokes = shown.change, shown.content.strokes
        self.paper.begin(ink_extent((*strokes, *(change.strokes if change else ()))))
        self.paper.ink(strokes, mix(palette.paper, palette.text, _PALE))
        if change is None:
            return
        if _is_moved(change):
            for before, after in zip(change.original, change.strokes, strict=True):
                for a, b in list(zip(before.points, after.points, strict=True))[::_STEP]:
                    self.paper.line((a, b), palette.bar, px(_WAY))
        self.paper.ink(change.strokes, palette.best, px(_NEW))

    def _show_message(self, text: str) -> None:
        self._shown = None
        self._message = text
        self._heading.set_text("")
        self._text.set_text("")
        self.take_over_button.state(["disabled"])
        self.draw()

    def _enable(self, found: _Found) -> None:
        can = found.change is not None and self._can_take_over(found)
        self.take_over_button.state(["!disabled" if can else "disabled"])

    def _can_take_over(self, found: _Found) -> bool:
        return self.subject.can_take_over(found.content.strokes)


def _prepared(_personal: PersonalRecogniser) -> Iterator[None]:
    """Make what the first search would make."""
    second_opinion()
    yield None


def _is_moved(change: Change) -> bool:
    """Whether each point of the drawing has one in the change."""
    sizes = [[len(stroke.points) for stroke in one] for one in (change.original, change.strokes)]
    return sizes[0] == sizes[1]


def _distances(change: Change | None, is_last: bool) -> str:
    """Return how far points were moved, as text."""
    if change is None:
        return ""
    if not _is_moved(change):
        return _("Ink was added or left out.")
    height = height_of(change.original)
    ways = [
        np.hypot(a.x - b.x, a.y - b.y)
        for before, after in zip(change.original, change.strokes, strict=True)
        for a, b in zip(before.points, after.points, strict=True)
    ]
    text = _("Points moved {mean} of the height on average, {most} at most.")
    text = text.format(mean=percent(change.moved), most=percent(float(max(ways)) / height))
    return text if is_last else _("{text} Making it smaller…").format(text=text)
