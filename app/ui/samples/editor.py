"""Relabels and deletes samples, and undoes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.samples.library import SampleLibrary


@dataclass(frozen=True)
class _Change:
    """Samples to store under their names, and names of samples to delete."""

    store: list[StoredSample] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _UndoStep:
    """What a change was, as a sentence, and the change that undoes it."""

    text: str
    change: _Change


class SampleEditor:
    """Changes samples, and remembers how to undo every change."""

    def __init__(
        self,
        *,
        samples: SampleLibrary,
        show: Callable[[str], None],
        show_problem: Callable[[str], None],
    ) -> None:
        """`show` and `show_problem` get what came of a change."""
        self._samples = samples
        self._show = show
        self._show_problem = show_problem
        self._undo_steps: list[_UndoStep] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._undo_steps)

    def relabel(self, before: list[StoredSample], label: str) -> None:
        """Give samples another label; "" means no digit."""
        after = [replace(one, sample=replace(one.sample, label=label)) for one in before]
        if before:
            text = _("{count} relabelled. Undo restores the old labels.").format(count=len(after))
            self._apply(_Change(store=after), text, undo=_Change(store=before))

    def delete(self, before: list[StoredSample]) -> None:
        """Delete samples."""
        if before:
            text = _("{count} deleted. Undo restores them.").format(count=len(before))
            change = _Change(delete=[one.name for one in before])
            self._apply(change, text, undo=_Change(store=before))

    def undo(self) -> None:
        """Undo the last change."""
        if not self._undo_steps:
            self._show(_("There is nothing to undo."))
            return
        step = self._undo_steps.pop()
        self._apply(step.change, _("Undone: {what}").format(what=step.text))

    def _apply(self, change: _Change, text: str, undo: _Change | None = None) -> None:
        """Store and delete samples on the recogniser's thread; show `text` when it is done."""

        def job(recogniser: PersonalRecogniser) -> None:
            for stored in change.store:
                recogniser.restore(stored)
            for name in change.delete:
                recogniser.remove(name)

        def done(_none: None) -> None:
            if undo is not None:
                self._undo_steps.append(_UndoStep(text, undo))
            self._show(text)

        self._samples.change(job, done, self._show_problem)
