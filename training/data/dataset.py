"""What a data set is: its name, its files, the function that reads them, and where to get them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.errors import InklingError

FOLDER_VARIABLE = "INKLING_DATA"
"""Environment variable: a folder that is searched for data sets before the cache."""

IMPORTED_PREFIX = "imported-"
"""Imported files have other names than their data set's; in the cache they begin with this."""

T_co = TypeVar("T_co", covariant=True)


class DataError(InklingError):
    """A data set is missing, or its files hold something else."""


class DownloadError(DataError):
    """A data set could not be downloaded from any mirror."""


class IncompleteError(DataError):
    """Some of a data set's files are missing; those that are there are right."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """An address that has all files of a data set."""

    base_url: str
    """Ends with a slash; a file's name follows."""
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet(Generic[T_co]):
    """A data set of which `read` makes a T_co."""

    name: str
    title: str
    patterns: tuple[str, ...]
    """Shell patterns of its files' names, in any packaging."""
    read: Callable[[Sequence[Path]], T_co]
    """Decodes the files and checks their hash; raises DataError, or IncompleteError."""
    mirrors: tuple[Mirror, ...] = ()

    def files_in(self, folder: Path) -> list[Path]:
        """Return the files in `folder` that match the patterns or were imported, sorted."""
        patterns = (*self.patterns, f"{IMPORTED_PREFIX}*")
        found = {path for pattern in patterns for path in folder.glob(pattern)}
        return sorted(path for path in found if path.is_file())


def sha256_of_arrays(arrays: Sequence[NDArray[np.generic]]) -> str:
    """Return the SHA-256 of the arrays' bytes in C order, as hexadecimal digits."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
