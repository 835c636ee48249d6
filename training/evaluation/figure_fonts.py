"""Owns the lettering of figures: in the spoken language where a font has its glyphs, else English.

Without it matplotlib draws a box for every character that its own font has not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import matplotlib
from matplotlib.font_manager import FontEntry, fontManager, get_font

from app.i18n import language, set_language

_USUAL = "DejaVu Sans"  # comes with matplotlib
_WITNESS = {"zh_CN": "汉"}
_FACES = {
    "zh_CN": (
        "Microsoft YaHei",
        "PingFang SC",
        "Hiragino Sans GB",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "WenQuanYi Micro Hei",
        "SimHei",
        "Noto Sans CJK JP",  # of a collection of faces matplotlib may know the first only
        "Droid Sans Fallback",
    )
}


@contextmanager
def lettering() -> Iterator[None]:
    """Let what is drawn inside have letters that can be read; also a decorator.

    The face is taken when a text is made, so the figure may be saved afterwards.
    """
    spoken = language()
    face = face_for(spoken)
    if face is None:
        set_language("en")
    families = [_USUAL] if face in (None, _USUAL) else [_USUAL, face]
    try:
        with matplotlib.rc_context({"font.family": families}):
            yield
    finally:
        set_language(spoken)


@cache
def face_for(name: str) -> str | None:
    """Return the font family that can write a language, a key of LANGUAGES; None if none can."""
    if name not in _FACES:
        return _USUAL
    known = {entry.name: entry for entry in fontManager.ttflist}
    witness = _WITNESS[name]
    faces = (known[face] for face in _FACES[name] if face in known)
    return next((entry.name for entry in faces if _has(entry, witness)), None)


def _has(entry: FontEntry, character: str) -> bool:
    """Return whether a font that was once found is still there and has a glyph."""
    try:
        return bool(get_font(entry.fname).get_char_index(ord(character)))
    except (OSError, RuntimeError):  # matplotlib remembers fonts that are gone
        return False
