"""Answers groups of inputs in order: the first ones here, many of them in several processes."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from itertools import chain
from queue import Queue
from typing import Any

from app.batch.answerer import Answerer, Block
from app.batch.items import Item, Line
from app.batch.work import Answer, Pending, Sharing

Group = Sequence[Item | Line]
Write = Callable[[Block], None]

PATIENCE_S = 0.1 if sys.platform == "linux" else 1.0
"""So long one process answers alone: starting others takes about as long (`app.batch.pool`)."""
_MIN_SHARED = 8
"""Fewer inputs that come at once are not worth starting processes: someone may type them."""


def default_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answer_groups(
    groups: Iterable[Group],
    answerer: Answerer,
    write: Write,
    shared_by: Callable[[], Sharing[Block]] | None,
    patience: float = PATIENCE_S,
) -> None:
    """Write the answers to all groups, in their order, each group's as soon as it is ready.

    After `patience` seconds of work what `shared_by` returns does the rest, unless it is None.
    What `write` raises ends the work.
    """
    groups = iter(groups)
    spent, answered = 0.0, 0
    for group in groups:
        while group:
            if shared_by is not None and spent >= patience and len(group) >= _MIN_SHARED:
                sharing = shared_by()
                size = max(int(sharing.part_s * answered / max(spent, 1e-6)), 1)
                share(chain([group], groups), size, sharing, write)
                return
            started = time.perf_counter()
            part = group if shared_by is None else group[:_MIN_SHARED]
            write(answerer.block(part))
            group = group[len(part) :]
            spent += time.perf_counter() - started
            answered += len(part)


def share(
    groups: Iterable[Any],
    size: int,
    sharing: Sharing[Answer],
    write: Callable[[Answer], None],
) -> None:
    """Write the answers to all groups, which `sharing` works on in parts of `size`; close it then.

    A thread writes, because reading the next group may wait for someone who types.
    """
    failures: list[BaseException] = []
    waiting: Queue[Pending[Answer] | None] = Queue(sharing.waiting)

    def write_all() -> None:
        while (answer := waiting.get()) is not None:
            if failures:
                continue
            try:
                write(answer.result())
            except (Exception, CancelledError) as error:
                failures.append(error)

    writer = threading.Thread(target=write_all, name="writing answers")
    writer.start()
    try:
        for part in sharing.parts(groups, size):
            if failures:
                break
            waiting.maxsize = sharing.waiting  # more when processes have joined
            waiting.put(sharing.submit(part))
    except BaseException as error:  # Ctrl+C above all
        failures.append(error)
        sharing.close()
        raise
    finally:
        waiting.put(None)
        writer.join()
        sharing.close()
    if failures:
        raise failures[0]
