"""The history of a model's training: the accuracy and loss of each epoch, from history.csv."""

import csv
import math
from io import StringIO
from pathlib import Path

from app.errors import ModelError
from app.i18n import _

CURVES = ("accuracy", "val_accuracy", "loss", "val_loss")
_MAX_BYTES = 4 << 20

Points = dict[str, list[tuple[float, float]]]
"""(epoch, value) of each of CURVES."""


def read_training_history(path: Path) -> Points:
    """Return the curves of a training; raises ModelError for a file that has none."""
    damaged = _("The training curves of this model are damaged.")
    points: Points = {name: [] for name in CURVES}
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise ModelError(damaged)
        for row in csv.DictReader(StringIO(data.decode("ascii"), newline=""), strict=True):
            epoch = float(row["epoch"])
            for name in CURVES:
                if row.get(name):
                    points[name].append((epoch, float(row[name])))
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise ModelError(damaged) from error
    values = [number for curve in points.values() for point in curve for number in point]
    if not values or not all(math.isfinite(number) and 0 <= number <= 1e9 for number in values):
        raise ModelError(damaged)
    return points
