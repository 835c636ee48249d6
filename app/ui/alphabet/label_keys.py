"""Typing a character labels the drawing with it, where it is one of the alphabet's labels."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.recognition.alphabet import ALPHABETS
from app.storage.settings import DIGITS
from app.ui.menu.key_bindings import is_plain

if TYPE_CHECKING:
    from app.ui.answer.correction import Correction
    from app.ui.menu.key_bindings import Key
    from app.ui.preferences import Preferences

_CHARACTERS = {
    "bracketleft": "[",
    "bracketright": "]",
    "equal": "=",
    "minus": "-",
    "plus": "+",
}
"""Of the keys with names that menus have."""


class LabelKeys:
    """Which keys label the drawing."""

    def __init__(self, *, preferences: Preferences, correction: Correction) -> None:
        self._preferences = preferences
        self._correction = correction

    @property
    def _labels(self) -> tuple[str, ...]:
        """Of a key each; the user's own symbols have none."""
        alphabet = ALPHABETS.get(self._preferences.settings.alphabet)
        return alphabet.labels if alphabet is not None else ()

    def typed(self, event: tk.Event[Any]) -> bool:
        """Label the drawing with the character that was typed; return whether it is a label."""
        is_label = is_plain(event) and event.char in self._labels
        if is_label:
            self._correction.label(event.char)
        return is_label

    def takes(self, key: Key) -> bool:
        """Return whether a key labels the drawing instead of what it does among digits."""
        if key.mod or self._preferences.settings.alphabet == DIGITS:
            return False
        character = _CHARACTERS.get(key.name, key.name)
        return not {character.lower(), character.upper()}.isdisjoint(self._labels)
