"""Names of files and symbols as text: on one line, short, with visible characters only."""

import unicodedata
from collections.abc import Callable

_MAX_LENGTH = 60
_MIN_LENGTH = 3
_HIDDEN_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories of control characters, undecodable bytes and line breaks."""


def display_name(name: str, max_length: int = _MAX_LENGTH) -> str:
    """Return a name with at most `max_length` characters, shortened in the middle.

    A file's name may hold line breaks and, on Linux, bytes that are no text: each becomes "�".
    """
    if len(name) > max_length:
        name = f"{name[: max_length // 2]}…{name[-(max_length - max_length // 2 - 1) :]}"
    if name.isprintable():
        return name
    return "".join("�" if unicodedata.category(c) in _HIDDEN_CATEGORIES else c for c in name)


def fitted_name(
    name: str, width: float, measure: Callable[[str], float], min_length: int = _MIN_LENGTH
) -> str:
    """Return a name shortened in the middle until it is at most `width` wide.

    `measure` returns a text's width, in the unit of `width`. It has at least `min_length`
    characters, also where they are wider.
    """
    length = len(name)
    shown = display_name(name, length)
    while measure(shown) > width and length > min_length:
        length -= 1
        shown = display_name(name, length)
    return shown
