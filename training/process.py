"""Owns starting a training in a process of its own, and reading what it tells."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_GRACE_S = 20.0
"""A process that is asked to end saves nothing more; importing TensorFlow can take this long."""


def training_command(words: Sequence[str]) -> list[str]:
    """Return the command that runs a verb of this package."""
    return [sys.executable, "-P", "-m", "training", *words]


def training_environment() -> dict[str, str]:
    """Return the environment in which that command finds the same code as this process."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


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
