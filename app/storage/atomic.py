"""Owns writing a file so that at every moment the old or the new one is there, whole."""

import errno
import os
import tempfile
from pathlib import Path

from app.errors import StorageError
from app.translation import _


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`: temporary file in the same folder, flush, replace.

    Raises StorageError, worded for the user, and leaves what was there as it was.
    """
    temporary: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise StorageError(_sentence(path, error)) from error


def _mode(path: Path) -> int:
    """Return the mode the file has, or what a plain open would have given it."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason = _("There is no room left on the disk for {path}; free some and save again.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason = _("{path} may not be written there; choose another folder.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        reason = _("The folder of {path} does not exist; choose another one.")
    elif error.errno == errno.EISDIR:
        reason = _("{path} is a folder; choose a file name.")
    else:
        reason = _("{path} could not be written ({problem}); choose another place.")
    return reason.format(path=path, problem=error.strerror or error)
