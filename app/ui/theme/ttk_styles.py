"""ttk styles of the widgets that only other windows than the main one have."""

import tkinter as tk
from collections.abc import Iterator
from tkinter import ttk
from typing import Any

from app.ui.theme.indicators import BOX, TICKED_BOX, create_images
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TEXT, FONT_TITLE, Theme
from app.ui.theme.tk_dialogs import configure_tk_dialogs, hide_hidden_files

Part = tuple[str, Any]
"""An element of a layout, and its options."""

_CELL_PADDING = 4
"""Pixels that Tk leaves on each side of a Treeview cell's text, at any scale."""


def configure_all(root: tk.Misc, theme: Theme) -> None:
    """Configure what the other windows are made of, now and after every change of the theme.

    Does nothing when called again. Pillow draws the check boxes: it is called when the recogniser
    has imported Pillow, or when the first window or menu opens.
    """
    if theme.is_complete:
        return
    theme.is_complete = True

    def configure() -> None:
        configure_tk_dialogs(root, theme)
        _configure_styles(root, theme)

    # Return presses the focused button, as on every desktop; Tk's own binding is Space.
    root.bind_class("TButton", "<Return>", _press)
    hide_hidden_files(root)
    configure()
    theme.palette_changed.connect(configure)
    theme.rebuild_needed.connect(configure)


def _press(event: "tk.Event[tk.Misc]") -> str:
    event.widget.tk.call(str(event.widget), "invoke")
    return "break"


def _configure_styles(root: tk.Misc, theme: Theme) -> None:
    palette, px = theme.palette, theme.px
    style = ttk.Style(root)
    create_images(root, theme)
    # The defaults of all styles: clam's are beige.
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
        arrowsize=px(8),  # clam: the thickness of the bar
    )
    _style_main_button(style, theme)
    _style_scrollbars(style, theme)
    _style_fields(style, theme)
    _style_choices(style, theme)
    _style_lists(style, theme)
    _colour_dropdown_lists(root, theme)


def _style_main_button(style: ttk.Style, theme: Theme) -> None:
    """The button with a window's main action."""
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
    """A slider in a trough, without arrows; invisible where there is nothing to scroll."""
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
            arrowsize=theme.px(12),  # clam: the thickness of the bar
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
