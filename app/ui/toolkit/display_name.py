"""File names as text for sentences: on one line, short, with visible characters only."""

import unicodedata

_MAX_LENGTH = 60
_HIDDEN_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories of control characters, undecodable bytes and line breaks."""


def display_name(name: str, max_length: int = _MAX_LENGTH) -> str:
    """Return a file's name with at most `max_length` characters, shortened in the middle.

    A file's name may hold line breaks and, on Linux, bytes that are no text: each becomes "�".
    """
    if len(name) > max_length:
        name = f"{name[: max_length // 2]}…{name[-(max_length - max_length // 2 - 1) :]}"
    if name.isprintable():
        return name
    return "".join("�" if unicodedata.category(c) in _HIDDEN_CATEGORIES else c for c in name)
