"""Owns reading the UCI pen digits in their original UNIPEN form (Alpaydin & Alimoglu, CC BY 4.0).

7,494 digits by 30 writers as pen strokes on a tablet, in the order they were written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.ink.stroke import Point, Stroke
from app.translation import _
from training.data.folder import DataError, data_file

FILE = "pendigits-orig.tra"
_BOX = 500.0
_MS_PER_POINT = 10.0
"""The tablet sampled at 100 Hz (Alimoglu & Alpaydin 1997); the file itself has no times."""


@dataclass(frozen=True, slots=True)
class PenDigit:
    """One digit as it was written: label 0-9, writer 1-30, place in that writer's order."""

    label: int
    writer: int
    order: int
    strokes: tuple[Stroke, ...]


def load_pendigits(folder: Path | None = None) -> list[PenDigit]:
    """Return all pen digits in the file's order, y downwards; raises DataError if unreadable."""
    path = data_file(FILE, folder)
    try:
        with path.open(encoding="ascii") as lines:
            return list(_parsed(lines))
    except (ValueError, IndexError) as error:
        raise DataError(
            _("{path} is not a UNIPEN file of pen digits: {error}").format(path=path, error=error)
        ) from error


def _parsed(lines: Iterable[str]) -> Iterator[PenDigit]:
    header: tuple[int, int, int] | None = None
    strokes: list[list[tuple[float, float]]] = []
    down = False
    for line in lines:
        words = line.split()
        if not words:
            continue
        if words[0] == ".COMMENT" and len(words) == 4:
            if header and strokes:
                yield _digit(header, strokes)
            header, strokes = (int(words[1]), int(words[2]), int(words[3])), []
        elif words[0] == ".PEN_DOWN":
            down = True
            strokes.append([])
        elif words[0] == ".PEN_UP":
            down = False
        elif down and not words[0].startswith("."):
            strokes[-1].append((float(words[0]), _BOX - float(words[1])))
    if header and strokes:
        yield _digit(header, strokes)


def _digit(header: tuple[int, int, int], strokes: list[list[tuple[float, float]]]) -> PenDigit:
    label, writer, order = header
    made, tick = [], 0
    for points in filter(None, strokes):
        made.append(
            Stroke(
                tuple(Point(x, y, (tick + i) * _MS_PER_POINT) for i, (x, y) in enumerate(points))
            )
        )
        tick += len(points)
    return PenDigit(label, writer, order, tuple(made))
