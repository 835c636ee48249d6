"""The menu bar and the keys of its actions. The window waits only for the bar's names."""

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.menu.action import Action, Menu, actions
from app.ui.menu.key_bindings import Key, bind, is_mac
from app.ui.menu.menu_filler import MenuFiller
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.ui.alphabet.label_keys import LabelKeys

_LETTERS = "FEVMH"
"""The letters that open the menus with Alt, in the order of `menu_labels`."""


class MenuBar:
    """Menus are filled whenever they are opened, with the items and states of that moment."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._mac = is_mac(root)
        self._filler = MenuFiller(root, theme)
        self.bar = tk.Menu(root, tearoff=False)
        for label, letter in zip(menu_labels(), _LETTERS, strict=True):
            text = label if self._mac else _with_letter(label, letter)
            self.bar.add_cascade(label=text, underline=text.find(letter))
        root.configure(menu=self.bar)
        self.apply_theme()
        follow(self.bar, theme.palette_changed, self.apply_theme)

    def complete(self, menus: Sequence[Menu], label_keys: "LabelKeys") -> None:
        """Add the menus and bind the keys of their actions; called once the window is up.

        `menus` are in the order of `menu_labels`. Keys that label the drawing go before.
        """
        typed = label_keys.typed
        self._filler.is_taken = label_keys.takes
        commands = [self._root.bind("<Key>", lambda event: "break" if typed(event) else None)]
        for index, content in enumerate(menus):
            menu = tk.Menu(self.bar, tearoff=False)
            menu.configure(postcommand=partial(self._open, menu, content))
            self._filler.apply_colours(menu)
            self.bar.entryconfigure(index, menu=menu)
            for action in actions(content.items()):
                for key in map(Key.of, action.keys):
                    run, everywhere = partial(_run, action), action.everywhere
                    commands += bind(self._root, key, run, self._mac, everywhere, typed)

        def destroyed(event: "tk.Event[tk.Misc]") -> None:
            if event.widget is self.bar:  # the keys are those of the next menu bar by now
                for command in commands:
                    self._root.deletecommand(command)

        self.bar.bind("<Destroy>", destroyed, add=True)

    def apply_theme(self) -> None:
        """Colour the bar and its menus; a system that draws its own menus ignores it."""
        palette, px = self._theme.palette, self._theme.px
        self._filler.apply_colours(self.bar)
        self.bar.configure(background=palette.ground, borderwidth=0, activeborderwidth=px(3))
        for menu in self.bar.winfo_children():
            self._filler.apply_colours(menu)

    def _open(self, menu: tk.Menu, content: Menu) -> None:
        self._filler.fill(menu, content.items())


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
