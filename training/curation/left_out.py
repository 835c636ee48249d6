"""Drawings whose label is wrong or cannot be seen in them, and symbols that look like a digit.

`python -m training clean` writes the list; see cross_validation for its rules.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from app.storage.atomic_write import write_atomically
from training.augmentation.polylines import Polyline

PATH = Path(__file__).with_name("left_out.json")
CHARACTERS_PATH = Path(__file__).with_name("left_out_characters.json")
"""The same where the 94 characters are what is learnt: see character_labels."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the list holds."""

    drawings: frozenset[str]
    """By `drawing_id`."""
    symbols: frozenset[str]
    """Names of symbols that look like a digit, or a character."""


def drawing_id(label: str, lines: tuple[Polyline, ...]) -> str:
    """Return eight hexadecimal digits made of a drawing's label and points.

    Of UNIPEN's original, whose points are not rounded, no drawing is left out.
    """
    points = np.rint(np.concatenate(lines)).astype("<i4").tobytes()
    return f"{crc32(points, crc32(label.encode())):08x}"


def read_left_out(path: Path = PATH) -> LeftOut:
    """Return the list in `path`; empty if there is none."""
    if not path.exists():
        return LeftOut(frozenset(), frozenset())
    value = json.loads(path.read_bytes())
    return LeftOut(
        frozenset(row[0] for part in ("digits", "others") for row in value[part]),
        frozenset(row[0] for row in value["symbols"]),
    )


def write_rows(path: Path, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write the list, a row of it a line."""
    text = ",\n".join(
        f'"{part}": [\n' + ",\n".join(json.dumps(row) for row in rows[part]) + "\n]"
        for part in rows
    )
    write_atomically(path, ("{\n" + text + "\n}\n").encode("ascii"))


LEFT_OUT = read_left_out()
LEFT_OUT_CHARACTERS = read_left_out(CHARACTERS_PATH)
