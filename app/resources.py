"""Owns the places of what comes with the program: the shipped model, the assets, the training.

They are read-only. In a checkout they stand beside `app`; in a wheel inside it, so that no other
package's `models` folder is met; in a frozen program beside the bundled `app`.

The window waits for this module, but for none of the places: pathlib costs 4 ms to import.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

AS_TRAINING = "--training"
"""A built program that is started with this first word is the training package's process."""


@cache
def _app() -> Path:
    from pathlib import Path

    return Path(__file__).resolve().parent


@cache
def _root() -> Path:
    installed = _app() / "_shipped"
    return installed if installed.is_dir() else _app().parent


def bundled(name: str) -> Path:
    """Return the path of a file that building the program put beside `app`."""
    return _root() / name


def asset(name: str) -> Path:
    """Return the path of a file or folder in assets/."""
    return _root() / "assets" / name


def shipped_model() -> Path:
    """Return the path of the shipped LiteRT model; its card lies beside it as .json."""
    return _root() / "models" / "digits.tflite"


def training_command(words: Sequence[str]) -> list[str]:
    """Return the command that runs a verb of the training package: this Python's, or a built
    program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, AS_TRAINING, *words]
    # -P: a folder called training that the user happens to stand in is not ours.
    return [sys.executable, "-P", "-m", "training", *words]


def training_environment(piped: bool = False) -> dict[str, str]:
    """Return the environment in which that command finds the code that runs now, and speaks the
    language that is spoken now; `piped`: to this program, in UTF-8 whatever the system writes."""
    from app.i18n import language  # which itself looks for its catalogues here

    paths = [str(_app().parent), os.environ.get("PYTHONPATH", "")]
    spoken = {"LANGUAGE": language(), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    if piped:
        spoken["PYTHONIOENCODING"] = "utf-8"
    return {**os.environ, **spoken}


def system_environment() -> dict[str, str]:
    """Return the environment in which a program of the system's is started.

    A built program looks for its libraries among its own first (PyInstaller keeps what the variable
    was before under a second name); others must not.
    """
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
            environment.pop(name, None)
            before = environment.pop(f"{name}_ORIG", None)
            if before is not None:
                environment[name] = before
    return environment
