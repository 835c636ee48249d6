"""The menu bar and the keys of its actions. The window waits only for the bar's names."""

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import Any

from app.i18n import _
from app.ui.menu.action import Action, Item, Menu, actions
from app.ui.menu.key_bindings import Key, bind, is_mac
from app.ui.theme.indicators import MENU_BLANK, MENU_DOT, MENU_EDGE, MENU_TICK, MENU_UNMARKED
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow

_LETTERS = "FEVMH"
"""The letters that open the menus with Alt, in the order of `menu_labels`."""


class MenuBar:
    """Menus are filled whenever they are opened, with the items and states of that moment."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._mac = is_mac(root)
        self._draws_marks = root.tk.call("tk", "windowingsystem") == "x11"
        """Whether the program draws the marks: Tk's own are tiny on a high-density display."""
        self._colours: tuple[str | int, ...] = ()
        self._marks: list[tk.BooleanVar] = []
        """The variables of the open menu's marks; Tk keeps no reference to them."""
        self.bar = tk.Menu(root, tearoff=False)
        for label, letter in zip(menu_labels(), _LETTERS, strict=True):
            text = label if self._mac else _with_letter(label, letter)
            self.bar.add_cascade(label=text, underline=text.find(letter))
        root.configure(menu=self.bar)
        self.apply_theme()
        follow(self.bar, theme.palette_changed, self.apply_theme)

    def complete(self, menus: Sequence[Menu]) -> None:
        """Add the menus and bind the keys of their actions; called once the window is up.

        `menus` are in the order of `menu_labels`.
        """
        commands: list[str] = []
        for index, content in enumerate(menus):
            menu = tk.Menu(self.bar, tearoff=False)
            menu.configure(postcommand=partial(self._open, menu, content))
            self._apply_colours(menu)
            self.bar.entryconfigure(index, menu=menu)
            for action in actions(content.items()):
                for key in map(Key.of, action.keys):
                    run, everywhere = partial(_run, action), action.everywhere
                    commands += bind(self._root, key, run, self._mac, everywhere)

        def destroyed(event: "tk.Event[tk.Misc]") -> None:
            if event.widget is self.bar:  # the keys are those of the next menu bar by now
                for command in commands:
                    self._root.deletecommand(command)

        self.bar.bind("<Destroy>", destroyed, add=True)

    def apply_theme(self) -> None:
        """Colour the bar and its menus; a system that draws its own menus ignores it."""
        palette, px = self._theme.palette, self._theme.px
        self._colours = (
            *("-background", palette.menu, "-foreground", palette.text),
            *("-activebackground", palette.best, "-activeforeground", palette.on_best),
            *("-disabledforeground", palette.muted, "-selectcolor", palette.text),
            # A white menu on white paper needs an edge; Tk's relief "solid" would be black.
            *("-relief", "raised", "-borderwidth", px(1), "-activeborderwidth", 0),
        )
        self._apply_colours(self.bar)
        self.bar.configure(background=palette.ground, borderwidth=0, activeborderwidth=px(3))
        for menu in self.bar.winfo_children():
            self._apply_colours(menu)

    def _apply_colours(self, menu: tk.Misc) -> None:
        menu.tk.call(menu, "configure", *self._colours)

    def _open(self, menu: tk.Menu, content: Menu) -> None:
        from app.ui.theme.ttk_styles import configure_all  # the window does not wait for it

        configure_all(self._root, self._theme)  # the images of the marks
        self._marks.clear()
        self._fill(menu, content.items())

    def _fill(self, menu: tk.Menu, items: Sequence[Item]) -> None:
        menu.delete(0, "end")
        for child in menu.winfo_children():
            child.destroy()
        underlined: set[str] = set()
        has_marks = any(isinstance(item, Action) and item.marked is not None for item in items)
        for item in items:
            if item is None:
                menu.add_separator()
            else:
                self._add(menu, item, _underline(item.label, underlined), has_marks)

    def _accelerator(self, keys: Sequence[str]) -> str:
        """Return the text beside an entry with these keys."""
        if not keys:
            return ""
        text = Key.of(keys[0]).accelerator(self._mac)
        return text if self._mac else f"    {text} "  # Tk leaves no room there

    def _add(self, menu: tk.Menu, item: Action | Menu, underline: int, has_marks: bool) -> None:
        """Add an entry; `has_marks`: with space on its left for the marks of other entries."""
        entry: dict[str, Any] = {"label": item.label, "underline": underline}
        if self._draws_marks:
            entry |= {"image": MENU_BLANK if has_marks else MENU_EDGE, "compound": "left"}
        if isinstance(item, Menu):
            inner = tk.Menu(menu, tearoff=False)
            self._apply_colours(inner)
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


def menu_labels() -> list[str]:
    """Return the names of the menu bar's menus, in their order."""
    return [_("File"), _("Edit"), _("View"), _("Model"), _("Help")]


def _run(action: Action) -> None:
    if action.enabled():
        action.run()


def _with_letter(label: str, letter: str) -> str:
    """Return a menu's name with the letter that opens it: added in a language such as Chinese."""
    has_letters = any(character.isascii() for character in label)
    return label if has_letters else f"{label}({letter})"


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
