"""Owns the folder of the user's samples: a file each, whole or not there, whatever happens.

What is in the files is `app.formats.sample`'s; here they are bytes with names, oldest first.
"""

import contextlib
import secrets
from datetime import datetime
from pathlib import Path

from app.errors import StorageError
from app.i18n import _
from app.storage.atomic_write import write_atomically

SUFFIX = ".ink"
_DAMAGED = ".damaged"


class SampleStore:
    """The files of one user's samples. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the samples' names, oldest first; raises StorageError."""
        try:
            # Not the hidden ones: a kill -9 may have left half a sample under a temporary name.
            return sorted(path.name for path in self.folder.glob(f"[!.]*{SUFFIX}"))
        except OSError as error:
            raise StorageError(self._unreadable(error)) from error

    def add(self, content: bytes, time: datetime) -> str:
        """Write a sample and return its name; raises StorageError and then has written nothing."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                _("The samples' folder {folder} cannot be made ({problem}).").format(
                    folder=self.folder, problem=error.strerror or error
                )
            ) from error
        name = f"{time:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}{SUFFIX}"
        write_atomically(self.folder / name, content)
        return name

    def read(self, name: str) -> bytes:
        """Return a sample's file; raises StorageError."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise StorageError(self._unreadable(error)) from error

    def write(self, name: str, content: bytes) -> None:
        """Write a sample anew under its name, also after it was removed; raises StorageError."""
        write_atomically(self.folder / name, content)

    def remove(self, name: str) -> None:
        """Remove a sample, if it is there; raises StorageError."""
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                _("The sample could not be deleted: {problem}.").format(
                    problem=error.strerror or error
                )
            ) from error

    def set_aside(self, name: str) -> None:
        """Rename a sample that cannot be read, so that it is met no more but not lost."""
        path = self.folder / name
        with contextlib.suppress(OSError):  # in a folder that may not be written it stays
            path.rename(path.with_name(name + _DAMAGED))

    def _unreadable(self, error: OSError) -> str:
        return _("Your samples in {folder} cannot be read: {problem}.").format(
            folder=self.folder, problem=error.strerror or error
        )
