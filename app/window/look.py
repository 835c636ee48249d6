"""Owns how everything looks: colours, fonts and the display's scale."""

import sys
import tkinter as tk
from tkinter import ttk
from typing import NamedTuple

from app.storage.environment import display_scale_wanted

FONT_TEXT = "InklingText"
FONT_SMALL = "InklingSmall"
FONT_STRONG = "InklingStrong"
FONT_ANSWER = "InklingAnswer"


class Palette(NamedTuple):
    """The colours of one theme. Text on its ground has a contrast of at least 4.5 to 1 (WCAG 2)."""

    ground: str
    raised: str
    pressed: str
    border: str
    text: str
    muted: str
    track: str
    bar: str
    best: str
    own: str
    problem: str


LIGHT = Palette(
    ground="#f3f4f6",
    raised="#ffffff",
    pressed="#dfe3e8",
    border="#b8bec7",
    text="#1b1f24",
    muted="#5a6370",
    track="#e2e5ea",
    bar="#7c8796",
    best="#0b62c4",
    own="#a85a00",
    problem="#a8261b",
)
DARK = Palette(
    ground="#1f2227",
    raised="#2d3138",
    pressed="#3d434c",
    border="#4c535e",
    text="#eceff3",
    muted="#a5aebb",
    track="#343941",
    bar="#8490a0",
    best="#58a6ff",
    own="#f0a04b",
    problem="#ff9a8d",
)


class Look:
    """The palette and the scale that every widget draws by."""

    def __init__(self, root: tk.Misc, palette: Palette = LIGHT) -> None:
        self.scale = _display_scale(root)
        self.palette = palette
        self._root = root
        _create_fonts(root, self.scale)
        self.wear(palette)

    def px(self, length: float) -> int:
        """Return a length given for 100 % in pixels of this display."""
        return round(length * self.scale)

    def wear(self, palette: Palette) -> None:
        """Give all ttk widgets the palette's colours."""
        self.palette = palette
        style = ttk.Style(self._root)
        style.theme_use("clam")
        style.configure(
            ".",
            background=palette.ground,
            foreground=palette.text,
            font=FONT_TEXT,
            bordercolor=palette.border,
            lightcolor=palette.ground,
            darkcolor=palette.ground,
            troughcolor=palette.track,
            focuscolor=palette.best,
        )
        style.configure("Edge.TFrame", background=palette.border)
        style.configure("Muted.TLabel", foreground=palette.muted, font=FONT_SMALL)
        style.configure("Problem.TLabel", foreground=palette.problem)
        self._style_buttons(style)
        self._style_fields(style)
        self._style_sliders(style)
        self._root.option_add("*Menu.background", palette.raised)
        self._root.option_add("*Menu.foreground", palette.text)

    def _style_buttons(self, style: ttk.Style) -> None:
        palette = self.palette
        style.configure("Filter.Toolbutton", padding=(self.px(5), self.px(4)), font=FONT_SMALL)
        for name in ("TButton", "Toolbutton"):
            style.configure(
                name,
                background=palette.raised,
                padding=(self.px(10), self.px(5)),
                relief="flat",
                anchor="center",
                width=0,
                lightcolor=palette.raised,
                darkcolor=palette.raised,
            )
            style.map(
                name,
                background=[
                    ("disabled", palette.ground),
                    ("selected", palette.best),
                    ("pressed", palette.pressed),
                    ("active", palette.pressed),
                ],
                foreground=[("disabled", palette.muted), ("selected", palette.raised)],
            )

    def _style_sliders(self, style: ttk.Style) -> None:
        palette = self.palette
        style.configure(
            "Horizontal.TScale",
            background=palette.bar,
            sliderlength=self.px(18),
            arrowsize=self.px(14),  # clam's word for how thick the slider is
            gripcount=0,
            lightcolor=palette.bar,
            darkcolor=palette.bar,
        )
        style.configure(
            "Vertical.TScrollbar",
            background=palette.raised,
            arrowcolor=palette.muted,
            arrowsize=self.px(14),
            gripcount=0,
        )
        style.map("Vertical.TScrollbar", background=[("active", palette.pressed)])
        style.map("Horizontal.TScale", background=[("active", palette.best)])

    def _style_fields(self, style: ttk.Style) -> None:
        palette = self.palette
        style.configure("Horizontal.TProgressbar", background=palette.best, borderwidth=0)
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
                arrowsize=self.px(12),
                padding=self.px(3),
            )
            style.map(name, fieldbackground=[("readonly", palette.raised)])
        for name in ("TCheckbutton", "TRadiobutton"):
            style.configure(
                name,
                indicatorbackground=palette.raised,
                indicatorforeground=palette.text,
                indicatorsize=self.px(12),
                indicatormargin=(0, 0, self.px(6), 0),
            )
            style.map(
                name,
                background=[("active", palette.pressed)],
                indicatorbackground=[("active", palette.raised)],
            )
        self._style_lists(style)

    def _style_lists(self, style: ttk.Style) -> None:
        palette = self.palette
        style.configure(
            "Treeview",
            background=palette.raised,
            fieldbackground=palette.raised,
            foreground=palette.text,
            rowheight=self.px(28),
            borderwidth=0,
        )
        style.map(
            "Treeview",
            background=[("selected", palette.best)],
            foreground=[("selected", palette.raised)],
        )
        style.configure("Treeview.Heading", background=palette.ground, relief="flat")
        style.map("Treeview.Heading", background=[("active", palette.ground)])
        # The list that a combobox drops down is no ttk widget.
        for option, colour in (
            ("background", palette.raised),
            ("foreground", palette.text),
            ("selectBackground", palette.best),
            ("selectForeground", palette.raised),
        ):
            self._root.option_add(f"*TCombobox*Listbox.{option}", colour)
        self._root.option_add("*TCombobox*Listbox.font", FONT_TEXT)


def _display_scale(root: tk.Misc) -> float:
    """Return how much larger than at 96 dots an inch everything has to be: 1.0 to 4.0."""
    wanted = display_scale_wanted()
    if wanted:
        return wanted
    dots = float(root.winfo_fpixels("1i"))
    if root.tk.call("tk", "windowingsystem") == "x11":
        dots = _xft_dots(root) or dots
    if sys.platform == "darwin":
        return 1.0  # a point is already scaled there
    # To quarters, as desktops offer them: a monitor that says 101 dots means 100 %.
    return min(max(round(dots / 96 * 4) / 4, 1.0), 4.0)


def _xft_dots(root: tk.Misc) -> float | None:
    """Return the dots an inch that X desktops set for their scale; Tk 8.6 does not ask for it."""
    try:
        resources = str(root.tk.call("exec", "xrdb", "-query"))
    except tk.TclError:  # no xrdb, or nothing in it
        return None
    for line in resources.splitlines():
        name, _colon, value = line.partition(":")
        if name.strip() == "Xft.dpi":
            try:
                return float(value)
            except ValueError:
                return None
    return None


def _create_fonts(root: tk.Misc, scale: float) -> None:
    family = root.tk.call("font", "actual", "TkDefaultFont", "-family")
    known = root.tk.splitlist(root.tk.call("font", "names"))
    for name, size, weight in (
        (FONT_TEXT, 14, "normal"),
        (FONT_SMALL, 12, "normal"),
        (FONT_STRONG, 14, "bold"),
        (FONT_ANSWER, 72, "bold"),
    ):
        verb = "configure" if name in known else "create"
        # Negative: pixels. Points would be scaled once more by what Tk believes of the display.
        root.tk.call(
            "font", verb, name, "-family", family, "-size", -round(size * scale), "-weight", weight
        )
    for name in ("TkMenuFont", "TkDefaultFont", "TkTextFont", "TkHeadingFont"):
        root.tk.call("font", "configure", name, "-size", -round(14 * scale))
