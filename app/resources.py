"""Owns the places of the files that come with the program: the shipped model and the assets.

They are read-only. In a checkout they stand beside `app`; in a wheel inside it, so that no other
package's `models` folder is met; in a frozen program beside the bundled `app`.
"""

from pathlib import Path

_APP = Path(__file__).resolve().parent
_INSTALLED = _APP / "_shipped"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _APP.parent


def asset(name: str) -> Path:
    """Return the path of a file or folder in assets/."""
    return _ROOT / "assets" / name


def shipped_model() -> Path:
    """Return the path of the shipped LiteRT model; its card lies beside it as .json."""
    return _ROOT / "models" / "digits.tflite"
