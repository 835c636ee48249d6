"""Reader for the UCI pen digits in their UNIPEN form (Alpaydin & Alimoglu 1998, CC BY 4.0).

7,494 digits by 30 writers, drawn with a pen on a tablet, each writer's in the order of writing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.errors import brief
from app.i18n import _, deferred
from app.ink.stroke import Point, Stroke
from training.data.dataset import DataError, DataSet, Mirror, sha256_of_arrays
from training.data.unpack import unpacked

_SHA256 = "a6f4204d52e9d70d92749cc7aec045d7ffc9968eabdb3e2fee4482235abe8fc7"
"""Of (label, writer, order) of every digit, every stroke's point count, all (x, y), int64."""
_HEAD_BYTES = 4096
_TABLET_HEIGHT = 500.0
_MS_PER_POINT = 10.0
"""The tablet sampled at 100 Hz (Alimoglu & Alpaydin 1997); the file has no times."""


@dataclass(frozen=True, slots=True)
class PenDigit:
    """A digit as one person wrote it: label 0 to 9, writer (1 to 30), position in their order."""

    label: int
    writer: int
    order: int
    strokes: tuple[Stroke, ...]


def read_pendigits(files: Sequence[Path]) -> list[PenDigit]:
    """Return the pen digits of pendigits-orig.tra, which may be in an archive; raises DataError."""
    for path in files:
        for name, data in unpacked(path):
            if name.endswith("pendigits-orig.tra") or b".PEN_DOWN" in data[:_HEAD_BYTES]:
                return _parse_checked(path, data)
    wrong = _("pendigits-orig.tra is not among the files: the pen digits in their original form.")
    raise DataError(wrong)


def _parse_checked(path: Path, data: bytes) -> list[PenDigit]:
    try:
        digits = list(_parse(data.decode("ascii").splitlines()))
        points = [[p[:2] for p in stroke.points] for d in digits for stroke in d.strokes]
        arrays = [
            np.array([(d.label, d.writer, d.order) for d in digits], np.int64),
            np.array([len(stroke) for stroke in points], np.int64),
            np.array([point for stroke in points for point in stroke], np.int64),
        ]
    except (ValueError, IndexError, OverflowError) as error:
        wrong = _("{path} is not a UNIPEN file of pen digits: {error}")
        raise DataError(wrong.format(path=path, error=brief(error))) from error
    if sha256_of_arrays(arrays) != _SHA256:
        raise DataError(_("{path} holds other strokes than the pen digits.").format(path=path))
    return digits


def _parse(lines: Iterable[str]) -> Iterator[PenDigit]:
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
            strokes[-1].append((float(words[0]), _TABLET_HEIGHT - float(words[1])))
    if header and strokes:
        yield _digit(header, strokes)


def _digit(header: tuple[int, int, int], strokes: list[list[tuple[float, float]]]) -> PenDigit:
    label, writer, order = header
    result, tick = [], 0
    for points in filter(None, strokes):
        times = (_MS_PER_POINT * i for i in range(tick, tick + len(points)))
        result.append(Stroke(tuple(Point(*p, t) for p, t in zip(points, times, strict=True))))
        tick += len(points)
    return PenDigit(label, writer, order, tuple(result))


PENDIGITS = DataSet(
    name="pendigits",
    title=deferred("the pen digits"),
    patterns=("pendigits-orig.tra", "pendigits-orig.tra.Z", "pen*recognition*digits*.zip"),
    read=read_pendigits,
    mirrors=(
        Mirror(
            "https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits/",
            ("pendigits-orig.tra.Z",),
        ),
        Mirror(
            "https://archive.ics.uci.edu/static/public/81/",
            ("pen+based+recognition+of+handwritten+digits.zip",),
        ),
    ),
)
