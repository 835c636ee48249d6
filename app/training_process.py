"""Starts processes of the training package and reads what they write.

`app` never imports `training`: TensorFlow stays out of the window's process, and so does a crash of
it. This module is the only one of `app` that starts such a process.
"""

import contextlib
import json
import logging
import os
import runpy
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from app.edition import is_built
from app.errors import InklingError, ModelError
from app.i18n import _, language
from app.resources import APP
from app.stdio import write_utf_8
from app.storage.progress_copy import Progress

AS_TRAINING = "--training"
"""With this as its first argument a built program runs the training package."""

Event = dict[str, Any]
"""One JSON line of a training; "event" is its name."""

_TEXT: dict[str, Any] = {"text": True, "encoding": "utf-8", "errors": "replace"}
_LAST_LINES = 20
_NICENESS = 10
_TERMINATE_S = 1.5
"""Between SIGTERM and SIGKILL."""
_CONVERSION_S = 1_800.0
"""A busy machine takes long; the user can cancel before."""
_POLL_S = 0.1


def has_tensorflow() -> bool:
    """Return whether TensorFlow and Keras are installed, without importing them."""
    return find_spec("tensorflow") is not None and find_spec("keras") is not None


def training_command(arguments: Sequence[str]) -> list[str]:
    """Return the command that runs the training package with `arguments`, a verb first."""
    if is_built():  # it has no Python interpreter beside itself
        return [sys.executable, AS_TRAINING, *arguments]
    # -P: a folder called training in the working directory is not ours.
    return [sys.executable, "-P", "-m", "training", *arguments]


def training_environment(piped: bool = False) -> dict[str, str]:
    """Return the environment for that command: this source and the present language.

    With `piped` its output is UTF-8 whatever the locale, to be read by this program.
    """
    path = os.pathsep.join(filter(None, (str(APP.parent), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "LANGUAGE": language(), "PYTHONPATH": path}
    if piped:
        environment["PYTHONIOENCODING"] = "utf-8"
    return environment


def run_verb(verb: str, arguments: Sequence[str]) -> int:
    """Run a verb in the training package on this process's streams; return its exit status.

    On POSIX it takes this process's place, so that whoever ends this process ends it. Raises
    InklingError in an edition without training.
    """
    words = [verb, *arguments]
    if is_built():
        return run_as_training(words)
    command, environment = training_command(words), training_environment()
    if os.name == "posix":
        os.execve(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the process got it too, and may be saving its last epoch
            continue


def run_as_training(arguments: Sequence[str]) -> int:
    """Run the training package inside this process; return its exit status.

    Raises InklingError in an edition without training.
    """
    if find_spec("training") is None:
        raise InklingError(
            _("The lite edition does not train or evaluate models; use the full edition.")
        )
    sys.argv = ["inkling", *arguments]
    if os.environ.get("PYTHONIOENCODING") == "utf-8":  # a built program ignores this variable
        write_utf_8()
    # AutoGraph finds no source code in a built program and warns for every function. None of them
    # needs AutoGraph: they are traced as they are.
    logging.getLogger("tensorflow").addFilter(
        lambda record: "AutoGraph could not transform" not in record.getMessage()
    )
    try:
        runpy.run_module("training", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def training_output(
    arguments: Sequence[str], timeout: float | None = None, **variables: str
) -> str:
    """Run the training package to its end and return its standard output.

    `variables` are added to its environment. Raises InklingError with its last error line if it
    fails, and subprocess.TimeoutExpired after `timeout` seconds.
    """
    done = subprocess.run(
        training_command(arguments),
        env={**training_environment(piped=True), **variables},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        check=False,
        **_TEXT,
    )
    if done.returncode:
        raise InklingError(last_error_line(done.stderr, done.returncode))
    return str(done.stdout)


def last_error_line(stderr: str, status: int) -> str:
    """Return the last line of a failed process's standard error, or else its exit status."""
    lines = stderr.strip().splitlines() or [f"exit status {status}"]
    return lines[-1].removeprefix("inkling: ")


def list_recipes() -> list[dict[str, Any]]:
    """Return the training recipes, as `train --list --json` prints them; raises InklingError."""
    try:
        output = training_output(["train", "--list", "--json"])
    except InklingError as error:
        raise InklingError(
            _("Training cannot be started: {problem}").format(problem=error)
        ) from error
    return [json.loads(line) for line in output.splitlines()]


def convert_keras(path: Path, folder: Path, profile: Path | None, progress: Progress) -> Path:
    """Convert a .keras to a .tflite with its card in `folder`; return the .tflite's path.

    The file is loaded in safe mode, in the training process only. `progress(0, 0)` is called while
    it runs; what it raises ends the conversion. Raises ModelError.
    """
    if not has_tensorflow():
        raise ModelError(_("A .keras model needs the full edition of Inkling to be converted."))
    words = ["convert", str(path), "--out", str(folder), "--with-parent"]
    words += ["--profile", str(profile)] if profile else []
    # The process ends when its standard input closes, as it does whenever this process ends. It is
    # a pipe of ours, because `communicate` closes subprocess.PIPE at once.
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"), os.fdopen(writing, "wb"):
        process = subprocess.Popen(
            training_command(words),
            env=training_environment(piped=True),
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **_TEXT,
        )
        try:
            stderr = _wait_for(process, progress)
        finally:
            if process.poll() is None:  # cancelled, or out of time
                process.kill()
                process.communicate()
    if process.returncode:
        raise ModelError(last_error_line(stderr, process.returncode))
    return folder / "digits.tflite"


def import_data(paths: Sequence[Path], profile: Path | None, progress: Progress) -> None:
    """Import files of a data set, which are checked, into the cache; raises InklingError.

    `progress(0, 0)` is called before; a second or two cannot be interrupted.
    """
    progress(0, 0)
    words = ["data", "import", *map(str, paths)]
    training_output([*words, *(["--profile", str(profile)] if profile else [])])


def _wait_for(process: "subprocess.Popen[str]", progress: Progress) -> str:
    """Return the standard error of a process that has ended; raises ModelError if it never does."""
    end = time.monotonic() + _CONVERSION_S
    while time.monotonic() < end:
        try:
            return process.communicate(timeout=_POLL_S)[1]
        except subprocess.TimeoutExpired:
            progress(0, 0)
    raise ModelError(_("Converting the model took too long; close other programs and try again."))


def parse_event(line: str) -> Event | None:
    """Return the event that a training process wrote as a line of JSON; None if it is none."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_event = isinstance(event, dict) and isinstance(event.get("event"), str)
    return event if is_event else None


class TrainingProcess:
    """One run of `train`. It ends with this process, however this process ends."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start `train` with `arguments`, at a lower priority than the window."""
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._process: subprocess.Popen[str] = subprocess.Popen(
            training_command(["train", *arguments, "--events", "--with-parent"]),
            env=training_environment(piped=True),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            **_TEXT,
        )
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)
        self._readers = [
            threading.Thread(target=target, daemon=True)
            for target in (self._read_events, self._read_errors)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def status(self) -> int | None:
        """The exit status; None while the process runs or its output is not read to the end."""
        status = self._process.poll()
        if status is None or any(reader.is_alive() for reader in self._readers):
            return None
        return status

    @property
    def last_lines(self) -> str:
        """The last lines written that are no events, to explain a crash."""
        return "\n".join(self._last_lines)

    def events(self) -> list[Event]:
        """Return the events since the last call, oldest first."""
        return [self._events.get() for _waiting in range(self._events.qsize())]

    def cancel(self) -> None:
        """Ask the process to end, and return at once; it is killed if it does not."""
        threading.Thread(target=self.end, daemon=True).start()

    def end(self) -> None:
        """Ask the process to end and wait for it; it is killed after a second and a half."""
        if sys.platform == "win32":  # where `terminate` kills: --with-parent ends with its input
            assert self._process.stdin is not None
            self._process.stdin.close()
        else:
            self._process.terminate()
        try:
            self._process.wait(_TERMINATE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read_events(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if (event := parse_event(line)) is not None:
                self._events.put(event)
            else:  # a library printed it
                self._last_lines.append(line.rstrip())

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._last_lines.append(line.rstrip())
