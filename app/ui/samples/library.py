"""The user's samples, as the window uses them: stored and learnt on the recogniser's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.ui.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.recognition_client import RecognitionClient

T = TypeVar("T")


class SampleLibrary:
    """Reads and changes the samples, and emits a signal after every change."""

    def __init__(self, recognition: RecognitionClient) -> None:
        self.read = recognition.run
        """Runs a job that changes nothing; arguments as those of `change`."""
        self.changed: Signal[[]] = Signal()
        """Emitted when samples were added, changed or deleted, or `in_use` has changed."""
        self.in_use = True
        """Whether the answers take the samples into account."""

    def change(
        self,
        job: Callable[[PersonalRecogniser], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run a job that changes samples, then call `done` or `failed` and emit `changed`.

        `done` gets the job's result, `failed` a sentence. A job that has failed may
        have changed some of the samples before.
        """

        def finish(result: T) -> None:
            done(result)
            self.changed.emit()

        def fail(problem: str) -> None:
            failed(problem)
            self.changed.emit()

        self.read(job, finish, fail)

    def all(
        self, done: Callable[[list[StoredSample]], None], failed: Callable[[str], None]
    ) -> None:
        """Give `done` all samples that can be read, oldest first."""
        self.read(lambda recogniser: recogniser.stored_samples(), done, failed)

    def use(self, on: bool, done: Callable[[None], None], failed: Callable[[str], None]) -> None:
        """Take the samples into account in the answers, or not."""
        self.in_use = on

        def job(recogniser: PersonalRecogniser) -> None:
            recogniser.uses_samples = on

        self.change(job, done, failed)
