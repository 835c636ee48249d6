"""Typing in a list goes to the entry that begins so."""

import tkinter as tk
from tkinter import ttk

import pytest

from app.ui.toolkit.type_ahead import TypeAhead

NAMES = ("anna", "Bert", "berta", "carl", "Öffnen")


@pytest.fixture
def rows(root: tk.Tk) -> ttk.Treeview:
    rows = ttk.Treeview(root, columns=("name",))
    for name in NAMES:
        rows.insert("", "end", iid=name, text=name, values=(name,))
    rows.pack()
    root.deiconify()
    root.update()
    rows.focus_force()
    root.update()
    return rows


@pytest.mark.parametrize("column", ["#0", "name"])
def test_letters_go_to_the_entry_and_the_same_one_goes_on(rows: ttk.Treeview, column: str) -> None:
    TypeAhead(rows, column)
    time = 10_000

    def press(letter: str, pause: int = 2_000) -> str:
        nonlocal time
        time += pause
        rows.event_generate(f"<Key-{letter}>", time=time)
        return str(rows.selection()[0]) if rows.selection() else ""

    assert press("b") == "Bert"
    assert press("b") == "berta"
    assert press("b") == "Bert"
    assert press("c") == "carl"
    assert press("x") == "carl"
    assert press("b") == "Bert"
    for letter in "erta":
        assert press(letter, 50) in ("Bert", "berta")
    assert rows.selection() == ("berta",)
    rows.event_generate("<Control-Key-a>", time=time + 5_000)
    assert rows.selection() == ("berta",)
