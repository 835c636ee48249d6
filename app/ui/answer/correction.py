"""Correcting an answer: the label is stored with the drawing as a sample, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.i18n import _
from app.ink.drawing import Content
from app.storage.settings import DIGITS, OWN
from app.ui.signal import Signal

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.document.document import Document
    from app.ui.number.selection import NumberSelection
    from app.ui.preferences import Preferences
    from app.ui.samples.library import SampleLibrary
    from app.ui.status import Status
    from app.ui.symbols.correction import SymbolCorrection

NO_DIGIT = ""


class _Labelled:
    """A drawing and the samples stored for it, one for each label that it was given.

    Only the recogniser's thread changes `samples`: a second key may come before the first sample
    is stored.
    """

    def __init__(self, content: Content, alphabet: str = DIGITS) -> None:
        self.content = content
        self.alphabet = alphabet
        self.samples: list[StoredSample] = []


class Correction:
    """Labels the drawing, or in number mode the selected digit."""

    def __init__(
        self,
        *,
        document: Document,
        selection: NumberSelection,
        samples: SampleLibrary,
        symbols: SymbolCorrection,
        status: Status,
        preferences: Preferences,
    ) -> None:
        """`symbols` corrects answers in the alphabet of the user's own."""
        self._document = document
        self._selection = selection
        self._preferences = preferences
        self._samples = samples
        self._symbols = symbols
        self.none_chosen: Signal[[]] = Signal()
        """Emitted when a drawing is said to be none of the user's own symbols."""
        self._status = status
        self._last = _Labelled(Content())

    def label(self, label: str) -> None:
        """Store what was drawn as a sample of `label` and learn it.

        `label` is of the present alphabet, or NO_DIGIT.
        """
        self._document.finish_gesture()
        if not self._selection.is_on:
            self._label_content(self._document.drawing.content, label)
            return
        selected = self._selection.selected
        if selected is None:
            self._status.show(_("Draw something first; then say what it is."))
        elif selected.prediction is None:
            self._status.show(_("Only digits can be corrected; choose one with Tab or a click."))
        else:
            self._selection.select(self._selection.index)  # it stays selected when read again
            self._label_content(selected.content, label)

    def take_back(self) -> None:
        """Take the last label back: the sample goes, or gets its former label again."""
        if self._preferences.settings.alphabet == OWN:
            self._symbols.take_back()
            return
        last = self._last

        def job(recogniser: PersonalRecogniser) -> bool:
            if not last.samples:
                return False
            if len(last.samples) > 1:
                recogniser.for_alphabet(last.alphabet).restore(last.samples[-2])
            else:
                recogniser.remove(last.samples[-1].name)
            last.samples.pop()
            return True

        def done(taken_back: bool) -> None:
            text = _("Label removed.") if taken_back else _("There is no label to remove.")
            self._status.show(text)

        self._samples.change(job, done, self._status.show_problem)

    def _label_content(self, content: Content, label: str) -> None:
        """Label a drawing; a second label for the same drawing replaces the first."""
        if self._preferences.settings.alphabet == OWN and label == NO_DIGIT:
            self.none_chosen.emit()
            return
        if content.is_empty:
            self._status.show(_("Draw something first; then say what it is."))
            return
        alphabet = self._preferences.settings.alphabet
        if alphabet == OWN:
            self._symbols.label(content, label)
            return
        if (self._last.content, self._last.alphabet) != (content, alphabet):
            self._last = _Labelled(content, alphabet)
        last = self._last

        def job(recogniser: PersonalRecogniser) -> None:
            recogniser = recogniser.for_alphabet(alphabet)
            if last.samples:
                before = last.samples[-1]
                kept = replace(before, sample=replace(before.sample, label=label))
                recogniser.restore(kept)
            else:
                kept = recogniser.teach(content, label)
            last.samples.append(kept)

        text = _("Learnt: this is no digit.")
        if alphabet != DIGITS:
            text = _("Learnt: this is none of these.")
        if label != NO_DIGIT:
            text = _("Learnt: this is your {label}.").format(label=label)
        self._samples.change(job, lambda _none: self._status.show(text), self._status.show_problem)
