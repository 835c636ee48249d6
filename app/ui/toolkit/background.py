"""Owns running something slow away from the Tk thread and coming back to it with the result."""

import tkinter as tk
from collections.abc import Callable
from typing import TypeVar

from app.errors import InklingError

T = TypeVar("T")
_POLL_MS = 20


def run_in_thread(
    widget: tk.Misc,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[str], None],
) -> None:
    """Run `work` on a thread; call `done` with what it returned, on the Tk thread.

    `failed` gets the sentence of an InklingError; any other error is raised in the Tk thread,
    where the window's own handler logs and shows it.
    """
    import threading  # 3 ms that the window must not wait for

    results: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # it goes on in the Tk thread
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def poll() -> None:
        if thread.is_alive():
            widget.after(_POLL_MS, poll)
        elif not errors:
            done(results[0])
        elif isinstance(errors[0], InklingError):
            failed(str(errors[0]))
        else:
            raise errors[0]

    widget.after(1, poll)
