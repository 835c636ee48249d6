"""Owns what the user says a drawing is: the sample is stored at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.i18n import _
from app.ink.drawing import Content

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample

NO_DIGIT = ""
Tell = Callable[[str, bool], None]
Do = Callable[..., None]
"""(work, done, failed): see MainWindow.do."""


class _Labelled:
    """A drawing and what was said of it, one after another.

    Only the recogniser's thread changes `said`: a second key may come before the first is stored.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self.said: list[StoredSample] = []


class Correction:
    """Takes labels for the drawing on the canvas; tells what was learnt, or why it was not."""

    def __init__(self, do: Do, tell: Tell, changed: Callable[[], None]) -> None:
        """`do(work, done, failed)` works on the recogniser's thread; `tell` shows a sentence.

        `changed` is called when what is learnt has changed.
        """
        self._do = do
        self._tell = tell
        self._changed = changed
        self._last = _Labelled(Content())

    def say(self, content: Content, label: str) -> None:
        """Say what a drawing is: "0" to "9", or NO_DIGIT.

        Said again of the same drawing, the sample is relabelled: nobody drew it twice.
        """
        if content.is_empty:
            self._tell(_("Draw something first; then say what it is."), False)
            return
        if self._last.content != content:
            self._last = _Labelled(content)
        last = self._last

        def work(recogniser: PersonalRecogniser) -> None:
            from dataclasses import replace  # 8 ms that the window must not wait for

            if last.said:
                before = last.said[-1]
                kept = replace(before, sample=replace(before.sample, label=label))
                recogniser.restore(kept)
            else:
                kept = recogniser.teach(content, label)
            last.said.append(kept)

        self._do(work, lambda _nothing: self._done(_learnt(label)), self._failed)

    def take_back(self) -> None:
        """Take the last label back: the sample goes, or has its former label again."""
        last = self._last

        def work(recogniser: PersonalRecogniser) -> bool:
            if not last.said:
                return False
            if len(last.said) > 1:
                recogniser.restore(last.said[-2])
            else:
                recogniser.remove(last.said[-1].name)
            last.said.pop()
            return True

        def done(taken: bool) -> None:
            if taken:
                self._done(_("The label is taken back."))
            else:
                self._tell(_("There is no label to take back."), False)

        self._do(work, done, self._failed)

    def _done(self, sentence: str) -> None:
        self._tell(sentence, False)
        self._changed()

    def _failed(self, problem: str) -> None:
        self._tell(problem, True)


def _learnt(label: str) -> str:
    if label == NO_DIGIT:
        return _("Learnt: this is no digit.")
    return _("Learnt: this is your {label}.").format(label=label)
