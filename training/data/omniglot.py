"""Reader for Omniglot's strokes, letters of many alphabets (Lake et al. 2015, MIT licence)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import brief
from app.i18n import _
from app.ink.stroke import Point, Stroke
from training.data.dataset import DataError, DataSet, Mirror, sha256_of_arrays
from training.data.unpack import unpacked

_FILE = "strokes_background_small1.zip"
_SHA256 = "e1c3c52ed84b302994bcef5f840b3a23ccb6b64ffea76b8a6fdc41e775acad00"
"""Of (character number, drawer, point count) of every stroke, int64, and all (x, y, t), float64."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character as one person drew it: alphabet, number in it, drawer 1 to 20, y downwards."""

    alphabet: str
    number: int
    drawer: int
    strokes: tuple[Stroke, ...]


def read_omniglot(files: Sequence[Path]) -> list[Character]:
    """Return the characters in Omniglot's archive of strokes; raises DataError."""
    characters = []
    for path in files:
        for name, data in sorted(unpacked(path)):
            parts = name.split("/")
            if len(parts) == 4 and name.endswith(".txt"):
                characters.append(_character(path, parts, data))
    if not characters:
        wrong = _("strokes_background_small1.zip is not among the files: Omniglot's strokes.")
        raise DataError(wrong)
    if sha256_of_arrays(_hashed_arrays(characters)) != _SHA256:
        wrong = _("{path} holds other strokes than Omniglot's first small set.")
        raise DataError(wrong.format(path=files[0]))
    return characters


def _character(path: Path, parts: list[str], data: bytes) -> Character:
    try:
        strokes = _parse(data.decode("ascii"))
        return Character(parts[1], int(parts[2][-2:]), int(parts[3][5:7]), strokes)
    except (ValueError, IndexError) as error:
        wrong = _("{path} is not an archive of Omniglot strokes: {error}")
        raise DataError(wrong.format(path=path, error=brief(error))) from error


def _hashed_arrays(characters: list[Character]) -> list[NDArray[np.generic]]:
    strokes = [(c.number, c.drawer, len(s.points)) for c in characters for s in c.strokes]
    points = [point for c in characters for s in c.strokes for point in s.points]
    return [np.array(strokes, np.int64), np.array(points, np.float64)]


def _parse(text: str) -> tuple[Stroke, ...]:
    strokes: list[list[Point]] = [[]]
    for line in text.split():
        if line == "BREAK":
            strokes.append([])
        elif line != "START":
            x, y, t = map(float, line.split(","))
            strokes[-1].append(Point(x, -y, t))
    return tuple(Stroke(tuple(points)) for points in strokes if points)


DIGIT_LIKE: dict[str, frozenset[int]] = {
    "Balinese": frozenset({5, 14}),
    "Early_Aramaic": frozenset({1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 16, 17, 20}),
    "Greek": frozenset({2, 3, 4, 5, 6, 8, 9, 14, 15, 17, 18}),
    "Korean": frozenset({5, 20, 21, 22, 27, 28, 33, 37}),
    "Latin": frozenset({2, 7, 9, 10, 12, 15, 17, 19, 25, 26}),
}
"""Numbers of the characters that can be read as a digit (o, l, z, s, b, …), chosen by looking at
three drawings of each; they are no negatives."""


def clear_non_digits(characters: list[Character]) -> list[Character]:
    """Return the characters that cannot be read as a digit, in the same order."""
    return [c for c in characters if c.number not in DIGIT_LIKE.get(c.alphabet, frozenset())]


OMNIGLOT = DataSet(
    name="omniglot",
    title="Omniglot",
    patterns=(_FILE, "omniglot-strokes-small1.zip"),
    read=read_omniglot,
    mirrors=(
        Mirror("https://raw.githubusercontent.com/brendenlake/omniglot/master/python/", (_FILE,)),
        Mirror("https://github.com/brendenlake/omniglot/raw/master/python/", (_FILE,)),
    ),
)
