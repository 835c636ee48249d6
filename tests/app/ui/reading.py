"""What is to be read in the real window, for the tests of its languages."""

import tkinter as tk
from collections.abc import Iterator
from tkinter import ttk

from babel.messages.pofile import read_po

from app.i18n import LANGUAGES
from app.resources import asset
from tests.app.ui.conftest import Driver

CHINESE = "zh_CN"


def untranslated() -> set[str]:
    """Return what the program says in English and otherwise in Chinese."""
    with (asset("locale") / CHINESE / "LC_MESSAGES" / "inkling.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id != message.string} - {
            *LANGUAGES.values()  # each by its own name
        }


def widgets(top: tk.Misc) -> Iterator[tk.Misc]:
    yield top
    for child in top.winfo_children():
        yield from widgets(child)


def text_items(canvas: tk.Canvas) -> list[int]:
    return [item for item in canvas.find_all() if canvas.tk.call(canvas, "type", item) == "text"]


def said(root: tk.Tk) -> list[str]:
    """Return all that is to be read in all windows, in the widgets' order."""
    texts: list[str] = []
    for widget in widgets(root):
        if isinstance(widget, (tk.Tk, tk.Toplevel)):
            texts.append(widget.title())
        elif isinstance(widget, tk.Menu):
            places = range((widget.index("end") or 0) + 1 if widget.index("end") is not None else 0)
            kinds = ("separator", "tearoff")
            texts += [widget.entrycget(i, "label") for i in places if widget.type(i) not in kinds]
        elif isinstance(widget, tk.Canvas):
            words = (widget.tk.call(widget, "itemcget", i, "-text") for i in text_items(widget))
            texts += [str(word) for word in words]
        elif isinstance(widget, tk.Text):
            texts += widget.get("1.0", "end").splitlines()
        elif isinstance(widget, ttk.Treeview):
            texts += [str(widget.heading(column, "text")) for column in ("#0", *widget["columns"])]
            texts += [str(widget.item(row, "text")) for row in widget.get_children()]
        elif isinstance(widget, ttk.Combobox):
            texts += [widget.get(), *widget["values"]]
        elif isinstance(widget, (ttk.Label, ttk.Button, ttk.Checkbutton, ttk.Radiobutton)):
            texts.append(str(widget.cget("text")))
    return [text for text in texts if text]


def fill_menus(driver: Driver) -> None:
    """Open every menu of the bar once, as a look at it does."""
    for menu in driver.window.menu_bar.bar.winfo_children():
        assert isinstance(menu, tk.Menu)
        menu.tk.call(menu.cget("postcommand"))


def choose(driver: Driver, label: str) -> None:
    """Choose an entry of View → Language."""
    view = driver.window.menu_bar.bar.winfo_children()[2]
    assert isinstance(view, tk.Menu)
    view.tk.call(view.cget("postcommand"))
    *_others, languages = view.winfo_children()
    assert isinstance(languages, tk.Menu)
    for index in range((languages.index("end") or 0) + 1):
        if languages.entrycget(index, "label") == label:
            languages.invoke(index)
            driver.settle()
            return
    raise AssertionError(f"no entry {label}")
