"""Drawings that were not saved: one file for each running program, recovered after a crash.

A program locks a file beside its own drawing for as long as it runs; the system releases the lock
however the program ends. A drawing whose lock is free was left behind by a crash.
"""

import contextlib
import secrets
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import storage_errors
from app.i18n import _
from app.storage.atomic_write import PRIVATE, write_atomically
from app.storage.paths import make_private

if TYPE_CHECKING:
    from filelock import FileLock

_DRAWING = ".ink"
_LOCK = ".lock"


class Autosave:
    """The file of this program's drawing. For use from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"drawing-{secrets.token_hex(8)}{_DRAWING}"
        self._closed = False
        self._mutex = threading.Lock()

    @cached_property
    def _lock(self) -> "FileLock":
        return _lock_of(self._path)

    def save(self, drawing: bytes) -> None:
        """Write a drawing in place of the one before.

        Raises StorageError, and leaves that one. Does nothing after `close`.
        """
        with self._mutex:
            if not self._closed:
                self._save(drawing)

    def _save(self, drawing: bytes) -> None:
        if not self._lock.is_locked:
            message = _(
                "Your drawing cannot be backed up in {folder} ({problem}); save it yourself."
            )
            with storage_errors(message, folder=self._folder):
                make_private(self._folder)
                self._lock.acquire(blocking=False)
        write_atomically(self._path, drawing, PRIVATE)

    def discard(self) -> None:
        """Delete the drawing: it was saved elsewhere, or given up."""
        with contextlib.suppress(OSError):  # it is offered at the next start
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Delete the drawing and release the lock, after what is being written."""
        with self._mutex:
            self._closed = True
            self.discard()
            if self._lock.is_locked:
                _release(self._lock)

    def recover(self) -> bytes | None:
        """Return the latest drawing that a crash left behind, now saved as this program's own.

        None if there is none. Raises StorageError if it cannot be saved, and leaves it in place.
        """
        for path in self._other_drawings():
            lock = _lock_of(path)
            try:
                lock.acquire(blocking=False)
            except OSError:  # its program runs (Timeout), or the folder is read-only
                continue
            try:
                drawing = path.read_bytes()
                self.save(drawing)
                path.unlink()
            except OSError:  # another program recovered it first
                continue
            finally:
                _release(lock)
            return drawing
        self._remove_abandoned_locks()
        return None

    def _remove_abandoned_locks(self) -> None:
        """Remove the locks of programs that crashed without a drawing."""
        for path in list(self._folder.glob(f"[!.]*{_LOCK}")):
            lock = _lock_of(path)
            if path.with_suffix(_DRAWING) != self._path:
                with contextlib.suppress(OSError):  # its program runs (Timeout)
                    lock.acquire(blocking=False)
                    if path.with_suffix(_DRAWING).exists():
                        lock.release()
                    else:
                        _release(lock)

    def _other_drawings(self) -> Iterator[Path]:
        """Yield other programs' drawings, the latest first."""
        times: list[tuple[float, Path]] = []
        # Hidden files are temporary ones, perhaps half written.
        for path in self._folder.glob(f"[!.]*{_DRAWING}"):
            with contextlib.suppress(OSError):
                times.append((path.stat().st_mtime, path))
        yield from (path for _time, path in sorted(times, reverse=True) if path != self._path)


def _lock_of(drawing: Path) -> "FileLock":
    from filelock import FileLock  # 50 ms that the window need not wait for

    return FileLock(drawing.with_suffix(_LOCK), mode=PRIVATE, thread_local=False)


def _release(lock: "FileLock") -> None:
    """Release a lock and delete its file. The drawing is gone: nobody takes the lock again."""
    lock.release()
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
