"""What runs on the workers of a cluster: loads the work that a client has sent, and does it."""

import hashlib
import pickle
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.batch.work import Work
from app.cluster.files import NotHere
from app.edition import edition
from app.errors import InklingError
from app.i18n import language, set_language

PACKAGE, FILES = "package", "files"
"""What a worker may lack."""
_MOST_PACKAGES = 8


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know with each part, beside the package that it keeps."""

    version: str
    """What `version` returns; another program may answer otherwise."""
    language: str
    package: str
    """SHA-256 of how the work is loaded, and of the files for that: the model, the samples."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answers to parts, or what is lacking for them."""

    answer: Any = None
    lacks: str = ""
    """PACKAGE, FILES, or nothing."""
    worker: str = ""
    """The address of who lacks it."""


class Call:
    """A call of `answer`, which is made when it is unpickled.

    So a task is `pickle.loads` of some bytes, and the scheduler, which loads every task, does not
    need the program.
    """

    def __init__(self, job: Job, parts: Sequence[bytes]) -> None:
        self._arguments = job, parts

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the call."""
        return answer, self._arguments


class _Loaded(threading.local):
    """The work of each thread: a model is not for two at once."""

    package = ""
    work: Work[Any, Any] | None = None


_PACKAGES: dict[str, bytes] = {}
_LOADED = _Loaded()
_LOADING = threading.Lock()


def keep(package: bytes) -> None:
    """Keep a package, by its SHA-256, and the last few that came before it."""
    _PACKAGES[hashlib.sha256(package).hexdigest()] = package
    while len(_PACKAGES) > _MOST_PACKAGES:
        del _PACKAGES[next(iter(_PACKAGES))]


def version() -> str:
    """Return the version of the program and Python's: not all pickles fit another Python."""
    return f"{edition().version} (Python {sys.version_info.major}.{sys.version_info.minor})"


def answer(job: Job, parts: Sequence[bytes]) -> Reply:
    """Return the answers to pickled parts, joined; raises ModelError, StorageError.

    Raises InklingError if the client has another version of the program, or Python.
    """
    if version() != job.version:
        raise InklingError(f"{version()} is not {job.version}")
    if job.language != language():
        set_language(job.language)
    work = _work(job.package)
    if work is None:
        return Reply(lacks=PACKAGE, worker=_address())
    try:
        return Reply(work.joined([work.block(pickle.loads(part)) for part in parts]))
    except NotHere:
        return Reply(lacks=FILES, worker=_address())


def _work(package: str) -> Work[Any, Any] | None:
    """Return this thread's work, loaded if it was not; None without its package."""
    if _LOADED.package != package:
        if package not in _PACKAGES:
            return None
        make, files = pickle.loads(_PACKAGES[package])
        with _LOADING, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for name, data in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            _LOADED.work = make(Path(folder))
        _LOADED.package = package
    return _LOADED.work


def _address() -> str:
    from distributed import get_worker

    return str(get_worker().address)
