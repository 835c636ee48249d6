"""Owns installing a model from a file of any kind."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ModelError
from app.translation import _

if TYPE_CHECKING:
    from app.recognition.models import InstalledModel, Models

_PATIENCE_S = 300.0


def installed(store: Models, path: Path, profile: Path | None) -> InstalledModel:
    """Install a .tflite with its card, an exported model, or a .keras; raises InklingError."""
    name = path.name.split(".")[0]
    if path.suffix.lower() != ".keras":
        return store.install(path, name)
    with tempfile.TemporaryDirectory(prefix="inkling-") as folder:
        _convert(path, Path(folder), profile)
        return store.install(Path(folder) / "digits.tflite", name)


def _convert(path: Path, folder: Path, profile: Path | None) -> None:
    """Convert a .keras in the training process, in safe mode: it is never loaded here."""
    from app.resources import training_command, training_environment
    from app.trainer import has_tensorflow

    if not has_tensorflow():
        raise ModelError(_("A .keras model needs the full edition of Inkling to be converted."))
    words = ["convert", str(path), "--out", str(folder)]
    words += ["--profile", str(profile)] if profile else []
    done = subprocess.run(
        training_command(words),
        env=training_environment(piped=True),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=_PATIENCE_S,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise ModelError(last[0].removeprefix("inkling: "))
