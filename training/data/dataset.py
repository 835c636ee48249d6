"""Owns what a data set's source is: how its files are known, read, checked, and where they are."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.errors import InklingError

FOLDER_VARIABLE = "INKLING_DATA"
"""Names the folder that is looked at first."""

IMPORTED = "imported-"
"""What the names of imported files begin with in the cache."""

T = TypeVar("T")


class DataError(InklingError):
    """A data set that is missing or is not what its name says."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A place on the network that has all files of a data set, in one of its packagings."""

    base: str
    """The address before the files' names, with the last slash."""
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet(Generic[T]):
    """One data set: its name, its files' names, its reader, its mirrors."""

    name: str
    title: str
    patterns: tuple[str, ...]
    """The names that its files have in any packaging, as shell patterns."""
    read: Callable[[Sequence[Path]], T]
    """Decode files of any packaging and check them by hash; raises DataError, worded for a person,
    and IncompleteError where files are whole but some are missing."""
    mirrors: tuple[Mirror, ...] = ()

    def files_in(self, folder: Path) -> list[Path]:
        """Return the folder's files that look like this data set's, or were imported, by name."""
        patterns = (*self.patterns, f"{IMPORTED}*")
        found = {path for pattern in patterns for path in folder.glob(pattern)}
        return sorted(path for path in found if path.is_file() and path.suffix != ".part")


class IncompleteError(DataError):
    """Files that belong to a data set, but not all of them are there."""


def sha256_of_arrays(arrays: Sequence[NDArray[np.generic]]) -> str:
    """Return the SHA-256 of arrays, in C order, as hexadecimal digits."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
