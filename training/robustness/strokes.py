"""Owns the trials: digits of writers never seen, drawn as people draw them all the same.

Each changes strokes in one way, in drawing units on a page of 400; `pictures` does the
like to pictures. No recipe learns from a trial.
"""

from collections.abc import Callable, Sequence

import numpy as np

from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from training.augmentation.polylines import Polyline, polylines_of, resampled, rotation
from training.data.corpus import LabelledRasters, to_uint8
from training.data.pendigits import PenDigit

SIZE = 250.0
"""The longest side of a digit as most people draw it, in drawing units."""
_CORNER = 75.0

Change = Callable[[list[Polyline], np.random.Generator], list[Polyline]]


def _moved(scale: float, by: float) -> Change:
    return lambda lines, _rng: [line * scale + by for line in lines]


def _turned(degrees: float) -> Change:
    matrix = rotation(np.deg2rad(degrees))
    return lambda lines, _rng: [line @ matrix.T for line in lines]


def _as_dots(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return dots as far apart as the motion events of a fast hand: 18 to 30 units."""
    dots: list[Polyline] = []
    for line in lines:
        length = float(np.hypot(*np.diff(line, axis=0).T).sum())
        count = max(round(length / rng.uniform(18, 30)), 1) + 1
        dots.extend(point[None] for point in resampled(line, count))
    return dots


def _fast(lines: list[Polyline], _rng: np.random.Generator) -> list[Polyline]:
    """Return every fifth point, and the last one."""
    return [np.concatenate([line[:-1:5], line[-1:]]) for line in lines]


def _dropped(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines without half of their inner points."""
    return [
        line[(rng.random(len(line)) < 0.5) | np.isin(np.arange(len(line)), (0, len(line) - 1))]
        for line in lines
    ]


def _jittered(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines with every point off by about 3 units each way."""
    return [line + rng.normal(0, 3.0, line.shape) for line in lines]


def _in_pieces(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return the lines in pieces of three to eight points, the pen lifted in between."""
    pieces: list[Polyline] = []
    for line in lines:
        first = 0
        while first < len(line):
            last = first + int(rng.integers(3, 9))
            pieces.append(line[first : last + 1])
            first = last
    return pieces


def _in_one_stroke(lines: list[Polyline], _rng: np.random.Generator) -> list[Polyline]:
    """Return the lines as one: the pen is never lifted, its ways through the air are ink."""
    return [np.concatenate(lines)]


STROKE_TRIALS: dict[str, Change] = {
    "as written": lambda lines, _rng: lines,
    "0.4× the size": _moved(0.4, 0.0),
    "2.5× the size": _moved(2.5, -100.0),
    "elsewhere": _moved(1.0, 700.0),
    "turned by 15° to the left": _turned(-15.0),
    "turned by 15° to the right": _turned(15.0),
    "dots of a fast hand": _as_dots,
    "every fifth point": _fast,
    "half the points dropped": _dropped,
    "trembling": _jittered,
    "in many strokes": _in_pieces,
    "in one stroke": _in_one_stroke,
}


def drawn(name: str, digits: Sequence[PenDigit], width: float = 16.0) -> list[tuple[Stroke, ...]]:
    """Return the strokes of one trial of DRAWN, a tuple for each digit, with a pen's width."""
    rng = np.random.default_rng(0)
    result = []
    for digit in digits:
        lines = [line * SIZE + _CORNER for line in polylines_of(digit.strokes)]
        changed = STROKE_TRIALS[name](lines, rng)
        result.append(tuple(Stroke.of(line.tolist(), width) for line in changed))
    return result


def stroke_trial_rasters(name: str, digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the rasters of one trial of DRAWN and their labels."""
    images = [to_uint8(rasterize(strokes)) for strokes in drawn(name, digits)]
    return LabelledRasters(np.stack(images), np.array([digit.label for digit in digits], np.int8))
