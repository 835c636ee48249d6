"""Relabels and deletes samples, and undoes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.i18n import _, ngettext

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.samples.library import SampleLibrary
    from app.ui.status import Status


@dataclass(frozen=True)
class _Change:
    """Samples to store under their names, names of samples to delete, and what to say then."""

    text: str
    store: list[StoredSample] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)


class SampleEditor:
    """Changes samples, and remembers how to undo every change."""

    def __init__(self, *, samples: SampleLibrary, status: Status) -> None:
        self._samples = samples
        self._status = status
        self._undo_steps: list[_Change] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._undo_steps)

    def relabel(self, before: list[StoredSample], label: str) -> None:
        """Give samples another label; "" means no digit."""
        after = [replace(one, sample=replace(one.sample, label=label)) for one in before]
        if before:
            count = len(after)
            done = ngettext(
                "{count} sample relabelled. Undo gives it the old label again.",
                "{count} samples relabelled. Undo gives them the old labels again.",
                count,
            )
            undone = ngettext(
                "{count} sample has its old label again.",
                "{count} samples have their old labels again.",
                count,
            )
            change = _Change(done.format(count=count), store=after)
            self._apply(change, undo=_Change(undone.format(count=count), store=before))

    def delete(self, before: list[StoredSample]) -> None:
        """Delete samples."""
        if before:
            count = len(before)
            done = ngettext(
                "{count} sample deleted. Undo brings it back.",
                "{count} samples deleted. Undo brings them back.",
                count,
            )
            undone = ngettext("{count} sample is back.", "{count} samples are back.", count)
            change = _Change(done.format(count=count), delete=[one.name for one in before])
            self._apply(change, undo=_Change(undone.format(count=count), store=before))

    def undo(self) -> None:
        """Undo the last change."""
        if not self._undo_steps:
            self._status.show(_("There is nothing to undo."))
            return
        self._apply(self._undo_steps.pop())

    def _apply(self, change: _Change, undo: _Change | None = None) -> None:
        """Store and delete samples on the recogniser's thread; show the text when it is done."""

        def job(recogniser: PersonalRecogniser) -> None:
            for stored in change.store:
                recogniser.for_alphabet(stored.sample.alphabet).restore(stored)
            for name in change.delete:
                recogniser.remove(name)

        def done(_none: None) -> None:
            if undo is not None:
                self._undo_steps.append(undo)
            self._status.show(change.text)

        self._samples.change(job, done, self._status.show_problem)
