"""Owns installing a model from a file of any kind."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ModelError
from app.i18n import _

if TYPE_CHECKING:
    from app.recognition.model_store import InstalledModel, Models
    from app.storage.copying import Step

_PATIENCE_S = 1_800.0
"""A busy machine takes long; who does not want to wait cancels it."""
_LOOK_S = 0.1


def installed(store: Models, path: Path, profile: Path | None, step: Step) -> InstalledModel:
    """Install a .tflite with its card, an exported model, or a .keras; raises InklingError.

    `step` is told how far it is; what it raises ends all, and nothing is installed.
    """
    name = path.name.split(".")[0]
    if path.suffix.lower() != ".keras":
        return store.install(path, name, step)
    with tempfile.TemporaryDirectory(prefix="inkling-") as folder:
        _convert(path, Path(folder), profile, step)
        return store.install(Path(folder) / "digits.tflite", name, step)


def _convert(path: Path, folder: Path, profile: Path | None, step: Step) -> None:
    """Convert a .keras in the training process, in safe mode: it is never loaded here.

    That process ends with this one, however this one ends: its standard input closes then.
    """
    from app.resources import training_command, training_environment
    from app.training_process import has_tensorflow

    if not has_tensorflow():
        raise ModelError(_("A .keras model needs the full edition of Inkling to be converted."))
    words = ["convert", str(path), "--out", str(folder), "--with-parent"]
    words += ["--profile", str(profile)] if profile else []
    theirs, ours = os.pipe()  # not PIPE, which `communicate` would close at once
    with os.fdopen(theirs, "rb"), os.fdopen(ours, "wb"):
        process = subprocess.Popen(
            training_command(words),
            env=training_environment(piped=True),
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        try:
            told = _awaited(process, step)
        finally:
            if process.poll() is None:  # cancelled, or it takes for ever
                process.kill()
                process.communicate()
    if process.returncode:
        last = told.strip().splitlines()[-1:] or [str(process.returncode)]
        raise ModelError(last[0].removeprefix("inkling: "))


def _awaited(process: subprocess.Popen[str], step: Step) -> str:
    """Return what a process told on standard error, once it has ended; raises ModelError."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        try:
            return process.communicate(timeout=_LOOK_S)[1]
        except subprocess.TimeoutExpired:
            step(0, 0)
    raise ModelError(_("Converting the model took too long; close other programs and try again."))
