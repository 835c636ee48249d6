"""Context menus: by the right button, the Menu key or Shift+F10; on macOS by a Control-click."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.ui.menu.action import Item
from app.ui.menu.key_bindings import Key, is_mac
from app.ui.menu.menu_filler import MenuFiller

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

    Event = tk.Event[tk.Misc]


class ContextMenu:
    """The menu of a widget, filled whenever it is opened."""

    def __init__(
        self,
        widget: tk.Misc,
        theme: Theme,
        items: Callable[[], Sequence[Item]],
        choose: Callable[[int, int], object] = lambda _x, _y: None,
        is_taken: Callable[[Key], bool] = lambda _key: False,
    ) -> None:
        """`choose` is called before with the place of a click in the widget, in pixels.

        `is_taken` returns whether a key does something else now, and is not shown.
        """
        self._widget = widget
        self._items = items
        self._choose = choose
        self._filler = MenuFiller(widget, theme)
        self._filler.is_taken = is_taken
        self.menu = tk.Menu(widget, tearoff=False)
        buttons = ("<Button-2>", "<Control-Button-1>") if is_mac(widget) else ("<Button-3>",)
        for sequence in buttons:
            widget.bind(sequence, self._clicked)
        keys = ["<Shift-F10>"]
        system = widget.tk.call("tk", "windowingsystem")
        keys += ["<Menu>"] if system == "x11" else ["<App>"] if system == "win32" else []
        for sequence in keys:
            widget.bind(sequence, self._key_pressed)

    def _clicked(self, event: Event) -> str:
        self._widget.focus_set()
        self._choose(event.x, event.y)
        self._open(event.x_root, event.y_root)
        return "break"

    def _key_pressed(self, _event: Event) -> str:
        widget = self._widget
        self._open(
            widget.winfo_rootx() + widget.winfo_width() // 2,
            widget.winfo_rooty() + widget.winfo_height() // 2,
        )
        return "break"

    def _open(self, x: int, y: int) -> None:
        if self.fill():
            self.menu.tk_popup(x, y)

    def fill(self) -> bool:
        """Fill the menu with the items of this moment; return whether there are any."""
        items = self._items()
        if items:
            self._filler.fill(self.menu, items)
            self._filler.apply_colours(self.menu)
        return bool(items)
