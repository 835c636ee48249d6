"""The user's own symbols, as the window uses them: on the recogniser's thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from app.ui.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.symbols.own import OwnSymbols
    from app.symbols.symbol import Symbol
    from app.ui.recognition_client import RecognitionClient

T = TypeVar("T")
_STEP_S = 0.02
"""How long the symbols are checked before a waiting answer is let through."""


class SymbolLibrary:
    """Reads and changes the symbols, and emits a signal after every change."""

    def __init__(self, recognition: RecognitionClient, own: Callable[[], OwnSymbols]) -> None:
        self._recognition = recognition
        self.own = own
        """Returns the symbols, on the recogniser's thread alone."""
        self.changed: Signal[[]] = Signal()
        """Emitted when symbols or drawings were added, changed or deleted."""
        self.names: tuple[str, ...] = ()
        """Of the symbols when they were last read or changed, the oldest first."""
        self._changes = 0

    def read(
        self,
        job: Callable[[OwnSymbols], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run a job that changes nothing, then call `done` with its result, or `failed`."""

        def with_names(_recogniser: PersonalRecogniser) -> tuple[tuple[str, ...], T]:
            own = self.own()
            result = job(own)
            return own.names, result

        def finish(named: tuple[tuple[str, ...], T]) -> None:
            self.names, result = named
            done(result)

        self._recognition.run(with_names, finish, failed)

    def change(
        self,
        job: Callable[[OwnSymbols], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run a job that changes symbols, then call `done` or `failed` and emit `changed`."""

        def finish(result: T) -> None:
            self._changes += 1
            done(result)
            self.changed.emit()

        def fail(problem: str) -> None:
            self._changes += 1
            failed(problem)
            self.changed.emit()

        self.read(job, finish, fail)

    def all(self, done: Callable[[list[Symbol]], None], failed: Callable[[str], None]) -> None:
        """Give `done` all symbols, the oldest first."""
        self.read(lambda own: own.store.all(), done, failed)

    def check(self, done: Callable[[frozenset[str]], None], failed: Callable[[str], None]) -> None:
        """Give `done` the keys of harmful drawings, unless symbols change before it has them."""
        changes = self._changes
        steps: list[Iterator[frozenset[str] | None]] = []

        def job(own: OwnSymbols) -> frozenset[str] | None:
            if not steps:
                steps.append(own.harmful())
            end = time.monotonic() + _STEP_S
            found = None
            while found is None and time.monotonic() < end:
                found = next(steps[0])
            return found

        def go_on(found: frozenset[str] | None) -> None:
            if changes != self._changes:
                return
            if found is None:
                self.read(job, go_on, failed)
            else:
                done(found)

        self.read(job, go_on, failed)
