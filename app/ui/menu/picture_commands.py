"""Owns what the table of actions has for the picture under a drawing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.menu.action import Action, Item

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def picture_items(window: MainWindow) -> list[Item]:
    """Return the entries of the submenu Picture."""
    tool = window.picture

    def there() -> bool:
        return tool.has_picture

    def held() -> bool:
        return tool.is_held

    larger, smaller = ("plus", "equal", "KP_Add"), ("minus", "KP_Subtract")
    return [
        Action(_("Move and Scale"), tool.take, ("V",), there, marked=held),
        Action(_("Larger"), partial(tool.scale, True), larger, there),
        Action(_("Smaller"), partial(tool.scale, False), smaller, there),
        Action(_("Fit to Page"), tool.fit, ("F",), there),
    ]
