"""Processes that answer groups of inputs; one that ends is replaced and its group done again."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Literal

from app.batch.answerer import Answerer, Block
from app.batch.items import Item, Line, failure
from app.i18n import _

# A forked process begins with the loaded model, in a tenth of a second; a spawned one imports
# everything anew. Where fork is not safe (macOS) or not there (Windows) it has to.
_METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"


class Pool:
    """`jobs` processes with a model each. Made before other threads are: it forks on Linux."""

    def __init__(self, answerer: Answerer, jobs: int) -> None:
        self._answerer = answerer
        self._closing = threading.Event()
        self._answering_here = threading.Lock()
        self._workers = [_Worker(answerer) for _job in range(jobs)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(jobs, "answers")

    def submit(self, group: Sequence[Item | Line]) -> "Future[Block]":
        """Return the future answers to a group."""
        return self._threads.submit(self._answer, group)

    def close(self) -> None:
        """End all processes, even if they are answering."""
        self._closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()

    def _answer(self, group: Sequence[Item | Line]) -> Block:
        worker = self._idle.get()
        try:
            block = worker.ask(group)
            return block if block is not None else self._one_by_one(worker, group)
        finally:
            self._idle.put(worker)

    def _one_by_one(self, worker: "_Worker", group: Sequence[Item | Line]) -> Block:
        """Return the answers of a process that has ended: an error where it ends again."""
        blocks = []
        is_running = False
        for one in group:
            if self._closing.is_set():
                break
            if not is_running:
                worker.restart()
            block = worker.ask([one])
            is_running = block is not None
            blocks.append(block or self._lost(one))
        if not is_running and not self._closing.is_set():
            worker.restart()
        return Block(
            "".join(block.text for block in blocks),
            sum(block.answers for block in blocks),
            sum(block.errors for block in blocks),
        )

    def _lost(self, one: Item | Line) -> Block:
        id_ = one.item().id if isinstance(one, Line) else one.id
        sentence = _("The process that was to answer this ended; try it alone.")
        with self._answering_here:
            return self._answerer.block([failure(id_, sentence)])


class _Worker:
    """A process, and the connection to it."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._start(_METHOD)

    def ask(self, group: Sequence[Item | Line]) -> Block | None:
        """Return the answers to a group; None if the process has ended."""
        try:
            self._connection.send(group)
            block: Block = self._connection.recv()
        except (EOFError, OSError):
            return None
        return block

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
            target=_serve, args=(theirs, self._answerer), name="inkling answers", daemon=True
        )
        self._process.start()
        theirs.close()


def _serve(connection: Connection, answerer: Answerer) -> None:
    """Answer groups until the connection closes or the other process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all: the first process ends this
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(answerer.block(connection.recv()))


def _end_with_parent() -> None:
    """End this process when its parent has ended, however that did."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
