"""The folder of the user's samples: one file each, written atomically.

Here they are bytes with names; `app.formats.sample` knows what is in them.
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
    """The files of one user's samples. Several processes may use them at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the samples' names, oldest first; raises StorageError."""
        try:
            # Hidden files are temporary ones, perhaps half written.
            return sorted(path.name for path in self.folder.glob(f"[!.]*{SUFFIX}"))
        except OSError as error:
            raise StorageError(self._unreadable(error)) from error

    def add(self, content: bytes, time: datetime) -> str:
        """Write a sample and return its name, which sorts by `time`.

        Raises StorageError, and then nothing was written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                _("The folder for samples, {folder}, cannot be created ({problem}).").format(
                    folder=self.folder, problem=error.strerror or error
                )
            ) from error
        name = f"{time:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}{SUFFIX}"
        write_atomically(self.folder / name, content)
        return name

    def read(self, name: str) -> bytes:
        """Return a sample's content; raises StorageError."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise StorageError(self._unreadable(error)) from error

    def write(self, name: str, content: bytes) -> None:
        """Write a sample under its former name, even if it was removed; raises StorageError."""
        write_atomically(self.folder / name, content)

    def remove(self, name: str) -> None:
        """Delete a sample if it exists; raises StorageError."""
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                _("The sample could not be deleted: {problem}.").format(
                    problem=error.strerror or error
                )
            ) from error

    def set_aside(self, name: str) -> None:
        """Rename a damaged sample, so that it is neither read again nor lost."""
        path = self.folder / name
        with contextlib.suppress(OSError):  # in a read-only folder it stays
            path.rename(path.with_name(name + _DAMAGED))

    def _unreadable(self, error: OSError) -> str:
        return _("Your samples in {folder} cannot be read: {problem}.").format(
            folder=self.folder, problem=error.strerror or error
        )
