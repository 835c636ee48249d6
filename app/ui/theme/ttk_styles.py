"""ttk styles of the widgets that only other windows than the main one have."""

import tkinter as tk
from collections.abc import Iterator
from tkinter import ttk
from typing import Any

from app.ui.theme.controls import (
    RADIUS,
    Box,
    button_looks,
    field_looks,
    layout,
    main_looks,
    plain_looks,
    switch_looks,
)
from app.ui.theme.indicators import arrow, check_box, create_menu_marks, radio_button
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TEXT, FONT_TITLE, Theme
from app.ui.theme.tk_dialogs import configure_tk_dialogs, hide_hidden_files

Part = tuple[str, Any]
"""An element of a layout, and its options."""

_CELL_PADDING = 4
"""Pixels that Tk leaves on each side of a Treeview cell's text, at any scale."""


def configure_all(root: tk.Misc, theme: Theme) -> None:
    """Configure what the other windows are made of, now and after every change of the theme.

    Does nothing when called again. It is called when the recogniser is ready, or when the first
    window or menu opens.
    """
    if theme.is_complete:
        return
    theme.complete()

    def configure() -> None:
        configure_tk_dialogs(root, theme)
        _configure_styles(root, theme)

    # Return presses the focused button, as on every desktop; Tk's own binding is Space. In Tcl:
    # the buttons of Tk's own dialogs have no object in Python.
    root.tk.call("bind", "TButton", "<Return>", "%W invoke; break")
    hide_hidden_files(root)
    configure()
    theme.palette_changed.connect(configure)
    theme.rebuild_needed.connect(configure)


def _configure_styles(root: tk.Misc, theme: Theme) -> None:
    palette = theme.palette
    style = ttk.Style(root)
    create_menu_marks(root, theme)
    # The defaults of all styles: clam's are beige.
    style.map(
        ".",
        background=[("disabled", palette.ground), ("active", palette.pressed)],
        foreground=[("disabled", palette.muted)],
        selectbackground=[],
        selectforeground=[],
    )
    _style_filters(style, theme)
    style.configure("Title.TLabel", font=FONT_TITLE)
    style.configure("Strong.TLabel", font=FONT_STRONG)
    _style_progress_bar(style, theme)
    _style_main_button(style, theme)
    _style_scrollbars(style, theme)
    _style_fields(style, theme)
    _style_choices(style, theme)
    _style_lists(style, theme)
    _colour_dropdown_lists(root, theme)


def _style_filters(style: ttk.Style, theme: Theme) -> None:
    palette, px, name = theme.palette, theme.px, "Filter.Toolbutton"
    box = Box(px(RADIUS), px(16), px(24))
    shape = theme.controls.element("Filter.shape", switch_looks(palette), box, palette.ground)
    style.layout(name, layout(shape, "Button.padding", "Button.label"))
    style.configure(name, background=palette.ground, padding=(px(6), px(4)), font=FONT_SMALL)
    style.map(name, background=[], foreground=[("selected", palette.on_best)])


def _style_main_button(style: ttk.Style, theme: Theme) -> None:
    """The button with a window's main action."""
    palette = theme.palette
    box = Box(theme.px(RADIUS), theme.px(24), theme.px(30))
    shape = theme.controls.element("Main.shape", main_looks(palette), box, palette.ground)
    style.layout("Main.TButton", layout(shape, "Button.padding", "Button.label"))
    style.map(
        "Main.TButton",
        foreground=[("disabled", palette.muted), ("!disabled", palette.on_best)],
    )


def _style_scrollbars(style: ttk.Style, theme: Theme) -> None:
    """A slider in a trough, without arrows; invisible where there is nothing to scroll."""
    palette, px = theme.palette, theme.px
    ground = palette.ground
    thick, gap = px(12), px(3)
    looks = plain_looks(palette.bar, palette.best, ground)
    for name, stretch, box in (
        ("Vertical", "ns", Box(thick / 2 - gap, thick, px(28), (gap, 0))),
        ("Horizontal", "ew", Box(thick / 2 - gap, px(28), thick, (0, gap))),
    ):
        element = theme.controls.element(f"{name}.Scrollbar.thumb", looks, box, ground)
        thumb: Part = (element, {"expand": "1", "sticky": "nswe"})
        trough: Part = (f"{name}.Scrollbar.trough", {"sticky": stretch, "children": [thumb]})
        bar = f"{name}.TScrollbar"
        style.layout(bar, [trough])
        style.configure(
            bar, background=ground, troughcolor=ground, bordercolor=ground, troughrelief="flat"
        )
        style.map(bar, background=[], troughcolor=[], bordercolor=[])


def _style_progress_bar(style: ttk.Style, theme: Theme) -> None:
    palette, thick = theme.palette, theme.px(8)
    box = Box(thick / 2, thick, thick)
    parts = []
    for name, colour, ground in (
        ("trough", palette.track, palette.ground),
        ("pbar", palette.best, palette.track),
    ):
        looks = plain_looks(colour, colour, colour)
        parts.append(theme.controls.element(f"Progressbar.{name}", looks, box, ground))
    inside: list[Part] = [(parts[1], {"side": "left", "sticky": "ns"})]
    trough: Part = (parts[0], {"sticky": "we", "children": inside})
    style.layout("Horizontal.TProgressbar", [trough])
    style.configure("Horizontal.TProgressbar", background=palette.ground)


def _style_fields(style: ttk.Style, theme: Theme) -> None:
    palette, px = theme.palette, theme.px
    box = Box(px(RADIUS), px(24), px(30))
    field = theme.controls.element("Field.shape", field_looks(palette), box, palette.ground)
    down, up = (f"Spinbox.{way}arrow" for way in ("down", "up"))
    arrows: list[Part] = [
        (arrow(theme, up, is_up=True), {"side": "top", "sticky": "s"}),
        (arrow(theme, down), {"side": "bottom", "sticky": "n"}),
    ]
    beside: dict[str, list[Part]] = {
        "Entry": [],
        "Combobox": [(arrow(theme, "Combobox.downarrow"), {"side": "right", "sticky": "ns"})],
        "Spinbox": [("null", {"side": "right", "sticky": "", "children": arrows})],
    }
    for kind, parts in beside.items():
        name, is_list = f"T{kind}", kind == "Combobox"
        inside = [(f"{kind}.textarea", {"sticky": "nswe"})]
        padded: Part = (f"{kind}.padding", {"sticky": "nswe", "children": inside})
        style.layout(name, [(field, {"sticky": "nswe", "children": [*parts, padded]})])
        style.configure(
            name,
            background=palette.ground,
            foreground=palette.text,
            selectbackground=palette.raised if is_list else palette.best,
            selectforeground=palette.text if is_list else palette.on_best,
            insertcolor=palette.text,
            insertwidth=px(1),
            padding=(px(8), px(5)),
        )
        text = [("disabled", palette.muted), ("readonly", palette.text)]
        style.map(
            name,
            background=[],
            foreground=text,
            selectbackground=[("readonly", palette.raised)],
            selectforeground=text,
        )
    _style_menu_button(style, theme, box)


def _style_menu_button(style: ttk.Style, theme: Theme, box: Box) -> None:
    """The button with a list of folders in Tk's file dialog."""
    palette, px = theme.palette, theme.px
    shape = theme.controls.element("Menubutton.shape", button_looks(palette), box, palette.ground)
    text_part: Part = ("Menubutton.label", {"side": "left", "sticky": ""})
    sign: Part = (arrow(theme, "Menubutton.indicator"), {"side": "right", "sticky": ""})
    around: Part = ("Menubutton.padding", {"sticky": "nswe", "children": [sign, text_part]})
    style.layout("TMenubutton", [(shape, {"sticky": "nswe", "children": [around]})])
    style.configure("TMenubutton", background=palette.ground, padding=(px(8), px(5)), width=0)
    style.map("TMenubutton", background=[])


def _style_choices(style: ttk.Style, theme: Theme) -> None:
    for kind, indicator in (
        ("Checkbutton", check_box(theme)),
        ("Radiobutton", radio_button(theme)),
    ):
        name = f"T{kind}"
        inside: list[Part] = [
            (indicator, {"side": "left", "sticky": ""}),
            (f"{kind}.label", {"side": "left", "sticky": "nswe"}),
        ]
        style.layout(name, [(f"{kind}.padding", {"sticky": "nswe", "children": inside})])
        style.configure(name, padding=(0, theme.px(3)))
        style.map(name, background=[], foreground=[("disabled", theme.palette.muted)])


def _style_lists(style: ttk.Style, theme: Theme) -> None:
    palette, px = theme.palette, theme.px
    # A list, not a tree: no room for the signs that open a branch.
    text: Part = ("Treeitem.text", {"sticky": "nswe"})
    style.layout("Treeview.Item", [("Treeitem.padding", {"sticky": "nswe", "children": [text]})])
    inside: list[Part] = [("Treeheading.text", {"sticky": "we"})]
    head: Part = ("Treeheading.padding", {"sticky": "nswe", "children": inside})
    # Without clam's border, headings align with the columns below them.
    style.layout("Treeview.Heading", [("Treeheading.cell", {"sticky": "nswe"}), head])
    style.configure("Treeview.Item", padding=(px(8), 0))
    style.configure("Treeview.Cell", padding=(max(px(8) - _CELL_PADDING, 0), 0))
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


def _colour_dropdown_lists(root: tk.Misc, theme: Theme) -> None:
    """Colour the lists of comboboxes, which are not ttk widgets."""
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
    for widget in _descendants(root, "."):  # the lists that exist already
        if widget.endswith(".popdown.f.l"):
            for option, colour in colours:
                call(widget, "configure", f"-{option.lower()}", colour)


def _descendants(root: tk.Misc, widget: str) -> Iterator[str]:
    for child in root.tk.splitlist(root.tk.call("winfo", "children", widget)):
        yield str(child)
        yield from _descendants(root, str(child))
