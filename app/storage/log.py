"""The log file: warnings, and errors that nobody expected."""

import contextlib
import logging
import os
from pathlib import Path

from app.storage.atomic_write import PRIVATE
from app.storage.paths import make_private

LOG = logging.getLogger("inkling")
_NAME = "inkling.log"
_MAX_BYTES = 500_000


def log_path(folder: Path) -> Path:
    """Return the path of the log file in `folder`; it need not exist."""
    return folder / _NAME


def start_log(folder: Path) -> None:
    """Write warnings and errors to the log file in `folder`, or to standard error if that fails."""
    from logging.handlers import RotatingFileHandler  # imports sockets: the window does without

    try:
        make_private(folder)
        _create(log_path(folder))
        handler = RotatingFileHandler(
            log_path(folder), maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        LOG.warning("No log file in %s: %s", folder, error)  # without a handler: standard error
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.rotator = _rotate
    LOG.addHandler(handler)


def stop_log() -> None:
    """Close the log file; what is logged from now on goes to standard error."""
    for handler in LOG.handlers[:]:
        LOG.removeHandler(handler)
        handler.close()


def _create(path: str | Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE))


def _rotate(path: str, former: str) -> None:
    with contextlib.suppress(PermissionError):  # Windows, while a second program logs: it grows
        Path(path).replace(former)
    _create(path)
