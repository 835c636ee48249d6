"""Owns which typeface has the glyphs of the language that is spoken, and whether there is one."""

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
"""Faces that are made for reading on a screen, by language, the system's own first. English is
written in the desktop's own."""

_WITNESS = {"zh_CN": "汉"}
"""A character that whoever can write the language has."""

_FONTCONFIG = {"zh_CN": ":lang=zh-cn"}


def family_for(root: tk.Misc, usual: str) -> str:
    """Return the typeface to write the spoken language in; `usual` is the desktop's."""
    wanted = _FAMILIES.get(language())
    if wanted is None:  # nothing is asked of Tk: the start would wait for it
        return usual
    known = set(root.tk.splitlist(root.tk.call("font", "families")))
    # Without one of these Tk itself looks for each glyph, face by face.
    return next((name for name in wanted if name in known), usual)


def spoken_with_glyphs(root: tk.Misc) -> str:
    """Speak English if nothing here can write the language that is spoken, and return why.

    The sentence is for the user; it is empty where all is well.
    """
    missing = language()
    if can_write(root, missing):
        return ""
    set_language("en")
    return _(
        "No font on this computer has the characters of {language}, so Inkling speaks English. "
        "Install one, such as Noto Sans CJK, and start Inkling again."
    ).format(language=_english_name(missing))


def can_write(root: tk.Misc, name: str) -> bool:
    """Return whether there are glyphs for a language, as far as can be known; else it is so."""
    if name not in _WITNESS:
        return True
    tk_call, split = root.tk.call, root.tk.splitlist
    if not set(_FAMILIES[name]).isdisjoint(split(tk_call("font", "families"))):
        return True
    if tk_call("tk", "windowingsystem") != "x11":  # every Windows and macOS brings its own
        return True
    usual = tk_call("font", "actual", "TkDefaultFont", "-family")
    if tk_call("font", "actual", "TkDefaultFont", "-family", "--", _WITNESS[name]) != usual:
        return True  # Tk has found the character in another face
    try:  # the usual face may have it itself, or nothing has
        return bool(tk_call("exec", "fc-list", _FONTCONFIG[name], "family"))
    except tk.TclError:  # no fc-list to ask
        return True


def name_of(root: tk.Misc, name: str) -> str:
    """Return a language's own name, or what English calls it where that cannot be written."""
    return LANGUAGES[name] if can_write(root, name) else _english_name(name)


def _english_name(name: str) -> str:
    return {"en": _("English"), "zh_CN": _("Simplified Chinese")}[name]
