"""Readers for digits that no shipped model is trained on: scans and pencil strokes.

The scans are UCI's Optdigits and Semeion (CC BY 4.0), the strokes skahl's handwritten-digits-corpus
(Apache-2.0): 473 digits by five people.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import InkError, brief
from app.formats.strokes_file import strokes_from_json
from app.i18n import _
from app.storage.archive_errors import ARCHIVE_ERRORS
from training.data.dataset import DataError, DataSet
from training.data.pendigits import PenDigit


@dataclass(frozen=True, slots=True)
class Scans:
    """Pictures uint8 (n, side, side), ink 255 on 0, and labels int64 (n,)."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]


def _read_optdigits(files: Sequence[Path]) -> Scans:
    keys = ["x_tra", "x_tes", "x_windep", "y_tra", "y_tes", "y_windep"]
    parts = _arrays(files[0], keys)
    return Scans(np.concatenate(parts[:3]), np.concatenate(parts[3:]).astype(np.int64))


def _read_semeion(files: Sequence[Path]) -> Scans:
    pictures, labels = _arrays(files[0], ["x", "y"])
    return Scans(pictures, labels.astype(np.int64))


def _arrays(path: Path, keys: list[str]) -> list[NDArray[np.uint8]]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return [arrays[key] for key in keys]
    except (OSError, *ARCHIVE_ERRORS) as error:
        wrong = _("{path} is not the data set that its name says: {error}")
        raise DataError(wrong.format(path=path, error=brief(error))) from error


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


OPTDIGITS = DataSet("optdigits", "Optdigits", ("optdigits.npz",), _read_optdigits)
"""4,677 black-and-white digits by 43 people, 32 × 32."""
SEMEION = DataSet("semeion", "Semeion", ("semeion.npz",), _read_semeion)
"""1,592 black-and-white digits by about 80 people, stretched to 16 × 16."""
SKAHL = DataSet("skahl", "skahl", ("skahl-digits.json",), read_skahl)
