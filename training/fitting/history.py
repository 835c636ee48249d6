"""Owns a run's history.csv: a line for every epoch, every value a number."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from app.storage.atomic_write import write_atomically

HISTORY = "history.csv"


def read_history(path: Path) -> list[dict[str, float]]:
    """Return the lines of a history.csv by epoch; none if there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="ascii", newline="") as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]
    return [{**row, "epoch": int(row["epoch"])} for row in rows]


def write_history(path: Path, rows: Sequence[dict[str, float]]) -> None:
    """Write the lines, which have the same columns; raises StorageError."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[-1]), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, text.getvalue().encode("ascii"))
