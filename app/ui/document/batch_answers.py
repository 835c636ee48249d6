"""Owns what each of several files was read as, as far as it was open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.i18n import _

if TYPE_CHECKING:
    from app.ui.document.batch import Several


class _Read(NamedTuple):
    """What a file was read as: "" if it is no digit, None if it could not be opened."""

    text: str | None
    as_number: bool


class FilesRead:
    """The answers to the files of a Several, and those that could not be opened."""

    def __init__(self, several: Several) -> None:
        self._several = several
        self._read: dict[int, _Read] = {}

    def forget(self) -> None:
        """Know nothing any more: there are other files now."""
        self._read.clear()

    def said(self, index: int) -> str:
        """Return what to say of a file; nothing if it is not known, or read otherwise now."""
        read, as_number = self._read.get(index), self._several.window.settings.number
        if read is None:
            return ""
        if read.text is None:
            return _("cannot be opened")
        if read.as_number != as_number:
            return ""
        return read.text or (_("Not a number") if as_number else _("Not a digit"))

    def answered(self, text: str) -> None:
        """Take it that what is on the canvas was read as this: the open file, if nobody drew."""
        several, files = self._several, self._several.window.files
        if several.is_open(files.path) and not files.is_unsaved:
            self._note(text)

    def failed(self, path: Path) -> None:
        """Take it that a file cannot be opened."""
        if self._several.is_open(path):
            self._note(None)

    def show_again(self) -> None:
        """Show what is known now that drawings are read otherwise, as a number or a digit."""
        for index in self._read:
            self._show(index)

    def _note(self, text: str | None) -> None:
        index = self._several.index
        self._read[index] = _Read(text, self._several.window.settings.number)
        self._show(index)

    def _show(self, index: int) -> None:
        listing = self._several.list
        if listing is not None and listing.exists:
            listing.show_answer(index)
