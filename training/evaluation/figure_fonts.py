"""Text of figures: in the current language if a font has its characters, else in English.

Otherwise matplotlib would draw a box for each character that its own font lacks.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

import matplotlib
from matplotlib.font_manager import FontEntry, findSystemFonts, fontManager, get_font

from app.i18n import language, set_language

_DEFAULT = "DejaVu Sans"  # comes with matplotlib
_TEST_CHARACTER = {"zh_CN": "汉"}
_FONTS = {
    "zh_CN": (
        *("Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC"),
        *("Source Han Sans SC", "WenQuanYi Micro Hei", "SimHei"),
        "Noto Sans CJK JP",  # matplotlib may know only the first font of a collection
        "Droid Sans Fallback",
    )
}


@contextmanager
def readable_text() -> Iterator[None]:
    """Set font and language for the figures drawn inside; also a decorator.

    A text keeps the font that it was made with, so the figure may be saved afterwards.
    """
    current = language()
    font = font_for(current)
    if font is None:
        set_language("en")
    families = [_DEFAULT] if font in (None, _DEFAULT) else [_DEFAULT, font]
    try:
        with matplotlib.rc_context({"font.family": families}):
            yield
    finally:
        set_language(current)


@cache
def font_for(name: str) -> str | None:
    """Return the font family for a language, a key of LANGUAGES; None if there is none here."""
    if name not in _FONTS:
        return _DEFAULT
    font = _listed_font(name)
    if font is None:
        _list_new_fonts()
        font = _listed_font(name)
    return font


def _listed_font(name: str) -> str | None:
    known = {entry.name: entry for entry in fontManager.ttflist}
    fonts = (known[font] for font in _FONTS[name] if font in known)
    return next((e.name for e in fonts if _has_character(e, _TEST_CHARACTER[name])), None)


def _list_new_fonts() -> None:
    """Make matplotlib know the fonts that were installed after it last looked for any."""
    known = {entry.fname for entry in fontManager.ttflist}
    for path in findSystemFonts():
        if path not in known:
            with suppress(OSError, RuntimeError):  # matplotlib cannot read it
                fontManager.addfont(path)


def _has_character(entry: FontEntry, character: str) -> bool:
    try:
        return bool(get_font(entry.fname).get_char_index(ord(character)))
    except (OSError, RuntimeError):  # matplotlib remembers fonts that were removed
        return False
