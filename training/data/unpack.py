"""The files inside a file or folder: plain, gzip, Unix compress, zip or tar."""

import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from app.errors import StorageError, brief
from app.i18n import _
from app.storage.archive_errors import ARCHIVE_ERRORS
from training.data.dataset import DataError
from training.data.lzw import decompress
from training.errors import os_errors_as

MAX_BYTES = 128 * 1024 * 1024
"""Larger files are refused: the largest of any data set has 47 MB (MNIST)."""
MAX_TAR_BYTES = 2048 * 1024 * 1024
"""The most that the files of a tar archive or a folder may have together."""

_MAX_DEPTH = 3


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file in an archive, or of `path` itself if it is none.

    In a folder these are all files, by names that begin with the folder's. An .npz is an archive of
    .npy files. Raises DataError for what cannot be unpacked, StorageError for what cannot be read.
    """
    with os_errors_as(StorageError, _("{path} cannot be read: {problem}."), path=path):
        if path.is_dir():
            yield from _limited(path, _folder_files(path))
            return
        if _is_tar(path):
            yield from _limited(path, _tar_files(path))
            return
        if path.stat().st_size > MAX_BYTES:
            raise DataError(_("{path} is too large to be a data set.").format(path=path))
        data = path.read_bytes()
    try:
        yield from _files_of(path.name, data, _MAX_DEPTH)
    except (OSError, *ARCHIVE_ERRORS) as error:
        wrong = _("{path} is damaged or cut off: {problem}.")
        raise DataError(wrong.format(path=path, problem=brief(error))) from error


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder.parent).as_posix(), _read_limited(file)


def _is_tar(path: Path) -> bool:
    """Return whether a file is a tar archive, compressed or not; raises OSError."""
    try:
        return tarfile.is_tarfile(path)
    except ARCHIVE_ERRORS:
        return False


def _tar_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for item in archive:
            file = archive.extractfile(item) if item.isfile() else None
            if file is not None:
                yield item.name, _read_limited(file)


def _limited(path: Path, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files; raises DataError where they are damaged or too large together."""
    left = MAX_TAR_BYTES
    try:
        for name, data in files:
            left -= len(data)
            if left < 0:
                raise ValueError(_("it holds more than any data set"))
            yield name, data
    except ARCHIVE_ERRORS as error:
        wrong = _("{path} is damaged or cut off: {problem}.")
        raise DataError(wrong.format(path=path, problem=brief(error))) from error


def _files_of(name: str, data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth and data[:2] == b"\x1f\x8b":
        with gzip.open(BytesIO(data)) as file:
            yield from _files_of(name.removesuffix(".gz"), _read_limited(file), 0)
    elif depth and data[:2] == b"\x1f\x9d":  # Unix compress, as the UCI repository has it
        yield from _files_of(name.removesuffix(".Z"), decompress(data, MAX_BYTES), 0)
    elif depth and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for item in archive.infolist():
                if not item.is_dir() and not item.filename.startswith("__MACOSX"):
                    with archive.open(item) as file:
                        yield from _files_of(item.filename, _read_limited(file), depth - 1)
    else:
        yield name, data


def _read_limited(file: IO[bytes] | gzip.GzipFile) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(_("it holds more than any data set"))
    return data
