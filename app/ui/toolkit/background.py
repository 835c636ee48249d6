"""Slow work on a thread, with its result back on the Tk thread."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from app.errors import InklingError

T = TypeVar("T")
_POLL_MS = 20


class Scheduler(Protocol):
    """Calls functions later on the Tk thread: any widget, or a fake in a test without display."""

    def after(self, ms: int, func: Callable[[], object], /) -> str:
        """Call `func` after `ms` milliseconds; return what `after_cancel` takes."""

    def after_cancel(self, id: str, /) -> None:
        """Cancel the call for which `after` returned `id`."""


def run_in_thread(
    scheduler: Scheduler,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[str], None],
) -> None:
    """Run `work` on a thread; call `done` with its result on the Tk thread.

    `failed` gets the sentence of an InklingError; any other error is raised on the Tk thread,
    where the window's own handler logs and shows it.
    """
    results: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # raised again on the Tk thread
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def poll() -> None:
        if thread.is_alive():
            scheduler.after(_POLL_MS, poll)
        elif not errors:
            done(results[0])
        elif isinstance(errors[0], InklingError):
            failed(str(errors[0]))
        else:
            raise errors[0]

    scheduler.after(1, poll)
