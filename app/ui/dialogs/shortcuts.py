"""Owns the list of keys: it is made from the table that the menus and the keys are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.dialogs.base import Dialog, Page
from app.ui.menu.action import Submenu
from app.ui.menu.commands import menus
from app.ui.menu.key_bindings import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.ui.main_window import MainWindow
    from app.ui.menu.action import Item

_SIZE = (560, 560)
_COLUMN = 260


class Shortcuts(Dialog):
    """Every action that has a key, by menu."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Keyboard shortcuts"))
        self.page = Page(self.frame, self.theme)
        self.page.text.configure(tabs=(self.theme.px(_COLUMN),))
        mac = window.root.tk.call("tk", "windowingsystem") == "aqua"
        for menu in menus(window):
            self.page.add(menu.label, "heading")
            for label, keys in _with_keys(menu.items(), mac):
                self.page.add(f"{label}\t{keys}")
        self.close_button(_("Close"))
        self.page.pack(fill="both", expand=True)
        self.open(_SIZE)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        super().apply_theme()
        self.page.apply_theme()


def _with_keys(items: Sequence[Item], mac: bool, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield the actions that have keys, and these, written for people."""
    for item in items:
        if isinstance(item, Submenu):
            yield from _with_keys(item.items(), mac, item.label)
        elif item is not None and item.keys:
            keys = [Key.of(key) for key in item.keys]
            # The same key on the number pad goes without saying.
            told = [key.written(mac) for key in keys if not key.name.startswith("KP_")]
            named = _("{menu}: {entry}").format(menu=inside, entry=item.label)
            yield named if inside else item.label, _(" or ").join(dict.fromkeys(told))
