"""Owns the words that Tk itself says: Yes and No, Open and Cancel in its own dialogs."""

import tkinter as tk

from app.translation import language


def let_tk_speak(root: tk.Misc) -> None:
    """Let Tk's dialogs speak the language that is spoken now, as far as this Tk knows it.

    Windows and macOS have dialogs of their own, which speak the system's language.
    """
    call = root.tk.call
    call("msgcat::mclocale", language().lower())
    folder = call("file", "join", call("set", "::tk_library"), "msgs")
    call("namespace", "eval", "::tk", ("msgcat::mcload", folder))
