"""Copies large files in chunks, reporting the progress; the report can cancel the copy."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

Progress = Callable[[int, int], None]
"""Called with the megabytes (or samples) done and in all; an exception from it ends the work."""

_CHUNK = 1 << 20


def no_progress(_done: int, _total: int) -> None:
    """Report nothing."""


class ProgressCopy:
    """Copies several files one after another, with one progress for all of them."""

    def __init__(self, progress: Progress, total: int) -> None:
        """`total`: bytes of all files together."""
        self._progress = progress
        self._total = total
        self._done = 0

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file; raises OSError, and what the progress raises."""
        with source.open("rb") as reader, target.open("wb") as writer:
            self._copy(reader, writer)

    def add_to_archive(self, archive: zipfile.ZipFile, source: Path, name: str) -> None:
        """Add a file to an archive under a name; raises as `copy` does."""
        entry = zipfile.ZipInfo.from_file(source, name)
        with source.open("rb") as reader, archive.open(entry, "w", force_zip64=True) as writer:
            self._copy(reader, writer)

    def extract(self, archive: zipfile.ZipFile, name: str, target: Path) -> None:
        """Extract a file from an archive; raises as `copy` does, and what zipfile raises."""
        with archive.open(name) as reader, target.open("wb") as writer:
            self._copy(reader, writer)

    def _copy(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        while True:
            self._progress(self._done // _CHUNK, -(-self._total // _CHUNK))
            chunk = reader.read(_CHUNK)
            if not chunk:
                return
            writer.write(chunk)
            self._done += len(chunk)
