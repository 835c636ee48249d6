"""Owns reading skahl's digits (handwritten-digits-corpus, Apache-2.0): 473 by five people, pencil.

For reporting only: no shipped weights are trained on them.
"""

import json
from pathlib import Path

from app.errors import InkError
from app.ink.strokes_file import strokes_of
from app.translation import _
from training.data.folder import DataError, data_file
from training.data.pendigits import PenDigit

FILE = "skahl-digits.json"


def load_skahl(folder: Path | None = None) -> list[PenDigit]:
    """Return all digits in the file's order, y downwards; raises DataError if unreadable."""
    path = data_file(FILE, folder)
    try:
        items = json.loads(path.read_bytes())
        return [
            PenDigit(int(item["label"]), int(item["user"]), order, strokes_of(item["strokes"]))
            for order, item in enumerate(items)
        ]
    except (OSError, ValueError, TypeError, KeyError, InkError) as error:
        raise DataError(
            _("{path} is not skahl's file of digits: {error}").format(path=path, error=error)
        ) from error
