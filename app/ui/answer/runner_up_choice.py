"""Choosing one of the runners-up as the right label, by a click, or by Tab, arrows and Return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter as tk

_MARK = "› "
"""Before the runner-up that Return chooses, while the list has the focus."""


class RunnerUpChoice:
    """Which runner-up is chosen; the widgets show a line of text for each."""

    def __init__(self, on_choose: Callable[[str], None], redraw: Callable[[], None]) -> None:
        """`redraw` is called when another line has the mark."""
        self._on_choose = on_choose
        self._redraw = redraw
        self._widgets: tuple[ttk.Label, ...] = ()
        self._labels: Sequence[str] = ()
        self._index: int | None = None
        """Of the marked line; None without the focus."""

    def bind(self, *widgets: ttk.Label) -> None:
        """Take clicks on these labels, and keys on the first one."""
        self._widgets = widgets
        for widget in widgets:
            widget.bind("<ButtonRelease-1>", self._clicked)
        first = widgets[0]
        first.bind("<FocusIn>", lambda _event: self._mark(0))
        first.bind("<FocusOut>", lambda _event: self._mark(None))
        first.bind("<Up>", lambda _event: self._move(-1))
        first.bind("<Down>", lambda _event: self._move(1))
        for key in ("Return", "space"):
            first.bind(f"<{key}>", lambda _event: self._choose(self._index))

    def set_labels(self, labels: Sequence[str]) -> None:
        """Let the user choose among these; none may be chosen from an empty list."""
        self._labels = labels
        if self._index is not None:
            self._index = 0
        for widget in self._widgets:
            widget.configure(cursor="hand2" if labels else "")
        self._widgets[0].configure(takefocus=bool(labels))

    def marked(self, label: str) -> str:
        """Return a line's text, with the mark if it is the one that Return chooses."""
        index = self._index
        is_marked = index is not None and list(self._labels[index : index + 1]) == [label]
        return f"{_MARK}{label}" if is_marked else label

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        lines = str(self._widgets[0].cget("text")).count("\n") + 1
        self._choose(int(event.y * lines / max(event.widget.winfo_height(), 1)))

    def _choose(self, index: int | None) -> str:
        if index is not None and 0 <= index < len(self._labels):
            self._on_choose(self._labels[index])
        return "break"

    def _move(self, by: int) -> str:
        last = str(self._widgets[0].cget("text")).count("\n")  # of the lines that there is room for
        self._mark(min(max((self._index or 0) + by, 0), last))
        return "break"

    def _mark(self, index: int | None) -> None:
        self._index = index
        self._redraw()
