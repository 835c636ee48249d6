"""Owns how a file's name is shown: in one line, not too long, in characters that can be drawn."""

import unicodedata

_MOST = 60
_NOT_SHOWN = ("Cc", "Cs", "Zl", "Zp")
"""Unicode's categories of what breaks a line, rings, or came from bytes that are no text."""


def display_name(name: str, most: int = _MOST) -> str:
    """Return a name as it may stand in a sentence: at most so many characters, its middle left out.

    A file's name may hold line breaks and, on Linux, bytes that are no text at all.
    """
    if len(name) > most:
        name = f"{name[: most // 2]}…{name[-(most - most // 2 - 1) :]}"
    if name.isprintable():
        return name
    return "".join("�" if unicodedata.category(sign) in _NOT_SHOWN else sign for sign in name)
