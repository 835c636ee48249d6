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
    found: list[Path] = []
    folders = [folder]
    while folders:  # Python 3.11's os.walk calls itself: it ends 1,000 folders deep
        progress(len(found))
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    path = Path(entry.path)
                    if entry.is_dir(follow_symlinks=False):  # a link may lead back
                        folders.append(path)
                    elif _can_be_opened(path):
                        found.append(path)
        except OSError as error:
            errors.append(error)
    progress(len(found))
    return sorted(found, key=_natural)


def _natural(path: Path) -> tuple[list[list[str | int]], Path]:
    """Return a path's key: in each part texts, without case, and numbers take turns."""
    parts = (_NUMBERS.split(part.lower()) for part in path.parts)
    return [[int(t) if i % 2 else t for i, t in enumerate(texts)] for texts in parts], path


def _can_be_opened(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix == SVG_SUFFIX and has_drawing(path))


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
