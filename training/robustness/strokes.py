"""Stroke trials: real digits with one change each in size, place, angle, sampling or pen lifts.

The page is 400 drawing units wide and high.
"""

from collections.abc import Callable, Sequence

import numpy as np

from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from training.augmentation.polylines import Polyline, dots_along, polylines_of, rotation
from training.data.corpus import LabelledRasters
from training.data.pendigits import PenDigit

SIZE = 250.0
"""The longest side of a digit in drawing units."""
_CORNER = 75.0

Change = Callable[[list[Polyline], np.random.Generator], list[Polyline]]


def _moved(scale: float, offset: float) -> Change:
    return lambda lines, _rng: [line * scale + offset for line in lines]


def _rotated(degrees: float) -> Change:
    matrix = rotation(np.deg2rad(degrees))
    return lambda lines, _rng: [line @ matrix.T for line in lines]


def _half_the_points(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines without a random half of their inner points."""
    return [
        line[(rng.random(len(line)) < 0.5) | np.isin(np.arange(len(line)), (0, len(line) - 1))]
        for line in lines
    ]


def _in_pieces(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines cut into pieces of 3 to 8 segments: the pen is lifted in between."""
    pieces: list[Polyline] = []
    for line in lines:
        first = 0
        while first < len(line):
            last = first + int(rng.integers(3, 9))
            pieces.append(line[first : last + 1])
            first = last
    return pieces


STROKE_TRIALS: dict[str, Change] = {
    "as written": lambda lines, _rng: lines,
    "0.4× the size": _moved(0.4, 0.0),
    "2.5× the size": _moved(2.5, -100.0),
    "elsewhere": _moved(1.0, 700.0),
    "turned by 15° to the left": _rotated(-15.0),
    "turned by 15° to the right": _rotated(15.0),
    # As far apart as the motion events of a fast hand: 18 to 30 units.
    "dots of a fast hand": lambda lines, rng: [
        dot for line in lines for dot in dots_along([line], rng.uniform(18, 30))
    ],
    "every fifth point": lambda lines, _rng: [
        np.concatenate([line[:-1:5], line[-1:]]) for line in lines
    ],
    "half the points dropped": _half_the_points,
    "trembling": lambda lines, rng: [line + rng.normal(0, 3.0, line.shape) for line in lines],
    "in many strokes": _in_pieces,
    "in one stroke": lambda lines, _rng: [np.concatenate(lines)],
}


def trial_strokes(
    name: str, digits: Sequence[PenDigit], width: float = 16.0
) -> list[tuple[Stroke, ...]]:
    """Return every digit's strokes in the trial `name`, with a pen of `width` drawing units."""
    rng = np.random.default_rng(0)
    result = []
    for digit in digits:
        lines = [line * SIZE + _CORNER for line in polylines_of(digit.strokes)]
        changed = STROKE_TRIALS[name](lines, rng)
        result.append(tuple(Stroke.of(line.tolist(), width) for line in changed))
    return result


def stroke_trial_rasters(name: str, digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the digits' rasters in the trial `name` of STROKE_TRIALS."""
    rasters = map(rasterize, trial_strokes(name, digits))
    return LabelledRasters.of(rasters, (digit.label for digit in digits))
