"""Atomic writing of files: at every moment the old or the new content is there, complete."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app.errors import StorageError
from app.i18n import _

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PATIENCE_S = 1.0
_RETRY_S = 0.02

PRIVATE = 0o600
"""The mode of a file that only its user may read."""


def write_atomically(path: Path, content: bytes, mode: int | None = None) -> None:
    """Replace the content of `path`; raises StorageError, and then leaves it as it was.

    The file gets the permissions `mode`; None: those that it has, or the system's default.
    """
    with replacing(path, mode) as temporary:
        descriptor = os.open(temporary, _NEW_FILE, 0o666 if mode is None else mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)


@contextlib.contextmanager
def replacing(path: Path, mode: int | None = None) -> Iterator[Path]:
    """Yield a temporary path beside `path` to write to; replace `path` by it at the end.

    It has the suffix of `path`. Where nothing was written, nothing changes. `mode`: as in
    `write_atomically`. Raises StorageError, and then leaves `path` as it was.
    """
    target = link_target(path)
    temporary = temporary_path(target)
    try:
        refuse_others(path)
        yield temporary
        if temporary.exists():
            move_finished(temporary, target, mode)
    except OSError as error:
        raise StorageError(_failure(target, error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def move_finished(source: Path, target: Path, mode: int | None = None) -> None:
    """Replace `target`, which is no link, by a file that is written to the end; raises OSError.

    `mode`: as in `write_atomically`.
    """
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    if mode is None and target.exists():
        mode = target.stat().st_mode & 0o777
    if mode is not None:
        source.chmod(mode)
    move(source, target)


def refuse_others(path: Path) -> None:
    """Raise StorageError if `path` is a folder, a device or a pipe, which no file may replace."""
    if path.exists() and not path.is_file():
        wrong = _("{path} is a folder or a device; choose the name of a file.")
        raise StorageError(wrong.format(path=path))


def temporary_path(path: Path) -> Path:
    """Return a new path beside `path`, with its suffix, that names this process."""
    return path.with_name(f"{temporary_prefix()}{os.urandom(8).hex()}.tmp{path.suffix}")


def temporary_prefix() -> str:
    """Return how the names of this process's temporary files begin."""
    return f".inkling-{os.getpid()}-"


def link_target(path: Path) -> Path:
    """Return the file that a symbolic link stands for: it is written, and the link stays one.

    Raises StorageError for links that stand for each other.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise StorageError(
            _failure(path, OSError(errno.ELOOP, os.strerror(errno.ELOOP)))
        ) from error


def move(source: Path, target: Path) -> None:
    """Rename a file, in place of `target` if that exists, or a folder; raises OSError.

    On Windows nothing can be moved or replaced while another program, such as a virus scanner, has
    it open: it is tried for a second.
    """
    end = time.monotonic() + _PATIENCE_S
    while True:
        try:
            source.replace(target)
            return
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > end:
                raise
        time.sleep(_RETRY_S)


def _failure(path: Path, error: OSError) -> str:
    if sys.platform == "win32" and error.errno == errno.ENOENT and path.parent.is_dir():
        # What Windows answers to a path of more than 260 characters.
        error = OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason = _("There is no room left on the disk for {path}; free some and save again.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason = _("You have no permission to write {path}; choose another folder.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        reason = _("The folder of {path} does not exist; choose another one.")
    else:
        reason = _("{path} could not be written ({problem}); choose another place.")
    return reason.format(path=path, problem=error.strerror or error)
