"""Owns reading Omniglot's strokes (Lake, Salakhutdinov & Tenenbaum 2015, MIT): no digits."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.ink.stroke import Point, Stroke
from app.translation import _
from training.data.folder import DataError, data_file

FILE = "omniglot-strokes-small1.zip"


@dataclass(frozen=True, slots=True)
class Character:
    """One handwritten character: its alphabet, its number there, its drawer 1-20, its strokes."""

    alphabet: str
    number: int
    drawer: int
    strokes: tuple[Stroke, ...]


def load_omniglot(folder: Path | None = None) -> list[Character]:
    """Return all characters, sorted by path, y downwards; raises DataError if unreadable."""
    path = data_file(FILE, folder)
    characters = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                parts = name.split("/")
                if parts[0].startswith("__") or not name.endswith(".txt"):
                    continue
                strokes = _parsed(archive.read(name).decode("ascii"))
                number, drawer = int(parts[2][-2:]), int(parts[3][5:7])
                characters.append(Character(parts[1], number, drawer, strokes))
    except (zipfile.BadZipFile, ValueError, IndexError) as error:
        raise DataError(
            _("{path} is not an archive of Omniglot strokes: {error}").format(
                path=path, error=error
            )
        ) from error
    return characters


def _parsed(text: str) -> tuple[Stroke, ...]:
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
"""Characters that a reader may well take for a digit (o, l, z, s, b, …), chosen by looking at three
drawings of each: they are no example of "not a digit"."""


def clear_non_digits(characters: list[Character]) -> list[Character]:
    """Return the characters that nobody would take for a digit, in the same order."""
    return [c for c in characters if c.number not in DIGIT_LIKE.get(c.alphabet, frozenset())]
