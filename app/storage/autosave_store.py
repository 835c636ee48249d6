"""Owns the drawings that were not saved: a file for each program, found again after a crash.

A program holds a lock on its own file's neighbour as long as it lives, however it ends; a file
whose lock is free was left behind by a program that crashed. Two programs never touch one file.
"""

import contextlib
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from app.errors import StorageError
from app.i18n import _
from app.storage.atomic_write import write_atomically
from app.storage.lock import let_go, locked

_DRAWING = ".ink"
_LOCK = ".lock"


class Autosave:
    """The file of this program's drawing. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"drawing-{secrets.token_hex(8)}{_DRAWING}"
        self._lock: int | None = None
        self._ended = False
        self._turn = threading.Lock()

    def keep(self, drawing: bytes) -> None:
        """Keep a drawing in place of the one before; raises StorageError and leaves that one."""
        with self._turn:
            if not self._ended:
                self._keep(drawing)

    def _keep(self, drawing: bytes) -> None:
        if self._lock is None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._lock = locked(self._path.with_suffix(_LOCK))
            except OSError as error:
                raise StorageError(
                    _("Your drawing cannot be kept in {folder} ({problem}): save it.").format(
                        folder=self._folder, problem=error.strerror or error
                    )
                ) from error
        write_atomically(self._path, drawing)

    def forget(self) -> None:
        """Forget the drawing: it was saved, or given up."""
        with contextlib.suppress(OSError):  # it stays, and is offered at the next start
            self._path.unlink(missing_ok=True)

    def end(self) -> None:
        """Forget the drawing and let the lock go; nothing can be kept afterwards."""
        with self._turn:  # what is being written is waited for
            self._ended = True
            self.forget()
            let_go(self._lock, self._path.with_suffix(_LOCK))
            self._lock = None

    def adopt(self) -> bytes | None:
        """Return the latest drawing that a crashed program left, and take it from the folder.

        None where there is none. It is this program's from now on: kept under its own name.
        Raises StorageError if it cannot be kept, and leaves it where it was.
        """
        for path in self._left_behind():
            lock_path = path.with_suffix(_LOCK)
            try:
                lock = locked(lock_path)
            except OSError:  # a living program's, or in a folder that may not be written
                continue
            try:
                drawing = path.read_bytes()
                self.keep(drawing)
                path.unlink()
            except OSError:  # another program was faster
                continue
            finally:
                let_go(lock, lock_path)
            return drawing
        return None

    def _left_behind(self) -> Iterator[Path]:
        """Yield the other programs' drawings, the latest first."""
        times: list[tuple[float, Path]] = []
        # Not the hidden ones: half a drawing under a temporary name.
        for path in self._folder.glob(f"[!.]*{_DRAWING}"):
            with contextlib.suppress(OSError):
                times.append((path.stat().st_mtime, path))
        yield from (path for _time, path in sorted(times, reverse=True) if path != self._path)
