"""Owns the language of the program: every string that a person sees passes through `_`.

Catalogues lie in assets/locale/LANGUAGE/LC_MESSAGES (inkling.po, compiled to inkling.mo); English
needs none, it is what the source says. The language can change while the program runs: `_` is
asked whenever something is shown, never when a module is imported. `.ci/translations` keeps the
catalogues as the source is; tests/test_catalogues.py fails on a string that has no translation.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from app.resources import asset

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""What the program speaks, each by its own name."""

SYSTEM = "system"
"""In the settings: the language that the user wants of all programs."""

_DOMAIN = "inkling"


class _Spoken:
    """The language that is spoken now."""

    def __init__(self) -> None:
        self.name = "en"
        self.catalogue: NullTranslations | None = None
        """None for English, which needs none."""


_spoken = _Spoken()


def _(message: str) -> str:
    """Return `message` in the language that is spoken now."""
    return translated(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, as `count` wants it in the language that is spoken now."""
    if _spoken.catalogue is None:
        return one if count == 1 else many
    return _spoken.catalogue.ngettext(one, many, count)


def deferred(message: str) -> str:
    """Mark a constant's string as one to be translated, and return it as it is.

    It is shown with `translated`: at import nobody knows yet which language will be spoken.
    """
    return message


def translated(message: str) -> str:
    """Return a string that was marked by `deferred` in the language that is spoken now."""
    return message if _spoken.catalogue is None else _spoken.catalogue.gettext(message)


def language() -> str:
    """Return the language that is spoken now, a key of LANGUAGES."""
    return _spoken.name


def speak(name: str | None) -> None:
    """Speak a language, a key of LANGUAGES, from now on; None or SYSTEM: that of the system."""
    _spoken.name = name if name in LANGUAGES else system_language()
    _spoken.catalogue = None if _spoken.name == "en" else _catalogue(_spoken.name)


def _catalogue(name: str) -> NullTranslations:
    import gettext  # 2 ms, with what it imports, that a window in English need not wait for

    return gettext.translation(_DOMAIN, localedir=asset("locale"), languages=[name], fallback=True)


def system_language() -> str:
    """Return the first language of LANGUAGES that the user wants of programs; English else."""
    for wanted in _wanted():
        tongue = wanted.replace("-", "_").partition("_")[0].lower()
        for name in LANGUAGES:
            if name.partition("_")[0] == tongue:
                return name
    return "en"


def _wanted() -> list[str]:
    """Return the user's languages, most wanted first, as the system names them."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # as gettext(3) looks for them
        if value := os.environ.get(variable):
            return value.split(":")
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return [locale.windows_locale.get(number, "en")]
    if sys.platform == "darwin":  # a program that the Finder starts has no LANG
        import plistlib
        from pathlib import Path

        preferences = Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist"
        try:
            found = plistlib.loads(preferences.read_bytes()).get("AppleLanguages", [])
        except (OSError, plistlib.InvalidFileException):
            return []
        return [str(name) for name in found]
    return []


speak(None)
