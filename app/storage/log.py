"""Owns the log file: where everything goes that is nobody's expected failure."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger("inkling")
_NAME = "inkling.log"
_BYTES = 500_000


def log_path(folder: Path) -> Path:
    """Return the path of the log file in `folder`; it need not be there."""
    return folder / _NAME


def start_log(folder: Path) -> None:
    """Send warnings and errors to inkling.log in `folder`, or to standard error if that fails."""
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_path(folder), maxBytes=_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.StreamHandler()
        handler.addFilter(logging.Filter("inkling"))
        LOG.addHandler(handler)
        LOG.warning("No log file in %s: %s", folder, error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
