"""Temporary folders, and removing the temporary files and folders of killed programs."""

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.storage.atomic_write import temporary_prefix

_LEFTOVER = re.compile(r"\.inkling-(\d+)-.*")
_MAX_AGE_S = 3600.0


@contextlib.contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """Yield a new folder in `parent`, for the user alone; it is removed at the end."""
    # What another program has open stays on Windows, and goes as a leftover at a later start.
    with tempfile.TemporaryDirectory(
        prefix=temporary_prefix(), dir=parent, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temporary files and folders in `folders` whose program does not run any more."""
    for folder in folders:
        with contextlib.suppress(OSError):  # it is not there, or may not be read
            for path in list(folder.iterdir()):
                match = _LEFTOVER.fullmatch(path.name)
                if match and not _is_used(path, int(match[1])):
                    _remove(path)


def _is_used(path: Path, process: int) -> bool:
    """Return whether the process runs; on Windows, whether the file was changed lately."""
    if sys.platform == "win32":  # os.kill ends the process there
        return time.time() - path.stat().st_mtime < _MAX_AGE_S
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        pass
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
