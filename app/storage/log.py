"""The log file: warnings, and errors that nobody expected."""

import logging
from pathlib import Path

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
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_path(folder), maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        LOG.warning("No log file in %s: %s", folder, error)  # without a handler: standard error
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
