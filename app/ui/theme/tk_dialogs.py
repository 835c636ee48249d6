"""Tk's own message and file dialogs, on X11: language, hidden files, sizes.

Windows and macOS have dialogs of their own.
"""

import tkinter as tk

from app.i18n import _, language
from app.ui.theme.theme import Theme

_BUTTONS = ("&OK", "&Cancel")
"""Return and Escape press these: they need no letter."""
_ACCESS_KEY_TEXTS = (
    *_BUTTONS,
    "&Open",
    "&Save",
    "&Directory:",
    "File &name:",
    "File &names:",
    "Files of &type:",
    "&Selection:",
    "Show &Hidden Directories",
    "Show &Hidden Files and Directories",
)
"""Texts with an access key: the letter after "&"."""


def configure_tk_dialogs(root: tk.Misc, theme: Theme) -> None:
    """Set the texts and sizes of Tk's dialogs; call it again after a change of the theme."""
    _translate(root)
    # Tk wraps the text of a message at three inches, and pads it by two millimetres, of 96 dpi.
    for part in ("msg", "dtl"):
        root.option_add(f"*Dialog.{part}.wrapLength", theme.px(380))
    for part in ("top", "bot"):
        root.option_add(f"*Dialog.{part}.padding", theme.px(16) - 8)


def hide_hidden_files(root: tk.Misc) -> None:
    """Add a check box for hidden files to Tk's file dialog, which then hides them at first."""
    call = root.tk.call
    if call("tk", "windowingsystem") == "x11":
        call("auto_load", "::tk::dialog::file::")  # loading it sets these variables
        call("set", "::tk::dialog::file::showHiddenBtn", 1)
        call("set", "::tk::dialog::file::showHiddenVar", 0)


def _translate(root: tk.Misc) -> None:
    """Load Tk's message catalogue for the program's language, and correct it."""
    call, locale = root.tk.call, language().lower()
    call("msgcat::mclocale", locale)
    folder = call("file", "join", call("set", "::tk_library"), "msgs")
    call("namespace", "eval", "::tk", ("msgcat::mcload", folder))

    def set_text(text: str, translated: str) -> None:
        call("namespace", "eval", "::tk", ("msgcat::mcset", locale, text, translated))

    # Tk's Chinese catalogue translates "No" and "Cancel" by the same word.
    set_text("&Yes", _("&Yes"))
    set_text("&No", _("&No"))
    for text in _ACCESS_KEY_TEXTS:
        translated = str(call("namespace", "eval", "::tk", ("msgcat::mc", text)))
        set_text(text, _with_ascii_access_key(text, translated))


def _with_ascii_access_key(text: str, translated: str) -> str:
    """Return `translated` with the access key of `text` if its own is not on the keyboard.

    Tk's catalogue marks Chinese characters, which no key types.
    """
    before, _mark, after = translated.partition("&")
    if not after or after[0].isascii():
        return translated
    plain = before + after
    if text in _BUTTONS:
        return plain
    colon = plain[-1] if plain[-1] in ":：" else ""
    letter = text.partition("&")[2][0].upper()
    return f"{plain.removesuffix(colon)}(&{letter}){colon}"
