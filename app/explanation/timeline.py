"""The time machine: what the network answered at each moment of writing."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.errors import InkError
from app.explanation.leaving_out import finished
from app.explanation.scores import Floats, score_rasters
from app.i18n import _
from app.ink.rasterize import line_segments, rasterize_many
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser

MAX_MOMENTS = 200
"""The most moments of one drawing beside the ends of its strokes: more than a slider or a curve can
show."""
_CHUNK = 32
"""Rasters that are made at once: bounds the memory where drawings have many points."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The drawing when the pen had reached a point."""

    stroke: int
    point: int
    """Indices of the last stroke and of its last point that are drawn."""
    t: float
    """Milliseconds since the first pen-down."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answers to a drawing as it was written, n moments in order."""

    strokes: tuple[Stroke, ...]
    labels: tuple[str, ...]
    moments: tuple[Moment, ...]
    rasters: NDArray[np.float32]
    """(n, 28, 28)."""
    probabilities: Floats
    """Of each label, (n, labels)."""
    is_digit: NDArray[np.bool_]
    """Whether the ink was accepted as a digit, (n,)."""
    pen_lifts: tuple[int, ...]
    """Moments after which the pen was lifted."""

    def drawn_at(self, index: int) -> tuple[Stroke, ...]:
        """Return the strokes that were drawn at a moment."""
        return drawn_at(self.strokes, self.moments[index])


def timeline(personal: PersonalRecogniser, strokes: Sequence[Stroke]) -> Timeline:
    """Return the answers at each point of the strokes, or at MAX_MOMENTS of them, evenly spread.

    The last point of each stroke is always among them. Raises InkError without ink, ModelError.
    """
    return finished(timeline_steps(personal, strokes))


def timeline_steps(
    personal: PersonalRecogniser, strokes: Sequence[Stroke]
) -> Generator[None, None, Timeline]:
    """Do what `timeline` does in steps of a few milliseconds."""
    if not strokes:
        raise InkError(_("The drawing has no ink."))
    moments = _moments(strokes)
    rasters, probabilities, is_digit = [], [], []
    for chunk in (moments[i : i + _CHUNK] for i in range(0, len(moments), _CHUNK)):
        some = rasterize_many([line_segments(drawn_at(strokes, moment)) for moment in chunk])
        scores = score_rasters(personal, some)
        rasters.append(some)
        probabilities.append(scores.probabilities)
        is_digit.append(scores.digit_margins >= 0)
        yield
    lifts = [i for i, (a, b) in enumerate(pairwise(moments)) if a.stroke != b.stroke]
    return Timeline(
        strokes=tuple(strokes),
        labels=personal.recogniser.alphabet.labels,
        moments=tuple(moments),
        rasters=np.concatenate(rasters),
        probabilities=np.concatenate(probabilities),
        is_digit=np.concatenate(is_digit),
        pen_lifts=tuple(lifts),
    )


def drawn_at(strokes: Sequence[Stroke], moment: Moment) -> tuple[Stroke, ...]:
    """Return the strokes that were drawn at a moment."""
    last = strokes[moment.stroke]
    begun = Stroke(last.points[: moment.point + 1], last.width)
    return (*strokes[: moment.stroke], begun)


def _moments(strokes: Sequence[Stroke]) -> list[Moment]:
    every = [
        Moment(number, index, point.t)
        for number, stroke in enumerate(strokes)
        for index, point in enumerate(stroke.points)
    ]
    step = max(len(every) / MAX_MOMENTS, 1.0)
    ends = np.cumsum([len(stroke.points) for stroke in strokes]) - 1
    chosen = {int(place) for place in np.arange(0, len(every), step)} | set(ends.tolist())
    return [every[index] for index in sorted(chosen)]
