"""Finds the files in a folder and its subfolders that can be opened: pictures and drawings.

SVGs that are from other programs are no drawings.
"""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import InkError
from app.formats.strokes_file import INK_SUFFIX
from app.formats.svg_file import SVG_SUFFIX, has_drawing
from app.i18n import _
from app.imaging.picture_reader import PICTURE_SUFFIXES

_NUMBERS = re.compile(r"([0-9]+)")
SUFFIXES = PICTURE_SUFFIXES | {INK_SUFFIX}
"""Of the files that are opened whatever is in them."""
SHADOW = "._"
"""So begin the names of files that macOS writes beside others on disks that are not its own."""

_Key = tuple[list[str | int], ...]
"""What a path is sorted by: `_natural` of each part below the folder that is searched."""
Progress = Callable[[int], None]
"""Called now and then with the number of files found; an exception ends the search."""


def _no_progress(_found: int) -> None:
    """Report nothing."""


def find_files(
    folder: Path, errors: list[OSError], progress: Progress = _no_progress
) -> list[Path]:
    """Return the files in a folder and its subfolders, sorted by path as people count: 2 before 10.

    The error of each folder that cannot be read is appended to `errors`.
    """
    found: list[tuple[_Key, str]] = []
    folders: list[tuple[_Key, str]] = [((), str(folder))]
    while folders:  # Python 3.11's os.walk calls itself: it ends 1,000 folders deep
        progress(len(found))
        above, path = folders.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    key = (*above, _natural(entry.name))
                    if entry.is_dir(follow_symlinks=False):  # a link may lead back
                        folders.append((key, entry.path))
                    elif _can_be_opened(entry):
                        found.append((key, entry.path))
        except OSError as error:
            errors.append(error)
    progress(len(found))
    return [Path(path) for _key, path in sorted(found)]


def _natural(name: str) -> list[str | int]:
    """Return a name's key: texts, without case, and numbers take turns."""
    texts = _NUMBERS.split(name.lower())
    return [int(text) if i % 2 else text for i, text in enumerate(texts)]


def _can_be_opened(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(SHADOW):
        return False
    stem, dot, end = entry.name.lower().rpartition(".")
    suffix = dot + end if stem else ""
    return suffix in SUFFIXES or (suffix == SVG_SUFFIX and has_drawing(Path(entry.path)))


def expand_paths(paths: Sequence[Path], progress: Progress = _no_progress) -> list[Path]:
    """Return the paths with every folder replaced by the files in it, in this order.

    Raises InkError where a folder cannot be read, or if there are no files at all.
    """
    found: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it has no permission
            found.append(path)
            continue

        def report(count: int, before: int = len(found)) -> None:
            progress(before + count)

        errors: list[OSError] = []
        files = find_files(path, errors, report)
        if errors and not files:
            raise InkError(unreadable_folder_message(errors[0]))
        found += files
    if not found:
        raise InkError(empty_folder_message())
    return found


def unreadable_folder_message(error: OSError) -> str:
    """Return the message for a folder that cannot be read."""
    return _("The folder cannot be read: {problem}.").format(problem=error.strerror)


def empty_folder_message() -> str:
    """Return the message for a folder without anything to open."""
    return _("The folder has no pictures and no .ink files.")
