"""Owns the trials of whole numbers: one writer's real digits put side by side as people write them.

Gaps (also negative ones: overlaps), sizes, baseline, slant; some have a minus sign, a decimal point
or comma, neighbours that touch, or strokes that were added at the end. No recipe learns from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.ink.stroke import Stroke
from training.augmentation.polylines import Polyline, bounding_box
from training.data.pendigits import PenDigit

HEIGHT = 100.0
"""The usual height of a digit, in drawing units."""
PEN = 7.0
_LENGTHS = (2, 8)
_GAP = (0.22, 0.13)
"""Mean and standard deviation of the gap between two digits' boxes, in digit heights."""
_GAP_RANGE = (-0.2, 0.6)
_NEARER = np.array([0.02, 0.0])


@dataclass(frozen=True, slots=True)
class NumberString:
    """One string: its text, its strokes in the order of writing, and what is odd about it."""

    text: str
    strokes: tuple[Stroke, ...]
    writer: int
    oddities: tuple[str, ...]
    """Of "minus", "point", "comma", "touching", "delayed"."""
    owners: tuple[int, ...]
    """For every stroke, to which mark of the text it belongs."""


def number_strings(
    digits: Sequence[PenDigit],
    count: int,
    seed: int,
    plain: bool = False,
    length: int | None = None,
) -> list[NumberString]:
    """Return strings of 2 to 8 digits (or of `length`), each of one writer's, chosen by the seed.

    With `plain` none of them has a sign, a decimal mark, touching neighbours or delayed strokes.
    """
    rng = np.random.default_rng(seed)
    writers = sorted({digit.writer for digit in digits})
    by_writer = {w: [d for d in digits if d.writer == w] for w in writers}
    strings = []
    for index in range(count):
        own = by_writer[writers[index % len(writers)]]
        wanted = length or int(rng.integers(_LENGTHS[0], _LENGTHS[1] + 1))
        chosen = [own[int(rng.integers(len(own)))] for _digit in range(wanted)]
        strings.append(_string(chosen, _usual_height(own), plain, rng))
    return strings


def _usual_height(digits: Sequence[PenDigit]) -> float:
    return float(np.median([bounding_box(_lines(digit))[1][1] for digit in digits]))


def _lines(digit: PenDigit) -> list[Polyline]:
    return [np.array([point[:2] for point in stroke.points]) for stroke in digit.strokes]


def _string(
    digits: Sequence[PenDigit], usual: float, plain: bool, rng: np.random.Generator
) -> NumberString:
    sized = [_sized(_lines(digit), usual, rng) for digit in digits]
    shear = rng.normal(0.0, 0.1)
    drift = rng.normal(0.0, 0.03)
    odd: list[str] = []
    touching = -1
    if not plain and rng.random() < 0.1:
        touching = int(rng.integers(1, len(digits)))
        odd.append("touching")
    marks: list[tuple[str, list[Polyline]]] = []
    mark_at, mark = _mark_of(len(digits), plain, rng)
    edge = 0.0
    if not plain and rng.random() < 0.15:
        minus = _minus(rng)
        odd.append("minus")
        marks.append(("-", minus))
        edge = float(minus[0][:, 0].max()) + rng.uniform(0.08, 0.35)
    before: list[Polyline] = []
    for index, (digit, lines) in enumerate(zip(digits, sized, strict=True)):
        if index == mark_at:
            dot, wide = _decimal(mark, edge, drift * index, rng)
            odd.append("point" if mark == "." else "comma")
            marks.append((mark, dot))
            edge += wide + rng.uniform(0.03, 0.1)
            before = []
        placed = _placed(lines, before, edge, index == touching, rng)
        placed = [line + np.array([0.0, rng.normal(0, 0.05) + drift * index]) for line in placed]
        marks.append((str(digit.label), placed))
        edge = max(float(line[:, 0].max()) for line in placed)
        before = placed
    return _finished(marks, digits[0].writer, odd, shear, plain, rng)


def _sized(lines: list[Polyline], usual: float, rng: np.random.Generator) -> list[Polyline]:
    """Return a digit with its foot at 0, about 1 high: as large as it was, or evened out."""
    low, extent = bounding_box(lines)
    height = max(float(extent[1]), float(extent[0]) * 0.6, 1e-6)
    scale = rng.normal(1.0, 0.07) / (usual if rng.random() < 0.5 else height)
    foot = low + np.array([0.0, extent[1]])
    return [(line - foot) * scale for line in lines]


def _placed(
    lines: list[Polyline],
    before: list[Polyline],
    edge: float,
    touching: bool,
    rng: np.random.Generator,
) -> list[Polyline]:
    """Return a digit at its gap right of `edge`, or moved to where it touches the one before."""
    gap = float(np.clip(rng.normal(*_GAP), *_GAP_RANGE))
    if not before:
        gap = max(gap, 0.0)  # nothing is written over a mark
    left = min(float(line[:, 0].min()) for line in lines)
    placed = [line + np.array([edge - left + gap, 0.0]) for line in lines]
    if not (touching and before):
        return placed
    here, there = np.concatenate(placed), np.concatenate(before)
    for _step in range(60):
        away = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)).min()
        if away < 0.05:
            break
        here = here - _NEARER
        placed = [line - _NEARER for line in placed]
    return placed


def _mark_of(count: int, plain: bool, rng: np.random.Generator) -> tuple[int, str]:
    """Return before which digit the decimal mark stands (-1: none), and which one it is."""
    if plain or rng.random() >= 0.2:
        return -1, ""
    return int(rng.integers(1, count)), "." if rng.random() < 0.5 else ","


def _minus(rng: np.random.Generator) -> list[Polyline]:
    length, height = rng.uniform(0.3, 0.6), rng.uniform(0.4, 0.6)
    xs = np.linspace(0, length, 12)
    tilt = rng.normal(0, 0.08)
    ys = -height + tilt * xs + rng.normal(0, 0.008, 12).cumsum() * 0.5
    return [np.column_stack([xs, ys])]


def _decimal(
    mark: str, edge: float, line: float, rng: np.random.Generator
) -> tuple[list[Polyline], float]:
    """Return a point on the line or a comma through it, right of `edge`, and its room."""
    x = edge + rng.uniform(0.06, 0.2)
    if mark == ".":
        size = rng.uniform(0.0, 0.05)
        turn = np.linspace(0, rng.uniform(0.5, 2 * np.pi), 6)
        dot = np.column_stack([np.cos(turn), np.sin(turn)]) * size / 2
        return [dot + np.array([x, line - rng.uniform(0.0, 0.08)])], x - edge + size
    length = rng.uniform(0.16, 0.32)
    along = np.linspace(0, 1, 8)
    lean, bend = rng.uniform(0.15, 0.6), rng.uniform(0, 0.06)
    xs = x + lean * length * (1 - along) + bend * np.sin(np.pi * along)
    ys = line - rng.uniform(0.02, 0.12) + length * along
    return [np.column_stack([xs, ys])], x - edge + lean * length


def _finished(
    marks: list[tuple[str, list[Polyline]]],
    writer: int,
    odd: list[str],
    shear: float,
    plain: bool,
    rng: np.random.Generator,
) -> NumberString:
    """Return the string in drawing units, slanted, perhaps with strokes written at the end."""
    text = "".join(name for name, _lines in marks)
    order = [
        (place, line, nth > 0 and name.isdigit())
        for place, (name, lines) in enumerate(marks)
        for nth, line in enumerate(lines)
    ]
    if not plain and rng.random() < 0.2 and any(later for _place, _line, later in order):
        odd.append("delayed")
        order.sort(key=lambda stroke: stroke[2])
    slant = np.array([[1.0, 0.0], [-shear, 1.0]])
    strokes, start = [], 0.0
    for _place, line, _later in order:
        points = (line @ slant * HEIGHT + np.array([30.0, 1.6 * HEIGHT])).tolist()
        strokes.append(Stroke.of(points, PEN, start))
        start = strokes[-1].points[-1].t + 100.0
    owners = tuple(place for place, _line, _later in order)
    return NumberString(text, tuple(strokes), writer, tuple(odd), owners)
