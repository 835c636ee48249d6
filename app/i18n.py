"""The program's language: every string that a person sees is translated by `_` when it is shown.

Catalogues lie in assets/locale/LANGUAGE/LC_MESSAGES (inkling.po, compiled to inkling.mo); the
source is in English. The language can change while the program runs, so no module translates at
import. `.ci/translations` updates the catalogues from the source; tests/test_catalogues.py fails on
a string without a translation.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.resources import asset

if TYPE_CHECKING:
    from gettext import NullTranslations

if sys.platform == "win32":
    import ctypes
    import locale
elif sys.platform == "darwin":
    import plistlib

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""The languages of the program, each with its own name for itself."""

SYSTEM = "system"
"""In the settings: the language of the system."""

_DOMAIN = "inkling"
_ENGLISH = "en"


class _State:
    language = _ENGLISH
    catalogue: "NullTranslations | None" = None  # English needs none


def _(message: str) -> str:
    """Return `message` in the current language."""
    return translated(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many` in the current language, by its plural rule for `count`."""
    if _State.catalogue is None:
        return one if count == 1 else many
    return _State.catalogue.ngettext(one, many, count)


def deferred(message: str) -> str:
    """Return `message` unchanged: marks a constant for the catalogues, see `translated`."""
    return message


def translated(message: str) -> str:
    """Return a string marked by `deferred` in the current language."""
    return message if _State.catalogue is None else _State.catalogue.gettext(message)


def language() -> str:
    """Return the current language, a key of LANGUAGES."""
    return _State.language


def set_language(name: str | None) -> None:
    """Make a key of LANGUAGES the current language; anything else means the system's."""
    name = name if name in LANGUAGES else system_language()
    _State.language = name
    _State.catalogue = None
    if name != _ENGLISH:
        import gettext  # a window in English need not wait for it

        _State.catalogue = gettext.translation(_DOMAIN, asset("locale"), [name], fallback=True)


def system_language() -> str:
    """Return the first of the user's preferred languages that is in LANGUAGES, or English."""
    for preferred in _preferred_languages():
        code = preferred.replace("-", "_").partition("_")[0].lower()
        for name in LANGUAGES:
            if name.partition("_")[0] == code:
                return name
    return _ENGLISH


def _preferred_languages() -> list[str]:
    """Return the user's languages, most preferred first, as the system spells them."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # the order of gettext(3)
        if value := os.environ.get(variable):
            return value.split(":")
    if sys.platform == "win32":
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return [locale.windows_locale.get(number, _ENGLISH)]
    if sys.platform == "darwin":  # a program that the Finder starts has no LANG
        try:
            preferences = Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist"
            found = plistlib.loads(preferences.read_bytes()).get("AppleLanguages", [])
        except (OSError, RuntimeError, plistlib.InvalidFileException):
            return []
        return [str(name) for name in found]
    return []


set_language(None)
