"""Every FILE of the verb `recognise` as groups of inputs, in order."""

import gzip
import os
import zipfile
from collections.abc import Iterator, Sequence
from io import BufferedIOBase
from pathlib import Path

from app.batch.archives import archive_groups, count_members
from app.batch.arrays import DAMAGED, IDX_TYPES, array_groups, count_rows
from app.batch.items import GROUP, Item, Line, failure, file_item
from app.batch.parquet import count_parquet_rows, parquet_groups
from app.batch.stream import stream_groups
from app.formats.folder_scan import (
    SUFFIXES,
    empty_folder_message,
    find_files,
    unreadable_folder_message,
)

Group = Sequence[Item | Line]

_FILE, _STREAM, _FOLDER = "file", "-", "folder"
_HEAD_BYTES = 512


def read_groups(
    files: Sequence[str], stdin: BufferedIOBase, labelled: bool = True
) -> Iterator[Group]:
    """Yield the inputs of all `files` in order, at most GROUP at once; `-` is JSON Lines on stdin.

    Bad ones are yielded too: their `read` raises. With `labelled` false "label" is ignored.
    """
    waiting: list[Item] = []
    for name in files:
        kind = _kind(name)
        if kind == _FILE:
            waiting.append(file_item(Path(name)))
            if len(waiting) < GROUP:
                continue
        if waiting:
            yield waiting
            waiting = []
        if kind == _STREAM:
            yield from stream_groups(stdin, labelled)
        elif kind != _FILE:
            yield from _groups_in(Path(name), kind)
    if waiting:
        yield waiting


def count_inputs(files: Sequence[str]) -> int | None:
    """Return how many inputs there seem to be; None where that takes reading them."""
    total = 0
    for name in files:
        kind, path = _kind(name), Path(name)
        count: int | None = None
        if kind == _FILE:
            count = 1
        elif kind == _FOLDER:
            count = len(find_files(path, []))
        elif kind == "zip":
            count = count_members(path)
        elif kind == "parquet":
            count = count_parquet_rows(path)
        elif kind not in (_STREAM, "tar"):
            count = count_rows(path, kind)
        if count is None:
            return None
        total += count
    return total


def _groups_in(path: Path, kind: str) -> Iterator[Group]:
    if kind == _FOLDER:
        return _folder_groups(path)
    if kind == "parquet":
        return parquet_groups(path)
    return archive_groups(path, kind) if kind in ("zip", "tar") else array_groups(path, kind)


def _folder_groups(folder: Path) -> Iterator[list[Item]]:
    """Yield a folder's files by name, and an error for each folder that cannot be listed."""
    unreadable: list[OSError] = []
    found = find_files(folder, unreadable)
    if unreadable:
        yield [failure(str(e.filename), unreadable_folder_message(e)) for e in unreadable]
    if not found and not unreadable:
        yield [failure(str(folder), empty_folder_message())]
    for first in range(0, len(found), GROUP):
        yield [file_item(path) for path in found[first : first + GROUP]]


def _kind(name: str) -> str:
    """Return what a FILE is, by its first bytes unless its name is that of a picture or drawing."""
    if name == "-":
        return _STREAM
    if os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where it may not look
        return _FOLDER
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return _FILE
    try:
        head = _head(path)
    except (OSError, ValueError):
        return _FILE  # whose reader tells what is wrong
    if head.startswith(b"PK") or suffix in (".zip", ".npz"):
        return "npz" if _has_arrays(path, suffix) else "zip"
    if head.startswith(b"PAR1") or suffix == ".parquet":
        return "parquet"
    if head.startswith(b"\x93NUMPY"):
        return "npy"
    if head[:2] == b"\0\0" and len(head) > 4 and head[2] in IDX_TYPES and 0 < head[3] < 5:
        return "idx"
    is_packed = head.startswith((b"BZh", b"\xfd7zXZ"))
    is_tar = head[257:262] == b"ustar" or suffix in (".tar", ".tgz")
    return "tar" if is_packed or is_tar or name.lower().endswith(".tar.gz") else _FILE


def _head(path: Path) -> bytes:
    """Return a file's first bytes, unpacked if it is gzipped; b"" for a pipe or a device."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        with gzip.open(path) as packed:
            return packed.read(_HEAD_BYTES)
    except DAMAGED:
        return b""


def _has_arrays(path: Path, suffix: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except DAMAGED:
        return suffix == ".npz"
    return bool(names) and all(name.endswith(".npy") for name in names)
