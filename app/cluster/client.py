"""The workers of a Dask cluster, which share work as the processes of `app.batch.pool` do."""

import contextlib
import hashlib
import itertools
import logging
import pickle
import sys
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

import distributed
from distributed.client import ClosedClientError
from distributed.comm import parse_address
from distributed.comm.registry import get_backend
from distributed.versions import VersionMismatchWarning

from app.batch.items import GROUP
from app.batch.work import Answer, Part, Work
from app.cluster.files import FileSender, SharedFile
from app.cluster.worker import FILES, Call, Job, Reply, keep, version
from app.errors import InklingError
from app.i18n import _, language
from app.stdio import escaped

_CONNECT_S = 10
_LOOK_S = 5.0
"""So often workers that have joined are looked for."""
_WAITING = 2
"""Parts in work or waiting, for each thread of the workers."""
_PART_BYTES = 3_000_000
"""A part is full from here on."""
_VERSION = (
    "'{} (Python {}.{})'.format("
    "__import__('app.edition').edition.edition().version, *__import__('sys').version_info[:2])"
)
"""Asks a worker for its `version`; it may not have the program at all: so it is a text."""
_ATTEMPTS = 5
"""For a part that fails. Where its worker ends, Dask itself does it again, three times."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A part that was sent."""

    part: list[bytes]
    """Groups, pickled."""
    future: Any
    """Dask's."""
    workers: frozenset[str] | None
    """Who alone may do it, if not all."""


@dataclass(frozen=True, slots=True)
class _Pending(Generic[Answer]):
    result: Callable[[], Answer]


class Cluster(Generic[Part, Answer]):
    """The workers of a scheduler that have this version of the program."""

    part_s = 1.0

    def __init__(self, address: str, work: Work[Part, Answer]) -> None:
        """Connect, and give the package of `work` to all workers; raises InklingError."""
        self._address, self._work = address, work
        self._package = pickle.dumps(work.portable())
        digest = hashlib.sha256(self._package).hexdigest()
        self._job = Job(version(), language(), digest)
        self._run = uuid.uuid4().hex
        self._numbers = itertools.count()
        self._files = FileSender(self._is_seen)
        self._usable: set[str] = set()
        self._refused: set[str] = set()
        self._futures: set[Any] = set()
        self._looking = threading.Lock()
        self._looked = 0.0
        self._is_alone = self._is_closed = False
        self.waiting = _WAITING
        self._client = _connected(address)
        try:
            self._look_for_workers()
        except BaseException:
            self.close()
            raise

    def parts(self, groups: Iterable[Any], size: int) -> Iterator[list[bytes]]:
        """Yield the groups pickled, so many together that they have `size` inputs or 3 MB."""
        part: list[bytes] = []
        inputs = 0
        for group in groups:
            for one in self._files.sendable(group):
                part.append(pickle.dumps(one))
                inputs += len(one)
                if inputs >= size or sum(map(len, part)) >= _PART_BYTES:
                    yield part
                    part, inputs = [], 0
            # After a group that is not full the next one may not be there for a while.
            if part and len(group) < GROUP:
                yield part
                part, inputs = [], 0
        if part:
            yield part

    def submit(self, part: list[bytes]) -> _Pending[Answer]:
        """Begin to answer one of `parts`."""
        if time.monotonic() > self._looked + _LOOK_S:
            self._look_for_workers()
        return _Pending(partial(self._answer, self._send(part)))

    def close(self) -> None:
        """Cancel all work, so that the workers are free, and disconnect."""
        self._is_closed = True
        if futures := list(self._futures):
            with contextlib.suppress(Exception):  # the scheduler may be gone
                self._client.cancel(futures, force=True)
        self._client.close()

    def _send(self, part: list[bytes], priority: int = 0) -> _Sent:
        """Send a part to any worker, but to none that was refused; raises InklingError."""
        workers = frozenset(self._usable) if self._refused else None
        try:
            future = self._client.submit(
                pickle.loads,
                pickle.dumps(Call(self._job, part)),
                key=f"inkling-{self._run}-{next(self._numbers)}",
                workers=None if workers is None else list(workers),
                priority=priority,
            )
        except ClosedClientError as error:
            raise self._lost() from error
        self._futures.add(future)
        return _Sent(part, future, workers)

    def _answer(self, sent: _Sent) -> Answer:
        """Wait for the answers to a part; what has not got through is sent again."""
        problem = ""
        for _attempt in range(_ATTEMPTS):
            try:
                reply = self._reply(sent)
            except distributed.KilledWorker:
                return self._apart(sent.part)
            except CancelledError as error:  # the connection was lost
                if self._is_closed or self._client.status == "closed":
                    raise self._lost() from error
            except Exception as error:  # of a worker with another version, above all
                problem = str(error)
            else:
                if not reply.lacks:
                    answer: Answer = reply.answer
                    return answer
                if reply.lacks == FILES:
                    return self._with_files(sent.part)
                self._keep([reply.worker])
            self._look_for_workers()
            sent = self._send(sent.part, priority=1)
        wrong = _("The workers of {address} fail: {problem}")
        raise InklingError(wrong.format(address=self._address, problem=problem))

    def _reply(self, sent: _Sent) -> Reply:
        """Wait for a worker's reply; raises what it raises."""
        while True:
            with contextlib.suppress(TimeoutError):
                try:
                    reply: Reply = sent.future.result(timeout=_LOOK_S)
                finally:
                    if sent.future.done():
                        self._futures.discard(sent.future)
                return reply
            self._look_for_workers()
            if sent.workers and self._usable and not self._usable & sent.workers:
                sent.future.cancel()  # all who were to do it are gone
                sent = self._send(sent.part, priority=1)

    def _apart(self, part: list[bytes]) -> Answer:
        """Return the answers to a part whose workers ended: group by group, then one by one."""
        parts = [[group] for group in part]
        if len(part) == 1:
            ones = self._work.split(pickle.loads(part[0]))
            if len(ones) == 1:
                return self._work.lost(ones[0])
            parts = [[pickle.dumps(one)] for one in ones]
        return self._one_after_another(parts)

    def _with_files(self, part: list[bytes]) -> Answer:
        """Return the answers to a part with files that its worker does not see."""
        self._files.sends_all = True
        groups = (one for group in part for one in self._files.sendable(pickle.loads(group)))
        return self._one_after_another([pickle.dumps(one)] for one in groups)

    def _one_after_another(self, parts: Iterable[list[bytes]]) -> Answer:
        return self._work.joined([self._answer(self._send(one, priority=1)) for one in parts])

    def _look_for_workers(self) -> None:
        """Give the package to workers that have joined; refuse those with another version.

        Raises InklingError if there are workers, but none that can be used.
        """
        with self._looking:
            try:
                info = self._client.sync(self._client.scheduler.identity, n_workers=-1)
            except (OSError, AttributeError) as error:
                raise self._lost() from error
            workers = info["workers"]
            self._looked = time.monotonic()
            self._usable &= workers.keys()
            self._refused &= workers.keys()
            self._check(list(workers.keys() - self._usable - self._refused))
            if self._refused and not self._usable:
                wrong = _("No worker of {address} can be used.")
                raise InklingError(wrong.format(address=self._address))
            if not self._usable and not self._is_alone:
                waits = _("No worker is connected to {address}; waiting for one.")
                _say(waits.format(address=self._address))
            self._is_alone = not self._usable
            threads = sum(workers[one]["nthreads"] for one in self._usable)
            self.waiting = _WAITING * max(threads, 1)

    def _lost(self) -> InklingError:
        wrong = _("The scheduler {address} was lost; start this again when it is back.")
        return InklingError(wrong.format(address=self._address))

    def _check(self, workers: list[str]) -> None:
        """Give the package to workers with this version; refuse the others with a sentence."""
        if not workers:
            return
        versions = self._client.run(eval, _VERSION, workers=workers, on_error="return")
        usable = {worker for worker, there in versions.items() if there == self._job.version}
        self._keep(list(usable))
        self._usable |= usable
        for worker in versions.keys() - usable:
            there = versions[worker]
            if isinstance(there, OSError):  # it has gone
                continue
            self._refused.add(worker)
            here = {"worker": worker, "here": self._job.version}
            if isinstance(there, str):
                wrong = _("The worker {worker} is not used: it has Inkling {there}, not {here}.")
                _say(wrong.format(there=there, **here))
            else:
                wrong = _("The worker {worker} is not used: Inkling {here} is not installed there.")
                _say(wrong.format(**here))

    def _keep(self, workers: Sequence[str]) -> None:
        """Send the package to workers."""
        if workers:
            self._client.run(keep, self._package, workers=workers, on_error="ignore")

    def _is_seen(self, file: SharedFile) -> bool:
        """Return whether all workers see a file."""
        seen = self._client.run(file.is_here, workers=list(self._usable), on_error="return")
        is_seen = bool(seen) and all(one is True for one in seen.values())
        if not is_seen:
            _say(_("The workers do not see all files; this computer reads them and sends them."))
        return is_seen


def _connected(address: str) -> Any:
    """Return a client of the scheduler; raises InklingError if there is none."""
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # failures are told here
    warnings.simplefilter("ignore", VersionMismatchWarning)  # what matters is told by _check
    try:
        get_backend(parse_address(address)[0])  # a client without one could not be closed
        return distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        wrong = _("No scheduler answers at {address}; start one with: dask scheduler")
        raise InklingError(wrong.format(address=address)) from error


def _say(sentence: str) -> None:
    sys.stderr.write(f"inkling: {escaped(sentence)}\n")
