"""What is seen inside the network: how faithful the weights of pieces are, how long they take."""

import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.explanation.layers import LayerViewer
from app.explanation.pieces import Piece, explain_strokes
from app.explanation.scores import score_segments
from app.explanation.timeline import timeline
from app.ink.rasterize import Segments, line_segments, rasterize
from app.ink.stroke import Point, Stroke
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import TemporarySamples
from benchmarks.unseen_digits import unseen_digits
from training.data.pendigits import PenDigit

DRAWINGS = 300
_SEED = 22
_SHARE = 0.2
"""Of the ink that is left out."""
_RANDOM = 10
"""Ways to leave out so much at random, of which the mean is taken."""


def drawings(count: int = DRAWINGS) -> list[PenDigit]:
    """Return random digits of the validation writers, the same each time."""
    digits = unseen_digits()
    chosen = np.random.default_rng(_SEED).choice(len(digits), DRAWINGS, replace=False)
    return [digits[index] for index in chosen[:count]]


def personal_recogniser() -> PersonalRecogniser:
    """Return the shipped model without samples."""
    return PersonalRecogniser(shipped_recogniser(), TemporarySamples())


def inside() -> list[tuple[str, str]]:
    """Return how faithful pieces are, and the times of pieces, layers and the time machine."""
    personal = personal_recogniser()
    chosen = drawings()
    return [*_faithful(personal, chosen), *_times(personal, chosen)]


def _faithful(personal: PersonalRecogniser, chosen: Sequence[PenDigit]) -> list[tuple[str, str]]:
    random = np.random.default_rng(1)
    falls = np.array([_falls(personal, digit.strokes, random) for digit in chosen])
    largest, smallest, at_random = falls.T
    return [
        (
            f"the 20 % of ink of the largest weight change the answer's log-odds more than 20 % at "
            f"random, of {len(chosen)} drawings",
            f"{(np.abs(largest) > at_random).mean():.1%}",
        ),
        (
            "… more than the 20 % of the smallest weight",
            f"{(np.abs(largest) > np.abs(smallest)).mean():.1%}",
        ),
        (
            "… mean change: largest, smallest weight, at random",
            f"{np.abs(largest).mean():.2f}, {np.abs(smallest).mean():.2f}, {at_random.mean():.2f}",
        ),
        (
            "… times as much as at random, of the means; median of the drawings",
            f"{np.abs(largest).mean() / at_random.mean():.1f}; "
            f"{np.median(np.abs(largest) / np.maximum(at_random, 1e-3)):.1f}",
        ),
    ]


def _falls(
    personal: PersonalRecogniser, strokes: Sequence[Stroke], random: np.random.Generator
) -> tuple[float, float, float]:
    """Return by how much the answer's log-odds fall without a fifth of the ink.

    That of the largest and of the smallest weights; at random, the mean of the absolute changes.
    """
    whole = line_segments(strokes)
    answer = int(score_segments(personal, [whole]).logits[0].argmax())
    pieces = explain_strokes(personal, strokes, answer)
    per_length = np.array([piece.weight / _length(strokes, piece) for piece in pieces])
    orders = [np.argsort(-per_length), np.argsort(per_length)]
    orders += [random.permutation(len(pieces)) for _way in range(_RANDOM)]
    rests = [_rest(strokes, pieces, order) for order in orders]
    odds = score_segments(personal, [whole, *rests]).log_odds(answer)
    falls = odds[0] - odds[1:]
    return float(falls[0]), float(falls[1]), float(np.abs(falls[2:]).mean())


def _rest(strokes: Sequence[Stroke], pieces: Sequence[Piece], order: NDArray[np.int64]) -> Segments:
    """Return the line segments without the first ones of the pieces in this order: _SHARE of all.

    The last piece that is left out is so in part.
    """
    left = _SHARE * sum(_length(strokes, piece) for piece in pieces)
    kept = []
    for index in order:
        piece = pieces[index]
        points = strokes[piece.stroke].points[piece.first : piece.last + 1]
        for segment in line_segments([Stroke(points)]):
            left -= max(float(np.hypot(*(segment[2:] - segment[:2]))), 1e-9)
            if left < -1e-6:
                kept.append(segment)
    return np.array(kept).reshape(-1, 4)


def _length(strokes: Sequence[Stroke], piece: Piece) -> float:
    points = strokes[piece.stroke].points[piece.first : piece.last + 1]
    return max(float(np.hypot(*np.diff([p[:2] for p in points], axis=0).T).sum()), 1e-9)


def _times(personal: PersonalRecogniser, chosen: Sequence[PenDigit]) -> list[tuple[str, str]]:
    some = chosen[:60]
    rasters = [raster for digit in some if (raster := rasterize(digit.strokes)) is not None]
    viewer = LayerViewer(personal.recogniser)
    hundred = [_with_points(digit.strokes, 100) for digit in some]
    return [
        ("pieces of a drawing", _time(lambda i: explain_strokes(personal, some[i].strokes, 4))),
        ("feature maps", _time(lambda i: viewer.layers(rasters[i]))),
        ("time machine, 100 points", _time(lambda i: timeline(personal, hundred[i]))),
    ]


def _with_points(strokes: Sequence[Stroke], count: int) -> list[Stroke]:
    """Return the strokes with `count` points in all, evenly spread over those that they have."""
    total = sum(len(stroke.points) for stroke in strokes)
    result, given = [], 0
    for number, stroke in enumerate(strokes):
        share = round(count * len(stroke.points) / total)
        share = max(count - given if number == len(strokes) - 1 else share, 1)
        given += share
        places = np.linspace(0, len(stroke.points) - 1, share)
        columns = [
            np.interp(places, range(len(stroke.points)), column)
            for column in zip(*stroke.points, strict=True)
        ]
        result.append(Stroke(tuple(Point(*map(float, p)) for p in zip(*columns, strict=True))))
    return result


def _time(run: Callable[[int], object], count: int = 60) -> str:
    """Return the median and the 95th percentile of `run`'s times, as text."""
    times = []
    run(0)
    for index in range(count):
        started = time.perf_counter()
        run(index)
        times.append((time.perf_counter() - started) * 1000)
    return f"median {statistics.median(times):.1f} ms, 95 % within {np.quantile(times, 0.95):.1f}"
