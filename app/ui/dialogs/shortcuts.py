"""The list of keyboard shortcuts, made from the menus' actions."""

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence

from app.i18n import _
from app.ui.dialogs.base import Dialog, Page
from app.ui.menu.action import Item, Menu
from app.ui.menu.key_bindings import Key, is_mac
from app.ui.theme.theme import Theme

_SIZE = (560, 560)
_COLUMN = 260


class Shortcuts(Dialog):
    """Every action that has a key, by menu."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        *,
        menus: Callable[[], list[Menu]],
        is_taken: Callable[[Key], bool],
    ) -> None:
        """`is_taken` returns whether a key does something else now, and is not listed."""
        self._menus = menus
        self._is_taken = is_taken
        super().__init__(root, theme, size=_SIZE)

    def build(self) -> None:
        """List the keys of the menus' actions."""
        self.top.title(_("Keyboard shortcuts"))
        page = Page(self.frame, self.theme)
        page.text.configure(tabs=(self.theme.px(_COLUMN),))
        for menu in self._menus():
            page.add(menu.label, "heading")
            for label, keys in _with_keys(menu.items()):
                free = (key for key in keys if not self._is_taken(key))
                texts = dict.fromkeys(key.written(is_mac(self.top)) for key in free)
                if texts:
                    page.add(f"{label}\t{_(' or ').join(texts)}")
        self.close_button(_("Close"))
        page.pack(fill="both", expand=True)


def _with_keys(items: Sequence[Item], inside: str = "") -> Iterator[tuple[str, list[Key]]]:
    """Yield the actions that have keys, by their names with their menu's."""
    for item in items:
        if isinstance(item, Menu):
            yield from _with_keys(item.items(), item.label)
        elif item is not None and item.keys:
            named = _("{menu}: {entry}").format(menu=inside, entry=item.label)
            # The number pad's keys are not listed apart.
            keys = [Key.of(key) for key in item.keys if not key.startswith("KP_")]
            yield named if inside else item.label, keys
