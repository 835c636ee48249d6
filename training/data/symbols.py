"""Reader for drawings of symbols: Detexify (ODbL 1.0) and texnolatin (CC0), by mouse and touch."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import InkError, brief
from app.i18n import _, deferred
from training.augmentation.polylines import Polyline, polylines_from_json
from training.data.dataset import DataError, DataSet
from training.data.unpack import unpacked


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol that somebody drew, y downwards."""

    name: str
    """As LaTeX calls it, with its package ("latex2e:sum"), or a plain word ("zigzag")."""
    lines: tuple[Polyline, ...] = field(compare=False)


def read_symbols(files: Sequence[Path]) -> list[Symbol]:
    """Return the symbols in files of JSON Lines {"label", "strokes"}; raises DataError."""
    symbols = [
        symbol
        for path in files
        for name, data in unpacked(path)
        if name.endswith(".jsonl")
        for symbol in _parse(path, data)
    ]
    if not symbols:
        raise DataError(_("These files hold no symbols: choose detexify.jsonl.gz."))
    return symbols


def _parse(path: Path, data: bytes) -> Iterator[Symbol]:
    wrong = _("{path} is not a file of symbols: line {number}: {error}")
    for number, line in enumerate(data.splitlines(), 1):
        try:
            value = json.loads(line)
            yield Symbol(str(value["label"]), polylines_from_json(value["strokes"]))
        except (ValueError, TypeError, KeyError, RecursionError, InkError) as error:
            raise DataError(wrong.format(path=path, number=number, error=brief(error))) from error


SYMBOLS = DataSet(
    name="symbols",
    title=deferred("drawings of symbols"),
    patterns=("symbols/*.jsonl.gz", "detexify.jsonl.gz", "texnolatin.jsonl.gz"),
    read=read_symbols,
)
