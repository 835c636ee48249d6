"""Paths of the read-only files that come with the program: shipped model, assets.

In a checkout they lie beside `app`; in a wheel in `app/_shipped`, so that another package's
`models` folder is never met; in a program that PyInstaller built beside the bundled `app`.
"""

import os
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent
_ROOT = APP / "_shipped" if (APP / "_shipped").is_dir() else APP.parent


def bundled(name: str) -> Path:
    """Return the path of a file that build.spec put beside `app`."""
    return _ROOT / name


def asset(name: str) -> Path:
    """Return the path of a file or folder in assets/."""
    return _ROOT / "assets" / name


def shipped_model(name: str = "digits") -> Path:
    """Return the path of a shipped LiteRT model; its card lies beside it as .json."""
    return _ROOT / "models" / f"{name}.tflite"


def shipped_symbol_weights() -> Path:
    """Return the path of the weights by which the user's own symbols are compared."""
    return _ROOT / "models" / "symbols.npz"


def system_environment() -> dict[str, str]:
    """Return the environment to start a program of the system with.

    PyInstaller puts a built program's own libraries first and keeps the former value under a second
    name; other programs must get the former one.
    """
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
            environment.pop(name, None)
            original = environment.pop(f"{name}_ORIG", None)
            if original is not None:
                environment[name] = original
    return environment
