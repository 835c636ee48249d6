"""Owns what Tk's own dialogs say and show: Yes and No, Open and Cancel, which files and how."""

import tkinter as tk

from app.translation import _, language


def let_tk_speak(root: tk.Misc) -> None:
    """Let Tk's dialogs speak the language that is spoken now, as far as this Tk knows it.

    Windows and macOS have dialogs of their own, which speak the system's language.
    """
    call = root.tk.call
    call("msgcat::mclocale", language().lower())
    folder = call("file", "join", call("set", "::tk_library"), "msgs")
    call("namespace", "eval", "::tk", ("msgcat::mcload", folder))
    # Tk's Chinese has one word for "No" and "Cancel": nobody asked to save could tell them apart.
    for word, said in (("&Yes", _("&Yes")), ("&No", _("&No"))):
        locale = language().lower()
        call("namespace", "eval", "::tk", ("msgcat::mcset", locale, word, said))


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
