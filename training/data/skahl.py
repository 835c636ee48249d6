"""Reader for skahl's handwritten-digits-corpus (Apache-2.0): 473 digits in pencil by five people.

Used for reporting only: no shipped model is trained on them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from app.errors import InkError
from app.formats.strokes_file import strokes_from_json
from app.i18n import _
from training.data.dataset import DataError, DataSet
from training.data.pendigits import PenDigit


def read_skahl(files: Sequence[Path]) -> list[PenDigit]:
    """Return the digits in the corpus' JSON file; raises DataError."""
    path = files[0]
    try:
        items = json.loads(path.read_bytes())
        return [
            PenDigit(
                int(item["label"]), int(item["user"]), order, strokes_from_json(item["strokes"])
            )
            for order, item in enumerate(items)
        ]
    except (OSError, ValueError, TypeError, KeyError, InkError) as error:
        raise DataError(
            _("{path} is not skahl's file of digits: {error}").format(path=path, error=error)
        ) from error


SKAHL = DataSet(name="skahl", title="skahl", patterns=("skahl-digits.json",), read=read_skahl)
