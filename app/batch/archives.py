"""Reads the pictures and drawings of zip and tar archives, one after another."""

import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from app.batch.items import GROUP, GROUP_BYTES, Item, failure
from app.errors import InkError
from app.file_reader import check_size, parse_content
from app.formats.folder_scan import SHADOW, SUFFIXES
from app.formats.svg_file import SVG_SUFFIX, begins_with_drawing
from app.i18n import _
from app.storage.archive_errors import ARCHIVE_ERRORS

_BAD = (OSError, *ARCHIVE_ERRORS)


def archive_groups(path: Path, kind: str) -> Iterator[list[Item]]:
    """Yield the files of an archive, `kind` zip or tar, in its order; an error where it is bad."""
    members = _zip_members(path) if kind == "zip" else _tar_members(path)
    group: list[Item] = []
    size, found = 0, False
    for name, data in _until_damaged(members):
        is_svg = name.lower().endswith(SVG_SUFFIX)
        if is_svg and isinstance(data, bytes) and not begins_with_drawing(data):
            continue  # from another program
        found = True
        if isinstance(data, str):
            group.append(failure(f"{path}/{name}" if name else str(path), data))
        else:
            group.append(Item(f"{path}/{name}", partial(parse_content, name, data)))
            size += len(data)
        if len(group) == GROUP or size > GROUP_BYTES:
            yield group
            group, size = [], 0
    if not found:
        group = [failure(str(path), _("The archive has no pictures and no .ink files."))]
    if group:
        yield group


def count_members(path: Path) -> int | None:
    """Return the number of files in a zip that `archive_groups` reads; None if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(_is_wanted(name) for name in archive.namelist())
    except _BAD:
        return None


Member = tuple[str, bytes | str]
"""A file's name and its content, or why it cannot be read."""


def _until_damaged(members: Iterable[Member]) -> Iterator[Member]:
    """Yield the members that can be read, then an error if the archive is damaged."""
    try:
        yield from members
    except _BAD:
        yield "", _("The archive is damaged or incomplete from here on; copy it again.")


def _zip_members(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not _is_wanted(info.filename):
                continue
            try:
                with archive.open(info) as file:
                    yield info.filename, _limited(file, info.filename, info.file_size)
            except _BAD:  # one that is encrypted or damaged says nothing of the next
                yield info.filename, _("This file in the archive is damaged or encrypted.")


def _tar_members(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r|*") as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps them all
            if member.isfile() and _is_wanted(member.name):
                file = archive.extractfile(member)
                assert file is not None
                yield member.name, _limited(file, member.name, member.size)
        # tarfile takes half a head for the end, which is at least a block of zeros.
        if archive.fileobj is None or archive.fileobj.tell() < archive.offset + tarfile.BLOCKSIZE:
            raise tarfile.ReadError


def _limited(file: IO[bytes], name: str, size: int) -> bytes | str:
    """Return the content of a file that has `size` bytes, or why it is not read."""
    try:
        check_size(name, size)
    except InkError as error:
        return str(error)
    return file.read(size)


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    is_shadow = path.name.startswith(SHADOW) or path.parts[:1] == ("__MACOSX",)
    is_folder = name.endswith("/")
    return path.suffix.lower() in (*SUFFIXES, SVG_SUFFIX) and not is_shadow and not is_folder
