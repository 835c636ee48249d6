"""The folder of one retraining, removed when the user has decided or the program has crashed."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock

from app.storage.paths import make_private

_PREFIX = "retrain-"
_LOCK = ".lock"


class RetrainingFolder:
    """A new folder for one run, locked while this program runs. Several programs may have one."""

    def __init__(self, runs: Path) -> None:
        """Create it in `runs`, and remove the folders there that crashed programs left.

        Raises OSError.
        """
        make_private(runs)
        _remove_abandoned(runs)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=runs))
        self._lock = FileLock(self.path.with_name(self.path.name + _LOCK), thread_local=False)
        self._lock.acquire(blocking=False)

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        _remove(self.path, self._lock)


def _remove_abandoned(runs: Path) -> None:
    """Remove the folders whose lock is free. One without a lock file is just being created."""
    for lock_file in runs.glob(f"{_PREFIX}*{_LOCK}"):
        lock = FileLock(lock_file, thread_local=False)
        with contextlib.suppress(OSError):  # Timeout: its program runs
            lock.acquire(blocking=False)
            _remove(lock_file.with_suffix(""), lock)


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    if not folder.exists():  # else a file in it is open, on Windows: the next start removes it
        with contextlib.suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)
