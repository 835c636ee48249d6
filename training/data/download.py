"""Owns fetching a data set: mirror after mirror, with resume, checked before it is believed."""

import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import pooch
import requests
from filelock import FileLock
from requests.exceptions import ChunkedEncodingError

from app.errors import StorageError
from app.i18n import _, translated
from training.data.dataset import DataError, DataSet, Mirror

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Told of every piece: the file's name, the bytes there, all bytes if known."""

_TIMEOUT_S = (10, 30)  # to connect, between two pieces
_ATTEMPTS = 4
_PIECE = 1 << 16

# Pooch warns that it was given no hash: what is checked here is the decoded arrays.
logging.getLogger("pooch").setLevel(logging.ERROR)
pooch.get_logger().setLevel(logging.ERROR)


def no_progress(_name: str, _done: int, _total: int | None) -> None:
    """Show nothing."""


def downloaded(
    source: DataSet[T], mirrors: Sequence[Mirror], cache: Path, progress: Progress = no_progress
) -> T:
    """Fetch the data set into `cache` from the first mirror that has it right, and return it.

    What a cut transfer left is kept and gone on with the next time. Raises DataError with what to
    do if no mirror helps, StorageError if the cache cannot be written.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f".{source.name}.lock"):  # a second process waits for the first
            if files := source.files_in(cache / source.name):
                return source.read(files)
            shutil.rmtree(cache / source.name, ignore_errors=True)  # left half deleted
            return _from_first(source, mirrors, cache, progress)
    except (requests.RequestException, BrokenPipeError):
        raise
    except OSError as error:
        raise StorageError(
            _("{title} could not be stored in {cache}: {problem}.").format(
                title=translated(source.title), cache=cache, problem=error.strerror or error
            )
        ) from error


def _from_first(
    source: DataSet[T], mirrors: Sequence[Mirror], cache: Path, progress: Progress
) -> T:
    problems = []
    for number, mirror in enumerate(mirrors):
        incoming = cache / f".{source.name}.incoming-{number}"
        try:
            for name in mirror.files:
                pooch.retrieve(
                    mirror.base + name, None, name, incoming, downloader=_Resuming(progress)
                )
            value = source.read(source.files_in(incoming))
        except requests.RequestException as error:
            problems.append(_said(error, mirror))
        except DataError:
            problems.append(_("{base} sends other bytes").format(base=mirror.base))
            shutil.rmtree(incoming)  # nothing of it can be trusted
        else:
            incoming.replace(cache / source.name)
            for other in cache.glob(f".{source.name}.incoming-*"):
                shutil.rmtree(other, ignore_errors=True)
            return value
        if incoming.exists() and not any(incoming.iterdir()):
            incoming.rmdir()
    raise DataError(
        _(
            "{title} could not be downloaded ({problems}). Look at the network connection, or get "
            "{files} some other way and run: inkling data import {files}"
        ).format(
            title=translated(source.title),
            problems="; ".join(problems),
            files=" ".join(mirrors[0].files),
        )
    )


class _Resuming:
    """A downloader for pooch that goes on where a transfer was cut, now or in an earlier run."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(
        self,
        url: str,
        output_file: "str | IO[bytes]",
        _pooch: Any,
        check_only: bool | None = False,  # noqa: ARG002 - pooch's own signature
    ) -> None:
        output = Path(cast(str, output_file))
        name = url.rsplit("/", 1)[-1]
        part = output.with_name(f"{name}.part")
        for attempt in range(1, _ATTEMPTS + 1):
            before = part.stat().st_size if part.exists() else 0
            try:
                self._go_on(url, part, name)
                break
            except (requests.ConnectionError, requests.Timeout, ChunkedEncodingError):
                moved = part.exists() and part.stat().st_size > before
                if attempt == _ATTEMPTS or not moved:
                    raise
        part.replace(output)

    def _go_on(self, url: str, part: Path, name: str) -> None:
        start = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUT_S) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                part.unlink()  # all there, or another file by now: the check would not tell which
                self._go_on(url, part, name)
                return
            answer.raise_for_status()
            if answer.status_code != requests.codes.partial_content:
                start = 0  # the server knows no ranges, and sends all of it again
            length = answer.headers.get("Content-Length")
            total = start + int(length) if length else None
            with part.open("ab" if start else "wb") as file:
                for piece in answer.iter_content(_PIECE):
                    file.write(piece)
                    start += len(piece)
                    self._progress(name, start, total)
        if total is not None and start < total:
            raise ChunkedEncodingError(_("the transfer was cut"))


def _said(error: requests.RequestException, mirror: Mirror) -> str:
    if error.response is not None:
        return _("{base} answers {status}").format(
            base=mirror.base, status=error.response.status_code
        )
    if isinstance(error, requests.Timeout):
        return _("{base} does not answer in time").format(base=mirror.base)
    if isinstance(error, ChunkedEncodingError):
        return _("{base} breaks off").format(base=mirror.base)
    return _("{base} cannot be reached").format(base=mirror.base)
