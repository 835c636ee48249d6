"""Owns the styles of the widgets that only other windows than the main one have."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.window.look import FONT_SMALL, FONT_STRONG, FONT_TEXT, FONT_TITLE

if TYPE_CHECKING:
    from app.window.look import Look


def style_the_rest(root: tk.Misc, style: ttk.Style, look: Look) -> None:
    """Give fields, lists, scroll bars and so on the look's colours and sizes."""
    palette, px = look.palette, look.px
    style.configure("Filter.Toolbutton", padding=(px(5), px(4)), font=FONT_SMALL)
    style.configure("Title.TLabel", font=FONT_TITLE)
    style.configure("Strong.TLabel", font=FONT_STRONG)
    style.configure("Horizontal.TProgressbar", background=palette.best, borderwidth=0)
    # Return presses the button that has the focus, as on every desktop but Tk's.
    root.bind_class("TButton", "<Return>", _press)
    _style_scrollbar(style, look)
    _style_fields(style, look)
    _style_choices(style, look)
    _style_lists(root, style, look)


def _press(event: tk.Event[tk.Misc]) -> str:
    event.widget.tk.call(str(event.widget), "invoke")
    return "break"


def _style_scrollbar(style: ttk.Style, look: Look) -> None:
    palette = look.palette
    style.configure(
        "Vertical.TScrollbar",
        background=palette.raised,
        arrowcolor=palette.muted,
        arrowsize=look.px(14),
        gripcount=0,
    )
    style.map("Vertical.TScrollbar", background=[("active", palette.pressed)])


def _style_fields(style: ttk.Style, look: Look) -> None:
    palette = look.palette
    for name in ("TCombobox", "TSpinbox"):
        style.configure(
            name,
            background=palette.raised,
            foreground=palette.text,
            fieldbackground=palette.raised,
            selectbackground=palette.raised,
            selectforeground=palette.text,
            insertcolor=palette.text,
            arrowcolor=palette.text,
            arrowsize=look.px(12),
            padding=look.px(3),
        )
        style.map(
            name,
            fieldbackground=[("readonly", palette.raised)],
            bordercolor=[("focus", palette.best)],
            lightcolor=[("focus", palette.best)],
            darkcolor=[("focus", palette.best)],
        )


def _style_choices(style: ttk.Style, look: Look) -> None:
    palette = look.palette
    for name in ("TCheckbutton", "TRadiobutton"):
        style.configure(
            name,
            padding=look.px(2),
            indicatorbackground=palette.raised,
            indicatorforeground=palette.text,
            indicatorsize=look.px(14),
            indicatormargin=(0, 0, look.px(6), 0),
            upperbordercolor=palette.muted,
            lowerbordercolor=palette.muted,
        )
        style.map(
            name,
            background=[("active", palette.pressed)],
            # Filled or empty: clam's cross would say "off" to many people.
            indicatorbackground=[("selected", palette.best), ("active", palette.raised)],
            indicatorforeground=[("selected", palette.best)],
            upperbordercolor=[("focus", palette.best), ("selected", palette.best)],
            lowerbordercolor=[("focus", palette.best), ("selected", palette.best)],
        )
    style.map(
        "TRadiobutton",
        indicatorbackground=[("active", palette.raised)],
        indicatorforeground=[("selected", palette.best)],
    )


def _style_lists(root: tk.Misc, style: ttk.Style, look: Look) -> None:
    palette = look.palette
    style.configure(
        "Treeview",
        background=palette.raised,
        fieldbackground=palette.raised,
        foreground=palette.text,
        rowheight=look.px(28),
        borderwidth=0,
    )
    style.map(
        "Treeview",
        background=[("selected", palette.best)],
        foreground=[("selected", palette.on_best)],
        bordercolor=[("focus", palette.best)],
        lightcolor=[("focus", palette.best)],
    )
    style.configure("Treeview.Heading", background=palette.ground, relief="flat")
    style.map("Treeview.Heading", background=[("active", palette.ground)])
    # The list that a combobox drops down is no ttk widget.
    for option, colour in (
        ("background", palette.raised),
        ("foreground", palette.text),
        ("selectBackground", palette.best),
        ("selectForeground", palette.on_best),
    ):
        root.option_add(f"*TCombobox*Listbox.{option}", colour)
    root.option_add("*TCombobox*Listbox.font", FONT_TEXT)
