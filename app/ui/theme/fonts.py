"""Font families that have the characters of the program's language."""

from __future__ import annotations

import tkinter as tk

from app.i18n import LANGUAGES, _, language, set_language

_FAMILIES = {
    "zh_CN": (
        "Microsoft YaHei UI",  # Windows
        "Microsoft YaHei",
        "PingFang SC",  # macOS
        "Noto Sans CJK SC",  # Linux
        "Noto Sans SC",
        "Source Han Sans SC",
        "Source Han Sans CN",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    )
}
"""Sans-serif families by language, the preferred first. English uses the desktop's own family."""
_SAMPLE_CHARACTERS = {"zh_CN": "汉"}
"""A character that every font for the language has."""
_FONTCONFIG_PATTERNS = {"zh_CN": ":lang=zh-cn"}


def font_family(root: tk.Misc, default: str) -> str:
    """Return the family for the program's language; `default` is the desktop's."""
    families = _FAMILIES.get(language())
    if families is None:
        return default
    installed = _installed_families(root)
    # With none of them Tk searches the installed fonts for each character.
    return next((family for family in families if family in installed), default)


def fall_back_to_english(root: tk.Misc) -> str:
    """Switch to English if no font has the characters of the program's language.

    Returns the sentence that tells the user so; "" if the language is kept.
    """
    missing = language()
    if has_glyphs(root, missing):
        return ""
    set_language("en")
    return _(
        "No font on this computer has the characters of {language}, so Inkling is shown in "
        "English. Install one, such as Noto Sans CJK, and start Inkling again."
    ).format(language=_english_name(missing))


def has_glyphs(root: tk.Misc, name: str) -> bool:
    """Return whether an installed font has a language's characters; True where it is unknown."""
    if name not in _FAMILIES:
        return True
    call = root.tk.call
    if not _installed_families(root).isdisjoint(_FAMILIES[name]):
        return True
    if call("tk", "windowingsystem") != "x11":  # Windows and macOS have fonts for every language
        return True
    default = call("font", "actual", "TkDefaultFont", "-family")
    sample = _SAMPLE_CHARACTERS[name]
    if call("font", "actual", "TkDefaultFont", "-family", "--", sample) != default:
        return True  # Tk has found the character in another font
    try:  # the default font has it, or none
        return bool(call("exec", "fc-list", _FONTCONFIG_PATTERNS[name], "family"))
    except tk.TclError:  # there is no fc-list
        return True


def language_name(root: tk.Misc, name: str) -> str:
    """Return a language's name in itself, or in the program's if no font has its characters."""
    return LANGUAGES[name] if has_glyphs(root, name) else _english_name(name)


def _installed_families(root: tk.Misc) -> set[str]:
    return set(root.tk.splitlist(root.tk.call("font", "families")))


def _english_name(name: str) -> str:
    return {"en": _("English"), "zh_CN": _("Simplified Chinese")}[name]
