"""The view "For and against": the ink coloured by what each piece does for a label."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from tkinter import Canvas
from typing import TYPE_CHECKING

from app.explanation.figure import ON_PAPER, Colours, weight_colour
from app.explanation.pieces import PATCH, Patch, Piece, patch_steps, piece_steps
from app.i18n import _
from app.imaging.drawing_raster import drawing_frame, drawing_raster
from app.ink.geometry import Rect
from app.ink.rasterize import RASTER_SIDE
from app.ui.answer.formatting import signed
from app.ui.inside.ink_canvas import ink_extent
from app.ui.inside.ink_view import InkView
from app.ui.inside.view import draw_something
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.palette import DARK
from app.ui.theme.theme import FONT_SMALL

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction

_ON_DARK: Colours = ((92, 176, 250), (84, 91, 102), (255, 122, 106))
_LEGEND = 26
"""The legend's height, in pixels at 100 %."""
_STEPS = 60
_LEAST = 0.05
"""Smaller log-odds are shown in the colour of none: so much changes with any piece."""
_MOST_FACTOR = 999


@dataclass(frozen=True)
class _Weighed:
    """The ink, and what its pieces do for a label."""

    content: Content
    prediction: Prediction
    label: str
    pieces: tuple[Piece, ...]
    patches: tuple[tuple[Rect, float], ...]
    """Of a picture: places in the drawing, with their weights."""

    @property
    def largest(self) -> float:
        """The largest absolute weight."""
        weights = [one.weight for one in self.pieces] + [one for _rect, one in self.patches]
        return max([_LEAST, *map(abs, weights)])


class WeightsView(InkView):
    """The ink, a legend, and the labels' bars, of which one is chosen."""

    def build(self) -> None:
        """Make the widgets."""
        super().build()
        px = self.theme.px
        self._shown: _Weighed | None = None
        self.paper.pointed_at.connect(self.status.show)
        self._legend = Canvas(self, height=px(_LEGEND), width=1, highlightthickness=0)
        self._legend.grid(row=2, column=0, sticky="ew", pady=(px(8), 0))
        self._hint = WrappedLabel(
            self, self.theme, _("Click a label to colour the ink for it."), style="Muted.TLabel"
        )
        self._hint.grid(row=2, column=1, sticky="ew", padx=(px(14), 0), pady=(px(8), 0))

    def choose(self, label: str) -> None:
        """Colour the ink for a label from now on; for the answer's, follow the answer again."""
        prediction = self.subject.prediction
        is_answer = prediction is not None and prediction.label == label
        self.subject.label = "" if is_answer else label
        self.ask()

    def refresh(self, content: Content) -> None:
        """Weigh the pieces of this ink."""
        chosen = self.subject.label

        def steps(personal: PersonalRecogniser) -> Iterator[_Weighed | None]:
            raster = drawing_raster(content)
            if raster is None:
                return
            prediction = personal.predict(raster)
            labels = personal.recogniser.alphabet.labels
            label = chosen if chosen in labels else prediction.label
            index = labels.index(label)
            if content.background is None:
                pieces = yield from piece_steps(personal, content.strokes, index)
                yield _Weighed(content, prediction, label, tuple(pieces), ())
            else:
                patches = yield from patch_steps(personal, raster, index)
                yield _Weighed(content, prediction, label, (), _placed(content, patches))

        self.explore(steps, self.show)

    def show(self, weighed: _Weighed) -> None:
        """Show the weights of pieces."""
        self._shown = weighed
        answer = weighed.prediction.label
        if not weighed.prediction.is_known:
            text = _("What each piece does for {label}; the ink is refused, nearest is {answer}")
        elif weighed.label == answer:
            text = _("What each piece does for {label}, the answer")
        else:
            text = _("What each piece does for {label}; the answer is {answer}")
        self._heading.set_text(text.format(label=weighed.label, answer=answer))
        self.labels.show(weighed.prediction, weighed.label)
        self.draw()

    def clear(self) -> None:
        """Show that there is no ink."""
        self._shown = None
        self._message = draw_something()
        self._heading.set_text("")
        self.labels.clear()
        self.draw()

    def draw(self) -> None:
        """Draw the ink in the present size and colours."""
        self.labels.apply_theme()
        self._legend.delete("all")
        self._legend.configure(background=self.theme.palette.ground)
        if self._shown is None:
            self.paper.message(self._message)
            return
        if self._shown.patches:
            self._draw_patches(self._shown)
        else:
            self._draw_pieces(self._shown)
        self._draw_legend(self._shown)

    def _colour(self, weight: float, largest: float) -> str:
        ends = _ON_DARK if self.theme.palette is DARK else ON_PAPER
        return weight_colour(weight, largest, ends)

    def _draw_pieces(self, shown: _Weighed) -> None:
        strokes = shown.content.strokes
        self.paper.begin(ink_extent(strokes))
        # What matters most is drawn last, on top where lines cross.
        for piece in sorted(shown.pieces, key=lambda one: abs(one.weight)):
            stroke = strokes[piece.stroke]
            points = stroke.points[piece.first : piece.last + 1]
            colour = self._colour(piece.weight, shown.largest)
            item = self.paper.line(points, colour, self.paper.pen(stroke))
            self._explain(item, piece.weight, shown.label)

    def _draw_patches(self, shown: _Weighed) -> None:
        self.paper.begin(shown.content.extent)
        self.paper.picture(shown.content)
        for rect, weight in sorted(shown.patches, key=lambda one: abs(one[1])):
            colour = self._colour(weight, shown.largest)
            width = self.theme.px(1 + 4 * min(abs(weight) / shown.largest, 1.0))
            inner = rect.grown(-width / 2 / self.paper.viewport.zoom)
            item = self.paper.box(inner, outline=colour, width=width, fill="")
            self._explain(item, weight, shown.label)

    def _explain(self, item: int, weight: float, label: str) -> None:
        """Tell a piece's weight while the pointer is on it."""
        factor = math.exp(min(abs(weight), math.log(_MOST_FACTOR)))
        if weight >= 0:
            text = _(
                "This piece: {weight}. Without it the odds of {label} are divided by {factor}."
            )
        else:
            text = _(
                "This piece: {weight}. Without it the odds of {label} are {factor} times as high."
            )
        text = text.format(weight=signed(weight), label=label, factor=f"{factor:.3g}")
        self.paper.explain(item, text)

    def _draw_legend(self, shown: _Weighed) -> None:
        legend, px, palette = self._legend, self.theme.px, self.theme.palette
        width, height, largest = legend.winfo_width(), px(_LEGEND), shown.largest
        against = _("against {label}: {weight}")
        favour = _("for {label}: {weight}")
        font, fill, middle = FONT_SMALL, palette.muted, height / 2
        text = against.format(label=shown.label, weight=signed(-largest))
        first = legend.create_text(0, middle, text=text, anchor="w", font=font, fill=fill)
        text = favour.format(label=shown.label, weight=signed(largest))
        last = legend.create_text(width, middle, text=text, anchor="e", font=font, fill=fill)
        left, right = legend.bbox(first)[2] + px(8), legend.bbox(last)[0] - px(8)
        for step in range(_STEPS):
            x, end = (left + (right - left) * place / _STEPS for place in (step, step + 1))
            colour = self._colour(largest * (2 * (step + 0.5) / _STEPS - 1), largest)
            legend.create_rectangle(x, px(8), end + 1, height - px(8), fill=colour, width=0)


def _placed(content: Content, patches: list[Patch]) -> tuple[tuple[Rect, float], ...]:
    """Return patches of the raster as places in the drawing, with their weights."""
    frame = drawing_frame(content)
    if frame is None:
        return ()
    pixel = frame.width / RASTER_SIDE
    return tuple(
        (
            Rect(
                frame.left + one.column * pixel,
                frame.top + one.row * pixel,
                frame.left + (one.column + PATCH) * pixel,
                frame.top + (one.row + PATCH) * pixel,
            ),
            one.weight,
        )
        for one in patches
    )
