"""Owns locks between programs: who holds one lives, who is gone, however it ended, holds none."""

import contextlib
import os
import sys
from pathlib import Path


def locked(path: Path) -> int:
    """Return an open file that is locked until this process ends; raises OSError if it is not free.

    The file is made where it is not there. The system frees the lock however the process ends.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def let_go(lock: int | None, path: Path) -> None:
    """Let a lock go and remove its file; None is no lock."""
    if lock is None:
        return
    if sys.platform == "win32":  # an open file cannot be removed there
        os.close(lock)
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(lock)
