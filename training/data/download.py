"""Download of a data set: mirror after mirror, by pooch, kept only if the content is right."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pooch
import requests
from filelock import FileLock
from requests.exceptions import ChunkedEncodingError

from app.errors import StorageError
from app.i18n import _, translated
from training.data.dataset import DataError, DataSet, DownloadError, Mirror
from training.errors import os_errors_as

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Called with a file's name, the bytes received, and the bytes in all (None: unknown)."""

_TIMEOUT_S = (10, 30)  # to connect; between two chunks
_RETRIES = 1
_CHUNK = 1 << 16

pooch.get_logger().setLevel("ERROR")  # no lines of its own beside our progress and errors


def no_progress(_name: str, _done: int, _total: int | None) -> None:
    """Ignore the progress."""


def download(
    data_set: DataSet[T], mirrors: Sequence[Mirror], cache: Path, progress: Progress = no_progress
) -> T:
    """Download the data set into `cache`/name from the first mirror that works, and return it.

    Raises DataError, which says what to do, if no mirror works; StorageError if the cache cannot
    be written.
    """
    folder = cache / data_set.name
    sentence = _("{title} could not be stored in {cache}: {problem}.")
    title = translated(data_set.title)
    with os_errors_as(StorageError, sentence, title=title, cache=cache):
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f".{data_set.name}.lock"):  # a second process waits for the first
            if files := data_set.files_in(folder):
                return data_set.read(files)
            return _from_first_mirror(data_set, mirrors, folder, progress)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` when the block ends without error."""
    incoming = folder.with_name(f".{folder.name}.incoming")
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True)
    try:
        yield incoming
        shutil.rmtree(folder, ignore_errors=True)
        incoming.replace(folder)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _from_first_mirror(
    data_set: DataSet[T], mirrors: Sequence[Mirror], folder: Path, progress: Progress
) -> T:
    problems = []
    for mirror in mirrors:
        try:
            with replacing_folder(folder) as incoming:
                _fetch(mirror, incoming, progress)
                return data_set.read(data_set.files_in(incoming))
        except requests.RequestException as error:
            problems.append(_problem(error, mirror))
        except DataError:
            problems.append(_("{base} sent a different file").format(base=mirror.base_url))
    wrong = _(
        "{title} could not be downloaded ({problems}). Look at the network connection, or get "
        "{files} some other way and run: inkling data import {files}"
    )
    title, files = translated(data_set.title), " ".join(mirrors[0].files)
    raise DownloadError(wrong.format(title=title, problems="; ".join(problems), files=files))


def _fetch(mirror: Mirror, folder: Path, progress: Progress) -> None:
    # No hash is given: the decoded arrays are checked, which are the same in any packaging.
    files = pooch.create(
        folder, mirror.base_url, registry=dict.fromkeys(mirror.files), retry_if_failed=_RETRIES
    )
    for name in mirror.files:
        downloader = pooch.HTTPDownloader(
            progressbar=_ProgressBar(name, progress),
            chunk_size=_CHUNK,
            timeout=_TIMEOUT_S,
            headers={"Accept-Encoding": "identity"},
        )
        files.fetch(name, downloader=downloader)


class _ProgressBar:
    """What pooch asks of a progress bar: `total`, which it sets, update, reset and close."""

    def __init__(self, name: str, progress: Progress) -> None:
        self._name = name
        self._progress = progress
        self._done = 0
        self.total = 0

    def update(self, count: int) -> None:
        """Add `count` bytes: the chunk size even for the last chunk, which may be smaller."""
        self._done = min(self._done + count, self.total) if self.total else self._done + count
        self._progress(self._name, self._done, self.total or None)

    def reset(self) -> None:
        """Start again from 0; pooch adds all of `total` at once after this."""
        self._done = 0

    def close(self) -> None:
        """Nothing is open."""


def _problem(error: requests.RequestException, mirror: Mirror) -> str:
    base = mirror.base_url
    if error.response is not None:
        answer = _("{base} answered with status {status}")
        return answer.format(base=base, status=error.response.status_code)
    if isinstance(error, requests.Timeout):
        return _("{base} did not answer in time").format(base=base)
    if isinstance(error, ChunkedEncodingError):
        return _("{base} broke off the download").format(base=base)
    return _("{base} cannot be reached").format(base=base)
