"""Owns a training as a process of its own: starting it, reading what it tells, how it ends."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.training_process import training_command, training_environment

_GRACE_S = 20.0
"""A process that is asked to end saves nothing more; importing TensorFlow can take this long."""


def listen_for_the_end(with_parent: bool) -> None:
    """Take SIGTERM, and the parent's end where it is wanted, as Ctrl+C.

    The parent has ended when standard input closes.
    """

    def stop(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    def follow() -> None:
        # Not sys.stdin: Python could not end while a thread waits in it.
        while os.read(0, 4096):  # nothing comes when the parent closes it or dies
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    if with_parent:
        threading.Thread(target=follow, daemon=True).start()


@contextmanager
def told_by_training(words: Sequence[str]) -> Iterator[Iterator[dict[str, Any]]]:
    """Run `train` with these words and give its events as they come; it ends with the block.

    It ends, too, when this process is killed: its standard input closes then.
    """
    process = subprocess.Popen(
        training_command(["train", *words, "--events", "--with-parent"]),
        env=training_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield map(json.loads, process.stdout)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
