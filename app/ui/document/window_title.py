"""The main window's title: "*four.ink – 4 – Inkling", the asterisk while it is not saved."""

import tkinter as tk

from app.i18n import _
from app.ui.alphabet.names import refusal
from app.ui.document.document import Document
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.theme.theme import Theme
from app.ui.toolkit.display_name import display_name

_PROGRAM = "Inkling"


class WindowTitle:
    """Shows the file's name or, in a batch, its position; whether it is saved; the answer."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        theme: Theme,
        document: Document,
        recognition: RecognitionClient,
        preferences: Preferences,
    ) -> None:
        self._root = root
        self._document = document
        self._recognition = recognition
        self._preferences = preferences
        self._text = ""
        recognition.answered.connect(lambda _answer: self._show())
        theme.rebuild_needed.connect(self._show)  # the language may have changed
        for signal in (document.saved, document.replaced, document.stroke_ended):
            signal.connect(self._show)

    def _show(self) -> None:
        text = " – ".join(filter(None, (self._name, self._answer, _PROGRAM)))
        if text != self._text:
            self._text = text
            self._root.title(text)

    @property
    def _name(self) -> str:
        """The file's name with the mark of an unsaved drawing; "" for an empty canvas."""
        document = self._document
        name = document.position
        if not name and document.path is not None:
            name = display_name(document.path.name)
        if not name and not document.drawing.content.is_empty:
            name = _("Untitled")
        return f"*{name}" if name and document.is_unsaved else name

    @property
    def _answer(self) -> str:
        result = self._recognition.result
        if result is None or self._document.is_blank:
            return ""
        return result.text or refusal(self._preferences.settings.reading)
