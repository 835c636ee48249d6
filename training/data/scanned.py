"""Owns reading digits that were scanned, not drawn: UCI's Optdigits and Semeion (CC BY 4.0).

For reporting only: no shipped weights are trained on them.
"""

import zlib
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from app.translation import _
from training.data.folder import DataError, data_file


class Scans(NamedTuple):
    """Pictures uint8 (n, side, side), ink 255 on 0, and labels int64 (n,)."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]


def load_optdigits(folder: Path | None = None) -> Scans:
    """Return 4,677 digits of 43 people, two-level, 32 × 32; raises DataError."""
    parts = _arrays(
        "optdigits.npz", ["x_tra", "x_tes", "x_windep", "y_tra", "y_tes", "y_windep"], folder
    )
    return Scans(np.concatenate(parts[:3]), np.concatenate(parts[3:]).astype(np.int64))


def load_semeion(folder: Path | None = None) -> Scans:
    """Return 1,592 digits of about 80 people, two-level, stretched to 16 × 16; raises DataError."""
    pictures, labels = _arrays("semeion.npz", ["x", "y"], folder)
    return Scans(pictures, labels.astype(np.int64))


def _arrays(name: str, keys: list[str], folder: Path | None) -> list[NDArray[np.uint8]]:
    path = data_file(name, folder)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return [arrays[key] for key in keys]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise DataError(
            _("{path} is not the data set that its name says: {error}").format(
                path=path, error=error
            )
        ) from error
