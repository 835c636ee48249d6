"""The main window's title: "7 – 3 of 12 – name – Inkling"."""

import tkinter as tk

from app.i18n import _
from app.ui.document.document import Document
from app.ui.number.selection import NumberSelection
from app.ui.recognition_client import RecognitionClient
from app.ui.theme.theme import Theme

_PROGRAM = "Inkling"


class WindowTitle:
    """Shows the answer and, for a file of a batch, its position."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        theme: Theme,
        document: Document,
        recognition: RecognitionClient,
        selection: NumberSelection,
    ) -> None:
        self._root = root
        self._document = document
        self._recognition = recognition
        self._selection = selection
        recognition.answered.connect(lambda _answer: self._show())
        theme.rebuild_needed.connect(self._show)  # the language may have changed

    def _show(self) -> None:
        answer = ""
        if (result := self._recognition.result) is not None:
            nothing = _("Not a number") if self._selection.is_on else _("Not a digit")
            answer = result.text or nothing
        self._root.title(" – ".join(filter(None, (answer, self._document.position, _PROGRAM))))
