"""The entries of a menu: actions with their keys, menus and separators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One thing that the user can do."""

    label: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    """As `Key.of` parses them; the first is shown beside the entry."""
    enabled: Callable[[], bool] = lambda: True
    marked: Callable[[], bool] | None = None
    """Returns whether the entry is marked now; None for entries without a mark."""
    excludes: bool = False
    """Whether the mark is that of a radio button, not of a check box."""
    everywhere: bool = False
    """Whether its keys work in every window, not in the main one alone."""


@dataclass(frozen=True)
class Menu:
    """A menu of the menu bar or of another menu; its items are made whenever it is opened."""

    label: str
    items: Callable[[], Sequence[Item]]


Item = Action | Menu | None
"""None is a separator."""


def actions(items: Sequence[Item]) -> Iterator[Action]:
    """Yield all actions of a menu and of the menus in it."""
    for item in items:
        if isinstance(item, Menu):
            yield from actions(item.items())
        elif item is not None:
            yield item
