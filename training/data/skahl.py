"""Reader for skahl's handwritten-digits-corpus (Apache-2.0): 473 digits in pencil by five people.

Used for reporting only: no shipped model is trained on them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from app.errors import InkError, brief
from app.formats.strokes_file import strokes_from_json
from app.i18n import _
from training.data.dataset import DataError, DataSet
from training.data.pendigits import PenDigit


def read_skahl(files: Sequence[Path]) -> list[PenDigit]:
    """Return the digits in the corpus' JSON file; raises DataError."""
    try:
        return [
            PenDigit(int(one["label"]), int(one["user"]), order, strokes_from_json(one["strokes"]))
            for order, one in enumerate(json.loads(files[0].read_bytes()))
        ]
    except (OSError, ValueError, TypeError, KeyError, OverflowError, InkError) as error:
        wrong = _("{path} is not skahl's file of digits: {error}")
        raise DataError(wrong.format(path=files[0], error=brief(error))) from error


SKAHL = DataSet(name="skahl", title="skahl", patterns=("skahl-digits.json",), read=read_skahl)
