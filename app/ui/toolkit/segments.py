"""A segmented control: buttons side by side, of which one is chosen."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Any, NamedTuple

from app.ui.theme.theme import Theme


class Choice(NamedTuple):
    """A value of the variable, with the text and the icon of its button."""

    value: str | int
    text: str
    icon: str = ""


class Segments(ttk.Frame):
    """Tab leads to the chosen button; the arrow keys choose another one."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        choices: Sequence[Choice],
        variable: tk.Variable,
        command: Callable[[], None],
    ) -> None:
        """`command` is called when the user has chosen."""
        super().__init__(parent, style="Segments.TFrame", padding=theme.px(3))

        def takes_focus(path: str) -> bool:
            return bool(self.nametowidget(path).instate(["selected"]))

        self.buttons = [
            ttk.Radiobutton(
                self,
                text=choice.text,
                value=choice.value,
                variable=variable,
                command=command,
                style="Segment.Toolbutton",
                takefocus=takes_focus,
                image=_icon(theme, choice.icon) if choice.icon else "",
                compound="left",
            )
            for choice in choices
        ]
        for button in self.buttons:
            button.pack(side="left", fill="y")
            button.bind("<Left>", lambda _event: self._step(-1))
            button.bind("<Right>", lambda _event: self._step(1))

    def _step(self, by: int) -> str:
        chosen = [button.instate(["selected"]) for button in self.buttons].index(True)
        button = self.buttons[(chosen + by) % len(self.buttons)]
        button.focus_set()
        button.invoke()
        return "break"


def _icon(theme: Theme, name: str) -> Any:
    """Return an icon in the colours of the text: muted, and the accent where it is chosen."""
    return theme.icon(name, "muted"), "selected", theme.icon(name, "best")
