"""Owns copying large files piece by piece: how far it is can be told, and it can be ended."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

Step = Callable[[int, int], None]
"""Told how many of how many megabytes are done; what it raises ends the copying."""

_PIECE = 1 << 20


def no_step(_done: int, _total: int) -> None:
    """Tell nobody."""


class Copying:
    """Several files, copied one after another."""

    def __init__(self, step: Step, total: int) -> None:
        """`total`: bytes of all of them."""
        self._step = step
        self._total = total
        self._done = 0

    def file(self, source: Path, to: Path) -> None:
        """Copy a file; raises OSError, and what the step raises."""
        with source.open("rb") as reader, to.open("wb") as writer:
            self._copy(reader, writer)

    def into(self, archive: zipfile.ZipFile, source: Path, name: str) -> None:
        """Put a file into an archive under a name; raises as `file` does."""
        entry = zipfile.ZipInfo.from_file(source, name)
        with source.open("rb") as reader, archive.open(entry, "w", force_zip64=True) as writer:
            self._copy(reader, writer)

    def out_of(self, archive: zipfile.ZipFile, name: str, to: Path) -> None:
        """Take a file out of an archive; raises as `file` does, and what zipfile raises."""
        with archive.open(name) as reader, to.open("wb") as writer:
            self._copy(reader, writer)

    def _copy(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        while True:
            self._step(self._done // _PIECE, -(-self._total // _PIECE))
            piece = reader.read(_PIECE)
            if not piece:
                return
            writer.write(piece)
            self._done += len(piece)
