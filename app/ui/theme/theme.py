"""Owns how the main window looks: fonts, the display's scale, the styles of its few widgets.

The styles of what only other windows have are in styles.py, which the start does not wait for.
"""

import sys
import tkinter as tk
from tkinter import ttk
from typing import Any

from app.storage.paths import display_scale_override
from app.ui.theme.fonts import family_for, spoken_with_glyphs
from app.ui.theme.palette import LIGHT, Palette

FONT_TEXT = "InklingText"
FONT_SMALL = "InklingSmall"
FONT_STRONG = "InklingStrong"
FONT_TITLE = "InklingTitle"
FONT_ANSWER = "InklingAnswer"
_TK_FONTS = (
    "TkMenuFont",
    "TkDefaultFont",
    "TkTextFont",
    "TkHeadingFont",
    "TkCaptionFont",
    "TkIconFont",
)
"""What menus and Tk's own dialogs are written in."""
_LABEL: Any = {"sticky": "nswe", "children": [("Label.label", {"sticky": "nswe"})]}


class Theme:
    """The palette and the scale that every widget draws by."""

    def __init__(self, root: tk.Misc, palette: Palette = LIGHT, zoom: float = 1.0) -> None:
        """`zoom`: how much larger than the display's own scale everything is."""
        self._display_scale = _display_scale(root)
        self.scale = self._display_scale * zoom
        self.palette = palette
        self._root = root
        self._is_complete = False
        self.notice = spoken_with_glyphs(root)
        """Why another language is spoken than was wanted; empty if none is."""
        self._usual_family = str(root.tk.call("font", "actual", "TkDefaultFont", "-family"))
        self._create_fonts()
        self._style = ttk.Style(root)
        self._style.theme_use("clam")
        self.set_palette(palette)
        root.update_idletasks()  # Tk tells every widget of a new theme: before there are any

    def px(self, length: float) -> int:
        """Return a length given for 100 % in pixels of this display."""
        return round(length * self.scale)

    def set_zoom(self, zoom: float) -> None:
        """Make everything that is built from now on, and all text, as large as `zoom` says."""
        self.scale = self._display_scale * zoom
        self._create_fonts()
        self.set_palette(self.palette)

    def complete(self) -> None:
        """Style what the other windows are made of, too; called once the main window is up."""
        from app.ui.theme.tk_dialogs import dress_file_dialog, hide_hidden_files, let_tk_speak

        let_tk_speak(self._root)
        hide_hidden_files(self._root)
        dress_file_dialog(self._root)
        self._is_complete = True
        self.set_palette(self.palette)

    def change_language(self) -> None:
        """Write in letters of the language that is spoken now; English where there are none."""
        self.notice = spoken_with_glyphs(self._root)
        self._create_fonts()

    def set_palette(self, palette: Palette) -> None:
        """Give all ttk widgets the palette's colours."""
        self.palette = palette
        style = self._style
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
        # Clam's label has an edge that nobody sees: what is written would not align with what is
        # drawn beside it, and lose its last letter where it is as wide as its room.
        style.layout("TLabel", [("Label.padding", _LABEL)])
        style.configure("Edge.TFrame", background=palette.border)
        style.configure("Focused.Edge.TFrame", background=palette.best)
        style.configure("Muted.TLabel", foreground=palette.muted, font=FONT_SMALL)
        style.configure("Problem.TLabel", foreground=palette.problem)
        style.configure("Told.Muted.TLabel", font=FONT_TEXT)
        self._style_buttons(style)
        self._style_slider(style)
        if self._is_complete:
            from app.ui.theme.ttk_styles import style_the_rest

            style_the_rest(self._root, style, self)

    def _style_buttons(self, style: ttk.Style) -> None:
        palette = self.palette
        # Clam's own has an edge more, for the default button: beside tools it would not align.
        style.layout("TButton", style.layout("Toolbutton"))
        for name in ("TButton", "Toolbutton"):
            style.configure(
                name,
                background=palette.raised,
                padding=(self.px(10), self.px(5)),
                relief="raised",  # a flat one would have no edge to show the focus with
                bordercolor=palette.raised,
                anchor="center",
                width=0,
                focuscolor=palette.raised,  # the whole edge shows the focus instead
            )
            edge: list[Any] = [
                ("disabled", palette.ground),
                ("selected", "focus", palette.text),  # it is filled with the focus' own colour
                ("focus", palette.best),
                ("selected", palette.best),
                ("active", palette.pressed),
            ]
            style.map(
                name,
                relief=[],
                background=[
                    ("disabled", palette.ground),
                    ("selected", palette.best),
                    ("pressed", palette.pressed),
                    ("active", palette.pressed),
                ],
                foreground=[("disabled", palette.muted), ("selected", palette.on_best)],
                bordercolor=edge,
                lightcolor=edge,
                darkcolor=edge,
            )
            style.configure(name, lightcolor=palette.raised, darkcolor=palette.raised)

    def _style_slider(self, style: ttk.Style) -> None:
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
        lively = [("active", palette.best), ("focus", palette.best)]
        style.map(
            "Horizontal.TScale",
            background=lively,
            lightcolor=lively,
            darkcolor=lively,
            bordercolor=[("focus", palette.best)],
        )

    def _create_fonts(self) -> None:
        call, split = self._root.tk.call, self._root.tk.splitlist
        family = family_for(self._root, self._usual_family)
        known = split(call("font", "names"))
        for name, size, weight in (
            (FONT_TEXT, 14, "normal"),
            (FONT_SMALL, 12, "normal"),
            (FONT_STRONG, 14, "bold"),
            (FONT_TITLE, 20, "bold"),
            (FONT_ANSWER, 72, "bold"),
        ):
            verb = "configure" if name in known else "create"
            face = self._usual_family if name == FONT_ANSWER else family  # a digit in any language
            # Negative: pixels. Points would be scaled once more by what Tk believes of the display.
            places = ("-family", face, "-size", -round(size * self.scale), "-weight", weight)
            call("font", verb, name, *places)
        for name in _TK_FONTS:
            size = -round(14 * self.scale)
            call("font", "configure", name, "-family", family, "-size", size, "-weight", "normal")


def _display_scale(root: tk.Misc) -> float:
    """Return how much larger than at 96 dots an inch everything has to be: 1.0 to 4.0."""
    wanted = display_scale_override()
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
    if not root.tk.call("auto_execok", "xrdb"):  # to start a process in vain costs 3 ms
        return None
    try:
        resources = str(root.tk.call("exec", "xrdb", "-query"))
    except tk.TclError:  # nothing in it
        return None
    for line in resources.splitlines():
        name, _colon, value = line.partition(":")
        if name.strip() == "Xft.dpi":
            try:
                return float(value)
            except ValueError:
                return None
    return None
