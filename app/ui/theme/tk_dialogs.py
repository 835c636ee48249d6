"""Owns what Tk's own dialogs say and show: Yes and No, Open and Cancel, which files and how."""

import tkinter as tk

from app.i18n import _, language

_USUAL = ("&OK", "&Cancel")
"""What Return and Escape choose."""

_LETTERED = (
    *_USUAL,
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
"""The words of Tk's dialogs that are chosen by a letter."""


def let_tk_speak(root: tk.Misc) -> None:
    """Let Tk's dialogs speak the language that is spoken now, as far as this Tk knows it.

    Windows and macOS have dialogs of their own, which speak the system's language.
    """
    call = root.tk.call
    call("msgcat::mclocale", language().lower())
    folder = call("file", "join", call("set", "::tk_library"), "msgs")
    call("namespace", "eval", "::tk", ("msgcat::mcload", folder))
    locale = language().lower()

    def say(word: str, said: str) -> None:
        call("namespace", "eval", "::tk", ("msgcat::mcset", locale, word, said))

    # Tk's Chinese has one word for "No" and "Cancel": nobody asked to save could tell them apart.
    say("&Yes", _("&Yes"))
    say("&No", _("&No"))
    for word in _LETTERED:
        said = str(call("namespace", "eval", "::tk", ("msgcat::mc", word)))
        say(word, _with_a_key(word, said))


def _with_a_key(word: str, said: str) -> str:
    """Return a word of Tk's with a letter that is on the keyboard where "&" marks one.

    Tk's Chinese marks Chinese characters, which no key chooses: they are only underlined.
    """
    before, _mark, after = said.partition("&")
    if not after or after[0].isascii():
        return said
    if word in _USUAL:
        return before + after
    plain = before + after
    colon = plain[-1] if plain[-1] in ":：" else ""
    letter = word.partition("&")[2][0].upper()
    return f"{plain.removesuffix(colon)}(&{letter}){colon}"


def hide_hidden_files(root: tk.Misc) -> None:
    """Let Tk's own file dialog show hidden files only to those who ask; others have their own."""
    call = root.tk.call
    if call("tk", "windowingsystem") == "x11":
        call("auto_load", "::tk::dialog::file::")  # it sets these itself when it is loaded
        call("set", "::tk::dialog::file::showHiddenBtn", 1)
        call("set", "::tk::dialog::file::showHiddenVar", 0)


_LIST = """
    oo::class create ::tk::InklingList {
        variable canvas fill
        method deleteall {} {
            set fill [ttk::style lookup Treeview -foreground]
            $canvas configure -background [ttk::style lookup Treeview -fieldbackground]
            next
        }
        method DrawSelection {} {
            $canvas itemconfigure selectionText -fill $fill
            $canvas dtag selectionText
            next
        }
    }
    oo::define ::tk::IconList mixin ::tk::InklingList
"""
"""The list of files is no ttk widget: Tk makes it black on white, and what was chosen black again.

`deleteall` is called before it is filled, also in another theme.
"""


def dress_file_dialog(root: tk.Misc) -> None:
    """Let the list of Tk's own file dialog have the theme's colours; others have their own."""
    call = root.tk.call
    if call("tk", "windowingsystem") != "x11" or call("info", "commands", "::tk::InklingList"):
        return
    if call("auto_load", "::tk::IconList"):  # another Tk may have another name for it
        root.tk.eval(_LIST)
