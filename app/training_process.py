"""Owns a training as a process of its own: how it is started, what it tells, how it ends.

The program never imports `training`: it reads the JSON Lines that the process writes.
"""

import contextlib
import json
import os
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import Any

from app.resources import training_command, training_environment

Event = dict[str, Any]
_TOLD_LAST = 20
_NICE = 10
_PATIENCE_S = 1.5
"""Asked to end, a training has so long; what it has not saved then, it was told to forget."""


def has_tensorflow() -> bool:
    """Return whether TensorFlow is there for a training, without importing it."""
    from importlib.util import find_spec

    return find_spec("tensorflow") is not None and find_spec("keras") is not None


class Trainer:
    """One training. It ends with this process, however that ends."""

    def __init__(self, words: Sequence[str]) -> None:
        """Start `train` with these words."""
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._last: deque[str] = deque(maxlen=_TOLD_LAST)
        self._process = subprocess.Popen(
            training_command(["train", *words, "--events", "--with-parent"]),
            env=training_environment(piped=True),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        if os.name == "posix":  # the window goes first
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        self._readers = [
            threading.Thread(target=target, daemon=True) for target in (self._read, self._read_last)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs or what it told is not read to its end."""
        status = self._process.poll()
        if status is None or any(reader.is_alive() for reader in self._readers):
            return None
        return status

    @property
    def last_lines(self) -> str:
        """The last lines that it wrote for people, to explain a crash."""
        return "\n".join(self._last)

    def events(self) -> list[Event]:
        """Return what it has told since the last call, oldest first."""
        events: list[Event] = []
        while True:
            try:
                events.append(self._events.get_nowait())
            except Empty:
                return events

    def cancel(self) -> None:
        """Ask it to end, and see to it that it does; returns at once."""
        threading.Thread(target=self.end, daemon=True).start()

    def end(self) -> None:
        """Ask it to end and wait until it has; after a second and a half it is killed."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                event = json.loads(line)
            except ValueError:  # some library greets on standard output
                self._last.append(line.rstrip())
                continue
            if isinstance(event, dict) and isinstance(event.get("event"), str):
                self._events.put(event)

    def _read_last(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._last.append(line.rstrip())
