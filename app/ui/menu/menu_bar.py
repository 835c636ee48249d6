"""Owns the menu bar and the keys. The window waits for the bar's names alone."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from typing import TYPE_CHECKING, Any

from app.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ui.menu.action import Action, Item, Menu, Submenu
    from app.ui.theme.theme import Theme

_LETTERS = "FEVMH"


class Menus:
    """The menu bar; a menu is filled anew whenever it is opened, as things are then."""

    def __init__(self, root: tk.Tk, menus: Callable[[], list[Menu]]) -> None:
        """`menus` gives the table; it is first called when the window is up."""
        self._root = root
        self._menus = menus
        system = root.tk.call("tk", "windowingsystem")
        self._mac = system == "aqua"
        self._draws_signs = system == "x11"
        """Whether the program draws the marks: Tk's own are specks on a fine display."""
        self._colours: tuple[str | int, ...] = ()
        self._marks: list[tk.BooleanVar] = []
        self.bar = tk.Menu(root, tearoff=False)
        for index, label in enumerate(menu_labels()):
            letter = _LETTERS[index]
            if not self._mac:
                label = _lettered(label, letter)
            self.bar.add_cascade(label=label, underline=label.find(letter))
        root.configure(menu=self.bar)

    def complete(self) -> None:
        """Make what the bar's names open, and let the table's keys work."""
        for index in range(len(menu_labels())):
            menu = tk.Menu(self.bar, tearoff=False)
            menu.configure(postcommand=partial(self._fill_from_table, menu, index))
            self._apply_colours(menu)
            self.bar.entryconfigure(index, menu=menu)
        self._bind_keys()

    def _bind_keys(self) -> None:
        from app.ui.menu.action import actions
        from app.ui.menu.key_bindings import Key, bind

        for menu in self._menus():
            for action in actions(menu.items()):
                for key in action.keys:
                    run = partial(self._run, action.run, action.enabled)
                    bind(self._root, Key.of(key), run, self._mac)

    def apply_theme(self, theme: Theme) -> None:
        """Colour the bar and its menus; a system that draws its own ignores it."""
        palette = theme.palette
        self._colours = (
            *("-background", palette.menu, "-foreground", palette.text),
            *("-activebackground", palette.best, "-activeforeground", palette.on_best),
            *("-disabledforeground", palette.muted, "-selectcolor", palette.text),
            # An edge: a white menu lies on white paper. Tk's solid one would be black.
            *("-relief", "raised", "-borderwidth", theme.px(1), "-activeborderwidth", 0),
        )
        self._apply_colours(self.bar)
        room = theme.px(3)
        self.bar.configure(background=palette.ground, borderwidth=0, activeborderwidth=room)
        for menu in self.bar.winfo_children():
            self._apply_colours(menu)

    def _apply_colours(self, menu: tk.Misc) -> None:
        menu.tk.call(menu, "configure", *self._colours)

    def _run(self, run: Callable[[], object], enabled: Callable[[], bool]) -> None:
        if enabled():
            run()

    def _fill_from_table(self, menu: tk.Menu, index: int) -> None:
        self._marks.clear()
        self._fill(menu, self._menus()[index].items())

    def _fill(self, menu: tk.Menu, items: Sequence[Item]) -> None:
        menu.delete(0, "end")
        for child in menu.winfo_children():
            child.destroy()
        underlined: set[str] = set()
        room = any(_is_marked(item) for item in items)
        for item in items:
            if item is None:
                menu.add_separator()
            else:
                self._add(menu, item, _underlined(item.label, underlined), room)

    def _beside(self, keys: Sequence[str]) -> str:
        """Return what stands beside an entry with these keys."""
        from app.ui.menu.key_bindings import Key

        if not keys:
            return ""
        written = Key.of(keys[0]).accelerator(self._mac)
        return written if self._mac else f"    {written} "  # Tk leaves no room there

    def _add(self, menu: tk.Menu, item: Action | Submenu, underline: int, room: bool) -> None:
        """Add an entry; `room`: with room on its left for the marks of others."""
        from app.ui.menu.action import Submenu
        from app.ui.theme.indicators import (
            MENU_BLANK,
            MENU_DOT,
            MENU_EDGE,
            MENU_TICK,
            MENU_UNMARKED,
        )

        entry: dict[str, Any] = {"label": item.label, "underline": underline}
        if self._draws_signs:
            entry |= {"image": MENU_BLANK if room else MENU_EDGE, "compound": "left"}
        if isinstance(item, Submenu):
            inner = tk.Menu(menu, tearoff=False)
            self._apply_colours(inner)
            self._fill(inner, item.items())
            menu.add_cascade(menu=inner, **entry)
            return
        entry |= {
            "command": item.run,
            "state": "normal" if item.enabled() else "disabled",
            "accelerator": self._beside(item.keys),
        }
        if item.marked is None:
            menu.add_command(**entry)
            return
        mark = tk.BooleanVar(self._root, item.marked())
        self._marks.append(mark)
        if self._draws_signs:
            sign = MENU_DOT if item.excludes else MENU_TICK
            entry |= {"indicatoron": False, "image": MENU_UNMARKED, "selectimage": sign}
        if item.excludes:
            menu.add_radiobutton(variable=mark, value=True, **entry)
        else:
            menu.add_checkbutton(variable=mark, **entry)


def _is_marked(item: Item) -> bool:
    return item is not None and getattr(item, "marked", None) is not None


def menu_labels() -> list[str]:
    """Return the names of the menus, in their order."""
    return [_("File"), _("Edit"), _("View"), _("Model"), _("Help")]


def _lettered(label: str, letter: str) -> str:
    """Return a menu's name with a letter to choose it by, as is usual where it is not written in
    letters of the keyboard."""
    return label if any(sign.isascii() for sign in label) else f"{label}({letter})"


def _underlined(label: str, taken: set[str]) -> int:
    """Return the place of the first letter that no other entry has: Alt and it choose the entry.

    None in a Chinese entry: those beside it have no letters, and one inside looks like a mistake.
    """
    if not label[:1].isascii():
        return -1
    for place, letter in enumerate(label.lower()):
        if letter.isascii() and letter.isalnum() and letter not in taken:
            taken.add(letter)
            return place
    return -1
