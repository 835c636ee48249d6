"""Answers groups of inputs in order: the first ones here, many of them in several processes."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from queue import Queue

from app.batch.answerer import Answerer, Block
from app.batch.items import Item, Line
from app.batch.pool import Pool

Group = Sequence[Item | Line]
Write = Callable[[Block], None]

PATIENCE_S = 0.25
"""So long one process answers alone: starting others takes time and memory."""
_MIN_SHARED = 8
"""Fewer inputs that come at once are not worth starting processes: someone may type them."""
_PART_S = 0.1
"""The time that a process takes for what it is given at once."""
_WAITING = 3
"""Parts in work or waiting, for each process: bounds the memory."""


def default_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answer_groups(
    groups: Iterable[Group],
    answerer: Answerer,
    write: Write,
    jobs: int,
    patience: float = PATIENCE_S,
) -> None:
    """Write the answers to all groups, in their order, each group's as soon as it is ready.

    After `patience` seconds of work `jobs` processes share it. What `write` raises ends it.
    """
    groups = iter(groups)
    spent, answered = 0.0, 0
    for group in groups:
        while group:
            if jobs > 1 and spent >= patience and len(group) >= _MIN_SHARED:
                size = max(int(_PART_S * answered / max(spent, 1e-6)), 1)
                _share(_parts(group, groups, size), answerer, write, jobs)
                return
            started = time.perf_counter()
            part = group if jobs == 1 else group[:_MIN_SHARED]
            write(answerer.block(part))
            group = group[len(part) :]
            spent += time.perf_counter() - started
            answered += len(part)


def _parts(first: Group, groups: Iterator[Group], size: int) -> Iterator[Group]:
    """Yield the inputs of all groups in parts of at most `size`."""
    group: Group | None = first
    while group is not None:
        for start in range(0, len(group), size):
            yield group[start : start + size]
        group = next(groups, None)


def _share(parts: Iterator[Group], answerer: Answerer, write: Write, jobs: int) -> None:
    """Write the answers to all parts, which `jobs` processes work on.

    A thread writes, because reading the next part may wait for someone who types.
    """
    failures: list[BaseException] = []
    waiting: Queue[Future[Block] | None] = Queue(_WAITING * jobs)

    def write_all() -> None:
        while (future := waiting.get()) is not None:
            if failures:
                continue
            try:
                write(future.result())
            except (Exception, CancelledError) as error:
                failures.append(error)

    pool = Pool(answerer, jobs)
    writer = threading.Thread(target=write_all, name="writing answers")
    writer.start()
    try:
        for part in parts:
            if failures:
                break
            waiting.put(pool.submit(part))
    except BaseException as error:  # Ctrl+C above all
        failures.append(error)
        pool.close()
        raise
    finally:
        waiting.put(None)
        writer.join()
        pool.close()
    if failures:
        raise failures[0]
