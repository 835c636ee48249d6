"""Owns the translated text of the program: every string that a person sees passes through `_`.

Catalogues lie in assets/locale/LANGUAGE/LC_MESSAGES; a language without one reads English.
"""

import gettext

from app.resources import asset

_catalogue: gettext.NullTranslations = gettext.translation(
    "inkling", localedir=asset("locale"), fallback=True
)


def _(message: str) -> str:
    """Return `message` in the user's language."""
    return _catalogue.gettext(message)
