"""Training as its own process: how it is asked to end, and reading its events."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.training_process import Event, TrainingProcess

_POLL_S = 0.05
_ASK_AGAIN_S = 5.0


def end_on_request(with_parent: bool) -> None:
    """Make SIGTERM raise KeyboardInterrupt, as Ctrl+C does.

    `with_parent`: the end of standard input does so too; it closes when the parent process ends.
    """

    def interrupt(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    def wait_for_end_of_input() -> None:
        # Not sys.stdin: Python cannot exit while a thread reads from it.
        while os.read(0, 4096):
            pass
        while True:  # the exception may be lost, such as in a library that is being imported
            if sys.platform == "win32":  # os.kill would end the process at once
                signal.raise_signal(signal.SIGTERM)
            else:
                os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(_ASK_AGAIN_S)

    signal.signal(signal.SIGTERM, interrupt)
    if with_parent:
        threading.Thread(target=wait_for_end_of_input, daemon=True).start()


@contextmanager
def training_events(arguments: Sequence[str]) -> Iterator[Iterator[Event]]:
    """Run `train` with `arguments` and yield its events as they come; the process ends with the
    block, and with this process."""
    process = TrainingProcess(arguments)
    try:
        yield _events(process)
    finally:
        process.end()


def _events(process: TrainingProcess) -> Iterator[Event]:
    while True:
        status = process.status  # asked before: what is read after the end is complete
        yield from process.events()
        if status is not None:
            return
        time.sleep(_POLL_S)
