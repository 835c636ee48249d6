"""Owns what importing and exporting has in common, be it of samples or of models."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

Tell = Callable[[str], None]


class Transfer:
    """Moves things between files and a window that lists them."""

    def __init__(
        self,
        window: MainWindow,
        top: tk.Toplevel,
        tell: Tell,
        failed: Tell,
        changed: Callable[[], None],
    ) -> None:
        """`top`: the window that the dialogs belong to; `changed` is told of what is new in it."""
        self._window = window
        self._top = top
        self._tell = tell
        self._failed = failed
        self._changed = changed
