"""Tooltips go away: by pointer, press, key, another window, and by themselves."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import pytest

from app.ui.theme.palette import LIGHT
from app.ui.theme.theme import Theme
from app.ui.toolkit import tooltip as tooltip_module
from app.ui.toolkit.tooltip import Tooltip


def test_a_tooltip_goes_away_in_every_way(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> None:
    field, button = ttk.Entry(root), ttk.Button(root, text="Press")
    field.pack()
    button.pack()
    pressed: list[str] = []

    def take(event: "tk.Event[tk.Misc]") -> str:
        pressed.append(event.keysym)
        return "break"  # as the keys of the menu do

    field.bind("<Key-a>", take)
    root.deiconify()
    root.update()
    field.focus_force()
    root.update()
    tags = field.bindtags()
    tip = Tooltip(button, Theme(root, LIGHT, 1.0), "A text")
    ways: dict[str, Callable[[], object]] = {
        "leave": lambda: button.event_generate("<Leave>"),
        "press": lambda: button.event_generate("<ButtonPress-1>"),
        "key": lambda: field.event_generate("<Key-a>"),
        "another window": lambda: field.event_generate("<FocusOut>"),
    }
    for way, go in ways.items():
        field.focus_force()  # a press took it
        root.update()
        tip.show()
        assert tip.top is not None, way
        go()
        assert tip.top is None, way
        assert field.bindtags() == tags, way
    assert pressed == ["a"]
    monkeypatch.setattr(tooltip_module, "_SHOWN_MS", 1)
    tip.show()
    field.destroy()
    for _turn in range(2_000):
        root.update()
        if tip.top is None:
            break
    assert tip.top is None
