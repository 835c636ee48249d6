"""What the alphabets are called in the window, and the commands that choose one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.i18n import _
from app.resources import shipped_model
from app.storage.settings import ALPHABETS, DIGITS, NUMBER, OWN
from app.ui.menu.action import Action

if TYPE_CHECKING:
    from app.ui.menu.action import Item
    from app.ui.preferences import Preferences

SHORT_NAMES = {
    DIGITS: "0–9",
    "letters": "A–z",
    "capitals": "A–Z",
    "small": "a–z",
    "characters": "A1&",
    OWN: "★",
}
"""On the button in the toolbar, in every language."""


def offered() -> tuple[str, ...]:
    """Return the alphabets that there is a model for; the user's own symbols need none more."""
    return ALPHABETS if shipped_model("characters").is_file() else (DIGITS, OWN)


def alphabet_items(preferences: Preferences) -> list[Item]:
    """Return a radio button for each alphabet."""
    names = {
        DIGITS: _("Digits"),
        "letters": _("Letters"),
        "capitals": _("Capital Letters"),
        "small": _("Small Letters"),
        "characters": _("Characters"),
        OWN: _("My Symbols"),
    }

    def choice(alphabet: str, key: int) -> Action:
        return Action(
            f"{names[alphabet]}  {SHORT_NAMES[alphabet]}",
            partial(preferences.change, alphabet=alphabet),
            (f"Mod+{key}",),
            marked=lambda: preferences.settings.alphabet == alphabet,
            excludes=True,
        )

    return [choice(alphabet, key) for key, alphabet in enumerate(offered(), 1)]


def refusal(reading: str) -> str:
    """Return what is said of ink that is nothing of what it is read as (`Settings.reading`)."""
    return {NUMBER: _("Not a number"), DIGITS: _("Not a digit")}.get(reading, _("None of these"))
