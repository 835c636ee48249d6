"""Connects a widget to a signal for as long as the widget exists."""

import tkinter as tk
from collections.abc import Callable
from typing import ParamSpec

from app.ui.signal import Signal

P = ParamSpec("P")


def follow(widget: tk.Misc, signal: Signal[P], callback: Callable[P, object]) -> None:
    """Call `callback` at every emit of `signal` until `widget` is destroyed."""
    disconnect = signal.connect(callback)

    def destroyed(event: "tk.Event[tk.Misc]") -> None:
        if event.widget is widget:  # a toplevel gets the events of everything inside it
            disconnect()

    widget.bind("<Destroy>", destroyed, add=True)
