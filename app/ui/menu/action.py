"""Owns what an action is: an entry of a menu, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Action(NamedTuple):
    """One thing that the user can do."""

    label: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    """As app.ui.menu.key_bindings reads them; the first is shown beside the menu's entry."""
    enabled: Callable[[], bool] = lambda: True
    marked: Callable[[], bool] | None = None
    """Whether its entry has a mark now; None for entries that never have one."""
    excludes: bool = False
    """Whether a mark means one of several, not yes or no."""


class Submenu(NamedTuple):
    """A menu in a menu, made anew whenever it is opened."""

    label: str
    items: Callable[[], Sequence[Item]]


Item = Action | Submenu | None
"""None is a line between entries."""


class Menu(NamedTuple):
    """A menu of the bar."""

    label: str
    items: Callable[[], Sequence[Item]]


def actions(items: Sequence[Item]) -> Iterator[Action]:
    """Yield all actions of a menu and its submenus."""
    for item in items:
        if isinstance(item, Submenu):
            yield from actions(item.items())
        elif item is not None:
            yield item
