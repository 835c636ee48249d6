"""A process that works in a profile until it is killed, or whose system calls fail."""

import errno
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from app.errors import InklingError
from benchmarks.faults.campaign import Try
from benchmarks.faults.chores import Done, check_leftovers, chores, removed

_MOST_MS = 60.0
_CALLS = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.listdir", "os.scandir")
_ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EMFILE)
_FAR = 10**9


def kills() -> Try:
    """Return what kills a process, or two in one profile, at a random moment; nothing is lost."""

    def try_item(rng: Random) -> None:
        count = 2 if rng.random() < 0.3 else 1
        seeds = [rng.random() for _process in range(count)]
        wait = rng.uniform(0.0, _MOST_MS) / 1000
        signals = [rng.choice((signal.SIGKILL,) * 4 + (signal.SIGTERM,)) for _one in seeds]

        def disturb(processes: list[int]) -> None:
            time.sleep(wait)
            for process, number in zip(processes, signals, strict=True):
                os.kill(process, number)

        _run(seeds, lambda _rng: None, disturb)

    return try_item


def failures() -> Try:
    """Return what lets one call to the system fail, or all after it; nothing is lost."""

    def try_item(rng: Random) -> None:
        _run([rng.random()], _let_calls_fail, lambda _processes: None, most=12)

    return try_item


def _run(
    seeds: list[float],
    prepare: Callable[[Random], None],
    disturb: Callable[[list[int]], None],
    most: int = _FAR,
) -> None:
    """Let processes work in a new profile, disturb them, and check what they leave behind."""
    profile = Path(tempfile.mkdtemp(prefix="inkling-faults-"))
    try:
        pipes, processes = [], []
        for seed in seeds:
            reader, writer = os.pipe()
            process = os.fork()
            if not process:
                os.close(reader)
                _work(profile, Random(seed), prepare, writer, len(seeds) > 1, most)
            os.close(writer)
            pipes.append(reader)
            processes.append(process)
        disturb(processes)
        logs = [_all_of(reader) for reader in pipes]
        for process in processes:
            os.waitpid(process, 0)
        _check(profile, logs, len(seeds) > 1)
    finally:
        removed(profile)


def _work(
    profile: Path,
    rng: Random,
    prepare: Callable[[Random], None],
    writer: int,
    shared: bool,
    most: int,
) -> None:
    """Do random chores and write what is begun and confirmed to the pipe. Does not return."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    works = chores(profile, shared)
    numbers = dict.fromkeys(works, 0)

    def tell(*words: Any) -> None:
        os.write(writer, (json.dumps(words) + "\n").encode())

    prepare(rng)
    _watch(str(profile))
    for _turn in range(most):
        name = rng.choice(list(works))
        numbers[name] += 1
        tell("begun", name, numbers[name])
        try:
            works[name].act(numbers[name])
        except InklingError:
            continue
        except BaseException as error:
            tell("problem", name, f"{type(error).__name__}: {error}")
            continue
        tell("confirmed", name, numbers[name])
    os._exit(0)


def _check(profile: Path, logs: list[bytes], shared: bool) -> None:
    done = {name: [Done() for _log in logs] for name in chores(profile, shared)}
    for number, log in enumerate(logs):
        for line in log.splitlines():
            what, name, value = json.loads(line)
            assert what != "problem", f"{name}: {value}"
            if what == "begun":
                done[name][number].begun = value
            elif name == "samples":
                done[name][number].confirmed += 1
            else:
                done[name][number].confirmed = value
    for name, chore in chores(profile, shared).items():
        chore.check(done[name])
    check_leftovers(profile)


def _all_of(reader: int) -> bytes:
    with os.fdopen(reader, "rb") as file:
        return file.read()


class _Failing:
    """Counts calls to the system that touch the profile, and lets some of them fail."""

    def __init__(self, rng: Random) -> None:
        self.first = int(rng.expovariate(1 / 25)) + 1
        self.persists = rng.random() < 0.4
        self.error = rng.choice(_ERRORS)
        self.count = 0

    def call(self) -> None:
        """Count a call; raises OSError if it is one that fails."""
        self.count += 1
        if self.count == self.first or (self.persists and self.count > self.first):
            raise OSError(self.error, os.strerror(self.error))


_failing: _Failing | None = None
_watched = ""
_fsync = os.fsync


def _let_calls_fail(rng: Random) -> None:
    """Choose what fails in this process: opening, renaming …, fsync, or writing itself."""
    global _failing
    if rng.random() < 0.3:  # the disk is full after so many bytes: short writes, EFBIG
        limit = rng.choice((0, 1, 100, 400, 4096, 50_000))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        return
    _failing = _Failing(rng)
    sys.addaudithook(_audit)
    os.fsync = _failing_fsync  # type: ignore[assignment]


def _watch(folder: str) -> None:
    global _watched
    _watched = folder


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _failing is not None and event in _CALLS and _watched:
        path = arguments[0]
        if isinstance(path, (str, bytes, os.PathLike)) and os.fsdecode(path).startswith(_watched):
            _failing.call()


def _failing_fsync(descriptor: Any) -> None:
    if _failing is not None:
        _failing.call()
    _fsync(descriptor)
