"""Owns a retraining's folder: it goes when the user has decided, or its program is gone."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from app.storage.lock import let_go, locked

_PREFIX = "retrain-"
_LOCK = ".lock"


class RetrainingFolder:
    """A new folder for one run. Several programs may have one each."""

    def __init__(self, runs: Path) -> None:
        """Make it in `runs`, and remove there what programs that crashed have left.

        Raises OSError.
        """
        runs.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(runs)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=runs))
        self._lock: int | None = locked(_lock_of(self.path))

    def remove(self) -> None:
        """Remove it and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        let_go(self._lock, _lock_of(self.path))
        self._lock = None


def _remove_left_behind(runs: Path) -> None:
    """Remove the folders whose programs hold no lock any more; one without a lock is being made."""
    for lock_path in runs.glob(f"{_PREFIX}*{_LOCK}"):
        with contextlib.suppress(OSError):  # its program lives
            lock = locked(lock_path)
            shutil.rmtree(lock_path.with_suffix(""), ignore_errors=True)
            let_go(lock, lock_path)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
