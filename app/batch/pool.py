"""Processes that answer parts of the inputs; one that ends is replaced and its part done again."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, Literal

from app.batch.work import Answer, Part, Work

# A forked process begins with the loaded model, in a tenth of a second; a spawned one imports
# everything anew. Where fork is not safe (macOS) or not there (Windows) it has to.
_METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"


_WAITING = 3
"""Parts in work or waiting, for each process."""


class Pool(Generic[Part, Answer]):
    """`jobs` processes with a model each. Made before other threads are: it forks on Linux."""

    part_s = 0.1

    def __init__(self, work: Work[Part, Answer], jobs: int) -> None:
        self._work = work
        self.waiting = _WAITING * jobs
        self._closing = threading.Event()
        self._answering_here = threading.Lock()
        gc.freeze()  # else the first collection in a forked process copies all of its memory
        self._workers = [_Worker(work) for _job in range(jobs)]
        self._idle: SimpleQueue[_Worker[Part, Answer]] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(jobs, "answers")

    def parts(self, groups: Iterable[Part], size: int) -> Iterator[Any]:
        """Yield the inputs of all groups in parts of at most `size`."""
        for group in groups:
            inputs: Any = group
            for start in range(0, len(inputs), size):
                yield inputs[start : start + size]

    def submit(self, part: Part) -> "Future[Answer]":
        """Return the future answers to a part."""
        return self._threads.submit(self._answer, part)

    def close(self) -> None:
        """End all processes, even if they are answering."""
        self._closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()

    def _answer(self, part: Part) -> Answer:
        worker = self._idle.get()
        try:
            answer = worker.ask(part)
            return answer if answer is not None else self._one_by_one(worker, part)
        finally:
            self._idle.put(worker)

    def _one_by_one(self, worker: "_Worker[Part, Answer]", part: Part) -> Answer:
        """Return the answers of a process that has ended: `lost` where it ends again."""
        answers = []
        is_running = False
        for one in self._work.split(part):
            if self._closing.is_set():
                break
            if not is_running:
                worker.restart()
            answer = worker.ask(one)
            is_running = answer is not None
            answers.append(self._lost(one) if answer is None else answer)
        if not is_running and not self._closing.is_set():
            worker.restart()
        return self._work.joined(answers)

    def _lost(self, part: Part) -> Answer:
        with self._answering_here:
            return self._work.lost(part)


class _Worker(Generic[Part, Answer]):
    """A process, and the connection to it."""

    def __init__(self, work: Work[Part, Answer]) -> None:
        self._work = work
        self._start(_METHOD)

    def ask(self, part: Part) -> Answer | None:
        """Return the answers to a part; None if the process has ended."""
        try:
            self._connection.send(part)
            answer: Answer = self._connection.recv()
        except (EOFError, OSError):
            return None
        return answer

    def restart(self) -> None:
        """Start a new process in place of one that has ended."""
        self.end()
        self._start("spawn")  # not forked: other threads run by now, and may hold locks

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _start(self, method: Literal["fork", "spawn"]) -> None:
        context: Any = multiprocessing.get_context(method)
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, self._work), name="inkling answers", daemon=True
        )
        self._process.start()
        theirs.close()


def _serve(connection: Connection, work: Work[Any, Any]) -> None:
    """Answer parts until the connection closes or the other process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all: the first process ends this
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(work.block(connection.recv()))


def _end_with_parent() -> None:
    """End this process when its parent has ended, however that did."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
