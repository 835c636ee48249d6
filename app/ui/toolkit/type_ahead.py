"""Typing in a list goes to the entry that begins with what was typed."""

import tkinter as tk
from tkinter import ttk
from typing import Any

_PAUSE_MS = 1000
"""Letters that come sooner after one another belong together."""
_CONTROL_OR_ALT = 0x4 | 0x8 | 0x20000
"""Bits of an event's state; Command is 0x8 on macOS, Alt 0x20000 on Windows."""


class TypeAhead:
    """Finds rows of a Treeview by the beginning of their texts."""

    def __init__(self, rows: ttk.Treeview, column: str = "#0") -> None:
        """`column`: whose texts are compared; "#0" is the tree's own."""
        self._rows = rows
        self._column = column
        self._typed = ""
        self._last_ms = 0
        rows.bind("<Key>", self._key, add=True)

    def _key(self, event: "tk.Event[Any]") -> None:
        state = event.state if isinstance(event.state, int) else 0
        if len(event.char) != 1 or not event.char.isprintable() or state & _CONTROL_OR_ALT:
            return
        now = event.time if isinstance(event.time, int) else 0
        self._typed = self._typed if now - self._last_ms < _PAUSE_MS else ""
        self._typed += event.char.casefold()
        self._last_ms = now
        found = self._find(self._typed)
        if found is None:  # the same letter again and again goes through the entries
            self._typed = self._typed[-1]
            found = self._find(self._typed)
        if found is not None:
            self._rows.selection_set(found)
            self._rows.focus(found)
            self._rows.see(found)

    def _find(self, typed: str) -> str | None:
        """Return the first row that begins so: from the focused one on, or for one letter below."""
        names = list(self._rows.get_children())
        start = names.index(focus) if (focus := self._rows.focus()) in names else -1
        first = start + 1 if len(typed) == 1 else max(start, 0)
        order = names[first:] + names[:first]
        return next((name for name in order if self._text(name).startswith(typed)), None)

    def _text(self, name: str) -> str:
        item = self._rows.item(name)
        if self._column == "#0":
            return str(item["text"]).casefold()
        return str(self._rows.set(name, self._column)).casefold()
