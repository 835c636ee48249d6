"""Owns the styles of the widgets that only other windows than the main one have."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ui.theme.indicators import BOX, TICKED_BOX, create_images
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TEXT, FONT_TITLE
from app.ui.theme.tk_signs import let_tk_show_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ui.theme.theme import Theme

    Part = tuple[str, Any]
    """An element of a layout, and how it is placed."""

_CELL_EDGE = 4
"""So many pixels Tk itself leaves beside the text of a list's cell, at any scale."""


def configure_styles(root: tk.Misc, style: ttk.Style, theme: Theme) -> None:
    """Give fields, lists, scroll bars and so on the look's colours and sizes."""
    palette, px = theme.palette, theme.px
    create_images(root, theme)
    # What no style below says otherwise, clam would show in its own beige.
    style.map(
        ".",
        background=[("disabled", palette.ground), ("active", palette.pressed)],
        foreground=[("disabled", palette.muted)],
        selectbackground=[],
        selectforeground=[],
    )
    style.configure("Filter.Toolbutton", padding=(px(5), px(4)), font=FONT_SMALL)
    style.configure("Title.TLabel", font=FONT_TITLE)
    style.configure("Strong.TLabel", font=FONT_STRONG)
    style.configure(
        "Horizontal.TProgressbar",
        background=palette.best,
        lightcolor=palette.best,
        darkcolor=palette.best,
        bordercolor=palette.track,
        borderwidth=0,
        arrowsize=px(8),  # clam's word for how thick the bar is
    )
    # Tk's own questions break their lines after three inches of 96 dots, on any display.
    for part in ("msg", "dtl"):
        root.option_add(f"*Dialog.{part}.wrapLength", px(380))
    # They leave two millimetres at each edge, as if every display had 96 dots an inch.
    for part in ("top", "bot"):
        root.option_add(f"*Dialog.{part}.padding", px(16) - 8)
    root.option_add("*Dialog.msg.padding", (0, px(7)))  # its first line beside the sign's middle
    let_tk_show_signs(root, theme)
    # Return presses the button that has the focus, as on every desktop but Tk's.
    root.bind_class("TButton", "<Return>", _press)
    _style_main_button(style, theme)
    _style_scrollbars(style, theme)
    _style_fields(style, theme)
    _style_choices(style, theme)
    _style_lists(root, style, theme)


def _press(event: tk.Event[tk.Misc]) -> str:
    event.widget.tk.call(str(event.widget), "invoke")
    return "break"


def _style_main_button(style: ttk.Style, theme: Theme) -> None:
    """Let the button that a window is there for stand out."""
    palette = theme.palette
    best = ("!disabled", palette.best)
    edge = [("focus", palette.text), ("disabled", palette.ground), best]
    style.map(
        "Main.TButton",
        background=[("disabled", palette.ground), best],
        foreground=[("disabled", palette.muted), ("!disabled", palette.on_best)],
        bordercolor=edge,
        lightcolor=edge,
        darkcolor=edge,
    )


def _style_scrollbars(style: ttk.Style, theme: Theme) -> None:
    """A slider in a trough, no arrows; where there is nothing to scroll, nothing is seen of it."""
    palette = theme.palette
    for name, stretch in (("Vertical", "ns"), ("Horizontal", "ew")):
        bar = f"{name}.TScrollbar"
        thumb: Part = (f"{name}.Scrollbar.thumb", {"expand": "1", "sticky": "nswe"})
        trough: Part = (f"{name}.Scrollbar.trough", {"sticky": stretch, "children": [thumb]})
        style.layout(bar, [trough])
        style.configure(
            bar,
            background=palette.bar,
            lightcolor=palette.bar,
            darkcolor=palette.bar,
            bordercolor=palette.track,
            arrowsize=theme.px(12),  # clam's word for how thick the bar is
            gripcount=0,
        )
        colours = [("disabled", palette.ground), ("active", palette.best)]
        style.map(
            bar,
            background=colours,
            lightcolor=colours,
            darkcolor=colours,
            bordercolor=[("disabled", palette.ground)],
            troughcolor=[("disabled", palette.ground)],
        )


def _style_fields(style: ttk.Style, theme: Theme) -> None:
    palette = theme.palette
    for name in ("TCombobox", "TSpinbox", "TEntry", "TMenubutton"):
        is_text = name in ("TSpinbox", "TEntry")
        style.configure(
            name,
            background=palette.raised,
            foreground=palette.text,
            fieldbackground=palette.raised,
            lightcolor=palette.raised,
            darkcolor=palette.raised,
            selectbackground=palette.best if is_text else palette.raised,
            selectforeground=palette.on_best if is_text else palette.text,
            insertcolor=palette.text,
            insertwidth=theme.px(1),
            arrowcolor=palette.text,
            arrowsize=theme.px(14),
            padding=(theme.px(5), theme.px(3)),
            relief="flat",
        )
        style.map(
            name,
            background=[("active", palette.pressed), ("pressed", palette.pressed)],
            fieldbackground=[("readonly", palette.raised)],
            foreground=[("disabled", palette.muted), ("readonly", palette.text)],
            selectbackground=[("readonly", palette.raised)],
            selectforeground=[("readonly", palette.text)],
            arrowcolor=[("disabled", palette.muted)],
            bordercolor=[("focus", palette.best)],
            lightcolor=[("focus", palette.best)],
            darkcolor=[("focus", palette.best)],
        )
    style.configure("TSpinbox", arrowsize=theme.px(11))
    style.configure("TMenubutton", width=0, arrowsize=theme.px(5))


def _style_choices(style: ttk.Style, theme: Theme) -> None:
    palette, px = theme.palette, theme.px
    box = "Inkling.Checkbutton.indicator"
    if box not in style.element_names():
        style.element_create(box, "image", BOX, ("selected", TICKED_BOX))
    text: Part = ("Checkbutton.label", {"sticky": "nswe"})
    focus: Part = ("Checkbutton.focus", {"side": "left", "sticky": "w", "children": [text]})
    inside: list[Part] = [(box, {"side": "left", "sticky": ""}), focus]
    style.layout("TCheckbutton", [("Checkbutton.padding", {"sticky": "nswe", "children": inside})])
    for name in ("TCheckbutton", "TRadiobutton"):
        style.configure(name, padding=(0, px(3)))
        style.map(name, background=[], foreground=[("disabled", palette.muted)])
    style.configure(
        "TRadiobutton",
        indicatorbackground=palette.raised,
        indicatorforeground=palette.text,
        indicatorsize=px(15),
        indicatormargin=(0, 0, px(7), 0),
        upperbordercolor=palette.muted,
        lowerbordercolor=palette.muted,
    )
    edge = [("selected", palette.best)]
    style.map(
        "TRadiobutton",
        indicatorbackground=[("pressed", palette.pressed)],
        indicatorforeground=[("selected", palette.best)],
        upperbordercolor=edge,
        lowerbordercolor=edge,
    )


def _style_lists(root: tk.Misc, style: ttk.Style, theme: Theme) -> None:
    palette, px = theme.palette, theme.px
    # A list, not a tree: no room for what would open and close a branch.
    text: Part = ("Treeitem.text", {"sticky": "nswe"})
    style.layout("Treeview.Item", [("Treeitem.padding", {"sticky": "nswe", "children": [text]})])
    inside: list[Part] = [("Treeheading.text", {"sticky": "we"})]
    head: Part = ("Treeheading.padding", {"sticky": "nswe", "children": inside})
    # Without clam's edge, which would move a heading away from what stands below it.
    style.layout("Treeview.Heading", [("Treeheading.cell", {"sticky": "nswe"}), head])
    style.configure("Treeview.Item", padding=(px(8), 0))
    style.configure("Treeview.Cell", padding=(max(px(8) - _CELL_EDGE, 0), 0))
    style.configure(
        "Treeview",
        background=palette.raised,
        fieldbackground=palette.raised,
        foreground=palette.text,
        rowheight=px(28),
        indent=0,
        borderwidth=0,
    )
    style.map(
        "Treeview",
        background=[("selected", palette.best)],
        foreground=[("selected", palette.on_best)],
        bordercolor=[("focus", palette.best)],
        lightcolor=[("focus", palette.best)],
    )
    style.configure(
        "Treeview.Heading",
        background=palette.ground,
        foreground=palette.muted,
        font=FONT_SMALL,
        relief="flat",
        padding=(px(8), px(7)),
    )
    style.map("Treeview.Heading", background=[("active", palette.ground)])
    _style_dropped_lists(root, theme)


def _style_dropped_lists(root: tk.Misc, theme: Theme) -> None:
    """Colour the list that a combobox drops down: it is no ttk widget."""
    palette, call = theme.palette, root.tk.call
    colours = (
        ("background", palette.raised),
        ("foreground", palette.text),
        ("selectBackground", palette.best),
        ("selectForeground", palette.on_best),
    )
    for option, colour in colours:
        root.option_add(f"*TCombobox*Listbox.{option}", colour)
    root.option_add("*TCombobox*Listbox.font", FONT_TEXT)
    for widget in _inside(root, "."):  # those that were dropped down once
        if widget.endswith(".popdown.f.l"):
            for option, colour in colours:
                call(widget, "configure", f"-{option.lower()}", colour)


def _inside(root: tk.Misc, widget: str) -> Iterator[str]:
    for child in root.tk.splitlist(root.tk.call("winfo", "children", widget)):
        yield str(child)
        yield from _inside(root, str(child))
