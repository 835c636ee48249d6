"""Owns starting a training in a process of its own, and reading what it tells."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.resources import training_command, training_environment

_GRACE_S = 20.0
"""A process that is asked to end saves nothing more; importing TensorFlow can take this long."""


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
