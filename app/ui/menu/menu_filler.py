"""Fills menus with items, in the theme's colours."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Any

from app.ui.menu.action import Action, Item, Menu
from app.ui.menu.key_bindings import Key, is_mac
from app.ui.theme.indicators import MENU_BLANK, MENU_DOT, MENU_EDGE, MENU_TICK, MENU_UNMARKED
from app.ui.theme.theme import Theme

_LONG, _COLUMN = 20, 13
"""A menu with more entries has columns of so many."""


class MenuFiller:
    """Makes the entries of menus; their marks live until the next menu is filled."""

    def __init__(self, root: tk.Misc, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._mac = is_mac(root)
        self._draws_marks = root.tk.call("tk", "windowingsystem") == "x11"
        """Whether the program draws the marks: Tk's own are tiny on a high-density display."""
        self._marks: list[tk.BooleanVar] = []
        """The variables of the open menu's marks; Tk keeps no reference to them."""
        self.is_taken: Callable[[Key], bool] = lambda _key: False
        """Whether a key does something else now, and is not shown."""

    def fill(self, menu: tk.Menu, items: Sequence[Item]) -> None:
        """Replace the entries of a menu."""
        from app.ui.theme.ttk_styles import configure_all  # the window does not wait for it

        configure_all(self._root, self._theme)  # the images of the marks
        self._marks.clear()
        self._fill(menu, items)

    def apply_colours(self, menu: tk.Misc) -> None:
        """Colour a menu; a system that draws its own menus ignores it."""
        palette, px = self._theme.palette, self._theme.px
        colours = (
            *("-background", palette.menu, "-foreground", palette.text),
            *("-activebackground", palette.best, "-activeforeground", palette.on_best),
            *("-disabledforeground", palette.muted, "-selectcolor", palette.text),
            # A white menu on white paper needs an edge; Tk's relief "solid" would be black.
            *("-relief", "raised", "-borderwidth", px(1), "-activeborderwidth", 0),
        )
        menu.tk.call(menu, "configure", *colours)

    def _fill(self, menu: tk.Menu, items: Sequence[Item]) -> None:
        menu.delete(0, "end")
        for child in menu.winfo_children():
            child.destroy()
        underlined: set[str] = set()
        has_marks = any(isinstance(item, Action) and item.marked is not None for item in items)
        for index, item in enumerate(items):
            if item is None:
                menu.add_separator()
            else:
                self._add(menu, item, _underline(item.label, underlined), has_marks)
                if len(items) > _LONG and index and index % _COLUMN == 0:
                    menu.entryconfigure("end", columnbreak=True)

    def _accelerator(self, keys: Sequence[str]) -> str:
        """Return the text beside an entry with these keys."""
        free = (key for key in map(Key.of, keys) if not self.is_taken(key))
        if (key := next(free, None)) is None:
            return ""
        text = key.accelerator(self._mac)
        return text if self._mac else f"    {text} "  # Tk leaves no room there

    def _add(self, menu: tk.Menu, item: Action | Menu, underline: int, has_marks: bool) -> None:
        """Add an entry; `has_marks`: with space on its left for the marks of other entries."""
        entry: dict[str, Any] = {"label": item.label, "underline": underline}
        if self._draws_marks:
            entry |= {"image": MENU_BLANK if has_marks else MENU_EDGE, "compound": "left"}
        if isinstance(item, Menu):
            inner = tk.Menu(menu, tearoff=False)
            self.apply_colours(inner)
            self._fill(inner, item.items())
            menu.add_cascade(menu=inner, **entry)
            return
        entry |= {
            "command": item.run,
            "state": "normal" if item.enabled() else "disabled",
            "accelerator": self._accelerator(item.keys),
        }
        if item.marked is None:
            menu.add_command(**entry)
            return
        mark = tk.BooleanVar(self._root, item.marked())
        self._marks.append(mark)
        if self._draws_marks:
            image = MENU_DOT if item.excludes else MENU_TICK
            entry |= {"indicatoron": False, "image": MENU_UNMARKED, "selectimage": image}
        if item.excludes:
            menu.add_radiobutton(variable=mark, value=True, **entry)
        else:
            menu.add_checkbutton(variable=mark, **entry)


def _underline(label: str, taken: set[str]) -> int:
    """Return the index of the first letter that is not `taken`, and add it: it chooses the entry.

    -1 in a Chinese entry: its neighbours have no letters, and one inside looks like a mistake.
    """
    if not label[:1].isascii():
        return -1
    for index, letter in enumerate(label.lower()):
        if letter.isascii() and letter.isalnum() and letter not in taken:
            taken.add(letter)
            return index
    return -1
