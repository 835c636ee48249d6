"""Owns which files of a folder can be opened: pictures and drawings, also in its folders."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import InkError
from app.file_reader import PICTURE_SUFFIXES
from app.formats.strokes_file import SUFFIX
from app.i18n import _

SUFFIXES = PICTURE_SUFFIXES | {SUFFIX}


def files_in(
    folder: Path, closed: list[OSError], step: Callable[[int], None] = lambda _found: None
) -> list[Path]:
    """Return the files of a folder by their names; add what may not be looked into to `closed`.

    `step` is told now and then how many have been found; what it raises ends the search.
    """
    found: list[Path] = []
    for parent, _folders, names in os.walk(folder, onerror=closed.append):
        step(len(found))
        found += [Path(parent, name) for name in names if _suffix(name) in SUFFIXES]
    step(len(found))
    return sorted(found)


def files_of(
    paths: Sequence[Path], step: Callable[[int], None] = lambda _found: None
) -> list[Path]:
    """Return the files that are meant by files and folders, in this order.

    Raises InkError where a folder may not be read, or if there is nothing in any.
    """
    found: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
            found.append(path)
            continue
        closed: list[OSError] = []
        before = len(found)
        found += files_in(path, closed, lambda more, before=before: step(before + more))  # type: ignore[misc]
        if closed and len(found) == before:
            raise InkError(closed_folder(closed[0]))
    if not found:
        raise InkError(nothing_found())
    return found


def closed_folder(error: OSError) -> str:
    """Return the sentence for a folder that may not be looked into."""
    return _("The folder cannot be read: {problem}.").format(problem=error.strerror)


def nothing_found() -> str:
    """Return the sentence for a folder without anything to open."""
    return _("The folder has no pictures and no .ink files.")


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - ten thousand Paths take their time
