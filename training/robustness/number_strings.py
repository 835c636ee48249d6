"""Synthetic whole numbers: real digits of one writer, side by side as people write them.

Gaps (negative: overlaps), sizes, baseline and slant are random; some strings have a minus sign, a
decimal point or comma, two neighbours that touch, or strokes that are added at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.ink.stroke import Stroke
from training.augmentation.polylines import Polyline, bounding_box, points_of
from training.data.pendigits import PenDigit

HEIGHT = 100.0
"""The mean height of a digit in drawing units."""
PEN = 7.0
_LENGTHS = (2, 8)
_GAP = (0.22, 0.13)
"""Mean and standard deviation of the gap between two digits' boxes, in digit heights."""
_GAP_RANGE = (-0.2, 0.6)
_TOUCHING_STEP = np.array([0.02, 0.0])


@dataclass(frozen=True, slots=True)
class NumberString:
    """A whole number as strokes in the order of writing."""

    text: str
    strokes: tuple[Stroke, ...]
    writer: int
    oddities: tuple[str, ...]
    """Those of "minus", "point", "comma", "touching", "delayed" that it has."""
    owners: tuple[int, ...]
    """For every stroke, the index of its character in `text`."""


def number_strings(
    digits: Sequence[PenDigit], count: int, seed: int, plain: bool = False, length: int = 0
) -> list[NumberString]:
    """Return `count` strings of 2 to 8 digits (or of `length`), each by one writer.

    With `plain` none has oddities.
    """
    rng = np.random.default_rng(seed)
    writers = sorted({digit.writer for digit in digits})
    by_writer = {w: [d for d in digits if d.writer == w] for w in writers}
    strings = []
    for index in range(count):
        own = by_writer[writers[index % len(writers)]]
        wanted = length or int(rng.integers(_LENGTHS[0], _LENGTHS[1] + 1))
        chosen = [own[int(rng.integers(len(own)))] for _digit in range(wanted)]
        strings.append(_string(chosen, _median_height(own), plain, rng))
    return strings


def _median_height(digits: Sequence[PenDigit]) -> float:
    return float(np.median([bounding_box(points_of(digit.strokes))[1][1] for digit in digits]))


def _string(
    digits: Sequence[PenDigit], median_height: float, plain: bool, rng: np.random.Generator
) -> NumberString:
    sized = [_sized(points_of(digit.strokes), median_height, rng) for digit in digits]
    shear = rng.normal(0.0, 0.1)
    drift = rng.normal(0.0, 0.03)
    oddities: list[str] = []
    touching = -1
    if not plain and rng.random() < 0.1:
        touching = int(rng.integers(1, len(digits)))
        oddities.append("touching")
    characters: list[tuple[str, list[Polyline]]] = []
    mark_at, mark = _random_mark(len(digits), plain, rng)
    edge = 0.0
    if not plain and rng.random() < 0.15:
        minus = _minus(rng)
        oddities.append("minus")
        characters.append(("-", minus))
        edge = float(minus[0][:, 0].max()) + rng.uniform(0.08, 0.35)
    before: list[Polyline] = []
    for index, (digit, lines) in enumerate(zip(digits, sized, strict=True)):
        if index == mark_at:
            dot, width = _decimal(mark, edge, drift * index, rng)
            oddities.append("point" if mark == "." else "comma")
            characters.append((mark, dot))
            edge += width + rng.uniform(0.03, 0.1)
            before = []
        placed = _placed(lines, before, edge, index == touching, rng)
        placed = [line + np.array([0.0, rng.normal(0, 0.05) + drift * index]) for line in placed]
        characters.append((str(digit.label), placed))
        edge = max(float(line[:, 0].max()) for line in placed)
        before = placed
    return _assembled(characters, digits[0].writer, oddities, shear, plain, rng)


def _sized(lines: list[Polyline], median_height: float, rng: np.random.Generator) -> list[Polyline]:
    """Return a digit about 1 high, its lower left corner at (0, 0).

    At random it is scaled by the writer's median height, or by its own.
    """
    low, extent = bounding_box(lines)
    height = max(float(extent[1]), float(extent[0]) * 0.6, 1e-6)
    scale = rng.normal(1.0, 0.07) / (median_height if rng.random() < 0.5 else height)
    foot = low + np.array([0.0, extent[1]])
    return [(line - foot) * scale for line in lines]


def _placed(
    lines: list[Polyline],
    before: list[Polyline],
    edge: float,
    touching: bool,
    rng: np.random.Generator,
) -> list[Polyline]:
    """Return a digit at a random gap right of `edge`, or moved left until it touches `before`."""
    gap = float(np.clip(rng.normal(*_GAP), *_GAP_RANGE))
    if not before:
        gap = max(gap, 0.0)  # no digit overlaps a sign or decimal mark
    left = min(float(line[:, 0].min()) for line in lines)
    placed = [line + np.array([edge - left + gap, 0.0]) for line in lines]
    if not (touching and before):
        return placed
    here, there = np.concatenate(placed), np.concatenate(before)
    for _step in range(60):
        distance = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)).min()
        if distance < 0.05:
            break
        here = here - _TOUCHING_STEP
        placed = [line - _TOUCHING_STEP for line in placed]
    return placed


def _random_mark(count: int, plain: bool, rng: np.random.Generator) -> tuple[int, str]:
    """Return the index of the digit after the decimal mark (-1: none), and the mark."""
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
    mark: str, edge: float, baseline: float, rng: np.random.Generator
) -> tuple[list[Polyline], float]:
    """Return a point on the baseline or a comma through it, right of `edge`, and its width."""
    x = edge + rng.uniform(0.06, 0.2)
    if mark == ".":
        size = rng.uniform(0.0, 0.05)
        turn = np.linspace(0, rng.uniform(0.5, 2 * np.pi), 6)
        dot = np.column_stack([np.cos(turn), np.sin(turn)]) * size / 2
        return [dot + np.array([x, baseline - rng.uniform(0.0, 0.08)])], x - edge + size
    length = rng.uniform(0.16, 0.32)
    along = np.linspace(0, 1, 8)
    lean, bend = rng.uniform(0.15, 0.6), rng.uniform(0, 0.06)
    xs = x + lean * length * (1 - along) + bend * np.sin(np.pi * along)
    ys = baseline - rng.uniform(0.02, 0.12) + length * along
    return [np.column_stack([xs, ys])], x - edge + lean * length


def _assembled(
    characters: list[tuple[str, list[Polyline]]],
    writer: int,
    oddities: list[str],
    shear: float,
    plain: bool,
    rng: np.random.Generator,
) -> NumberString:
    """Return the string in drawing units, slanted; some have strokes that are added at the end."""
    text = "".join(name for name, _lines in characters)
    order = [
        (place, line, nth > 0 and name.isdigit())
        for place, (name, lines) in enumerate(characters)
        for nth, line in enumerate(lines)
    ]
    if not plain and rng.random() < 0.2 and any(later for _place, _line, later in order):
        oddities.append("delayed")
        order.sort(key=lambda stroke: stroke[2])
    slant = np.array([[1.0, 0.0], [-shear, 1.0]])
    strokes, start = [], 0.0
    for _place, line, _later in order:
        points = (line @ slant * HEIGHT + np.array([30.0, 1.6 * HEIGHT])).tolist()
        strokes.append(Stroke.of(points, PEN, start))
        start = strokes[-1].points[-1].t + 100.0
    owners = tuple(place for place, _line, _later in order)
    return NumberString(text, tuple(strokes), writer, tuple(oddities), owners)
