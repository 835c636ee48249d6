"""The folder of the user's samples: one file each, written atomically.

Here they are bytes with names; `app.formats.sample` knows what is in them.
"""

import contextlib
import secrets
from datetime import datetime
from pathlib import Path

from app.errors import storage_errors
from app.i18n import _
from app.storage.atomic_write import PRIVATE, write_atomically
from app.storage.paths import make_private

SUFFIX = ".ink"
_DAMAGED = ".damaged"


class SampleStore:
    """The files of one user's samples. Several processes may use them at once."""

    def __init__(self, folder: Path, suffix: str = SUFFIX) -> None:
        """`suffix`: how the names of its files end."""
        self.folder = folder
        self._suffix = suffix

    def names(self) -> list[str]:
        """Return the samples' names, oldest first; raises StorageError."""
        with self._read_errors():
            # Hidden files are temporary ones, perhaps half written.
            return sorted(path.name for path in self.folder.glob(f"[!.]*{self._suffix}"))

    def add(self, content: bytes, time: datetime) -> str:
        """Write a sample and return its name, which sorts by `time`.

        Raises StorageError, and then nothing was written.
        """
        message = _("The folder for samples, {folder}, cannot be created ({problem}).")
        with storage_errors(message, folder=self.folder):
            make_private(self.folder)
        name = _new_name(time, self._suffix)
        self.write(name, content)
        return name

    def read(self, name: str) -> bytes:
        """Return a sample's content; raises StorageError."""
        with self._read_errors():
            return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Write a sample under its former name, even if it was removed; raises StorageError."""
        write_atomically(self.folder / name, content, PRIVATE)

    def remove(self, name: str) -> None:
        """Delete a sample if it exists; raises StorageError."""
        with storage_errors(_("The sample could not be deleted: {problem}.")):
            (self.folder / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Rename a damaged sample, so that it is neither read again nor lost."""
        path = self.folder / name
        with contextlib.suppress(OSError):  # in a read-only folder it stays
            path.replace(path.with_name(name + _DAMAGED))

    def _read_errors(self) -> contextlib.AbstractContextManager[None]:
        message = _("Your samples in {folder} cannot be read: {problem}.")
        return storage_errors(message, folder=self.folder)


class TemporarySamples(SampleStore):
    """Samples in memory, which end with the program and are never written to a disk."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._contents: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Return the samples' names, oldest first."""
        return sorted(self._contents)

    def add(self, content: bytes, time: datetime) -> str:
        """Keep a sample and return its name, which sorts by `time`."""
        name = _new_name(time, self._suffix)
        self._contents[name] = content
        return name

    def read(self, name: str) -> bytes:
        """Return a sample's content."""
        return self._contents[name]

    def write(self, name: str, content: bytes) -> None:
        """Keep a sample under its former name, even if it was removed."""
        self._contents[name] = content

    def remove(self, name: str) -> None:
        """Forget a sample if it exists."""
        self._contents.pop(name, None)

    def set_aside(self, name: str) -> None:
        """Forget a damaged sample."""
        self.remove(name)


def _new_name(time: datetime, suffix: str) -> str:
    return f"{time:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}{suffix}"
