"""Runs the items of a part in forked processes, and collects what went wrong.

An item is a number: with the seed it gives all random choices, so it can be repeated alone.
"""

import json
import os
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random
from types import FrameType
from typing import Any

_NO_LIMIT = 1 << 62

Try = Callable[[Random], None]
"""Tries one item; whatever it raises is a fault."""


@dataclass(frozen=True)
class Part:
    """A way to break the program."""

    name: str
    prepare: Callable[[], Try]
    """Called once, before the processes are forked: what it imports and loads is shared."""
    seconds: float = 5.0
    """An item that takes longer is a fault."""
    memory: int | None = None
    """Bytes that an item may use beyond those of the process at its start."""
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)


@dataclass(frozen=True)
class Fault:
    """An item that broke the program."""

    part: str
    item: int
    problem: str


@dataclass
class Tally:
    """The result of a part."""

    part: str
    tried: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


class TooSlowError(BaseException):
    """An item's time is over. Not an Exception: the program must not catch it."""


def run(part: Part, seed: int, seconds: float, items: Iterable[int] | None = None) -> Tally:
    """Try a part's items until the time is over, or just these `items`."""
    tally = Tally(part.name)
    try_item = part.prepare()
    started = time.monotonic()
    jobs = part.jobs if items is None else 1
    workers = [_Worker(part, seed, try_item, job, jobs, items) for job in range(jobs)]
    while any(worker.collect(tally) for worker in workers):
        if items is None and time.monotonic() - started > seconds:
            for worker in workers:
                worker.stop()
    tally.seconds = time.monotonic() - started
    return tally


class _Worker:
    """A process that tries every `jobs`th item; one that dies is started again after the item."""

    def __init__(
        self,
        part: Part,
        seed: int,
        try_item: Try,
        job: int,
        jobs: int,
        items: Iterable[int] | None,
    ) -> None:
        self._part, self._seed, self._try = part, seed, try_item
        self._jobs = jobs
        self._numbers = None if items is None else list(items)
        self._context = get_context("fork")
        self._item = self._context.Value("q", job, lock=False)
        self._since = self._context.Value("d", 0.0, lock=False)
        self._tried = self._context.Value("q", 0, lock=False)
        self._stopped = self._context.Value("b", 0, lock=False)
        self._counted = 0
        self._start(job)

    def stop(self) -> None:
        """Let the process end after its present item."""
        self._stopped.value = 1

    def collect(self, tally: Tally) -> bool:
        """Add what is new to `tally`; return whether there is more to come."""
        if select.select([self._reader], [], [], 0.05)[0]:
            for line in os.read(self._reader, 1 << 16).splitlines():
                item, problem = json.loads(line)
                tally.faults.append(Fault(self._part.name, item, problem))
        tally.tried += self._tried.value - self._counted
        self._counted = self._tried.value
        if self._process.is_alive():
            late = time.monotonic() - self._since.value > 3 * self._part.seconds
            if late and self._since.value:
                self._process.kill()
            return True
        status = self._process.exitcode
        if not status:
            return False
        item = self._item.value
        how = "it hangs" if status == -signal.SIGKILL else f"the process ended with {status}"
        tally.faults.append(Fault(self._part.name, item, how))
        if self._stopped.value:
            return False
        self._start(item + self._jobs)
        return True

    def _start(self, first: int) -> None:
        self._reader, writer = os.pipe()
        self._since.value = 0.0
        self._process = self._context.Process(target=self._work, args=(first, writer), daemon=False)
        self._process.start()
        os.close(writer)

    def _work(self, first: int, writer: int) -> None:
        if self._part.memory is not None:
            limit = _address_space() + self._part.memory
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        signal.signal(signal.SIGALRM, _too_slow)
        parent = os.getppid()
        number, most = first, _peak() + (self._part.memory or _NO_LIMIT)
        while not self._stopped.value and os.getppid() == parent:
            if self._numbers is not None:
                left = [item for item in self._numbers if item >= number]
                if not left:
                    break
                number = left[0]
            self._item.value, self._since.value = number, time.monotonic()
            problem = _problem(self._part, self._try, Random(f"{self._seed} {number}"))
            if not problem and _peak() > most:  # the program may have caught the MemoryError
                problem, most = "it takes too much memory", _NO_LIMIT
            if problem:
                os.write(writer, (json.dumps([number, problem]) + "\n").encode())
            self._tried.value += 1
            number += self._jobs


def _problem(part: Part, try_item: Try, rng: Random) -> str:
    """Return what is wrong with an item, "" if nothing is."""
    try:
        signal.setitimer(signal.ITIMER_REAL, part.seconds, 0.5)  # again: __del__ swallows it
        try:
            try_item(rng)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except TooSlowError:
        return f"it takes longer than {part.seconds:g} s"
    except Exception as error:
        return _summary(error)
    return ""


def _summary(error: Exception) -> str:
    """Return an error with the place that raised it, in one line."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return f"{text} ({os.path.basename(place.filename)}:{place.lineno})"  # noqa: PTH119


def _too_slow(_signal: int, _frame: FrameType | None) -> Any:
    raise TooSlowError


def _peak() -> int:
    """Return the most memory in bytes that this process had resident at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _address_space() -> int:
    """Return the size of this process's address space in bytes."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()
