"""Fonts, scale and ttk styles of the main window, by palette, zoom and language.

The styles of the other windows are in ttk_styles.py: the start does not wait for them.
"""

import os
import re
import sys
import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import Any

from app.storage.paths import display_scale_override
from app.ui.signal import Signal
from app.ui.theme.controls import (
    RADIUS,
    Box,
    Controls,
    Look,
    button_looks,
    layout,
    plain_looks,
    segment_looks,
)
from app.ui.theme.fonts import fall_back_to_english, font_family
from app.ui.theme.icons import Icons, Role
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
"""The fonts of menus and of Tk's own dialogs."""
_LABEL: Any = {"sticky": "nswe", "children": [("Label.label", {"sticky": "nswe"})]}


class Theme:
    """The palette and the scale that every widget draws by."""

    def __init__(self, root: tk.Misc, palette: Palette = LIGHT, zoom: float = 1.0) -> None:
        """`zoom` is a factor on the display's own scale."""
        self._display_scale = _display_scale(root)
        self.scale = self._display_scale * zoom
        """1.0 at 96 dpi and 100 %."""
        self.palette = palette
        self.palette_changed: Signal[[]] = Signal()
        self.rebuild_needed: Signal[[]] = Signal()
        """Emitted when scale or language have changed: every window is built again."""
        self.is_complete = False
        """Whether the styles of all windows are configured: see ttk_styles."""
        self._root = root
        self.notice = fall_back_to_english(root)
        """Why the language is not the one in the settings; "" if it is."""
        self._default_family = str(root.tk.call("font", "actual", "TkDefaultFont", "-family"))
        self._icons = Icons(root)
        self._create_fonts()
        self._style = ttk.Style(root)
        self._style.theme_use("clam")
        self._configure_styles()
        # Tk sends <<ThemeChanged>> to every widget when idle: now, before there are any.
        root.update_idletasks()

    def complete(self) -> None:
        """Draw what the first window did not wait for."""
        self.is_complete = True
        self._configure_styles()

    def px(self, length: float) -> int:
        """Return the pixels of a length that is given for 100 %."""
        return round(length * self.scale)

    def font(self, name: str, factor: float) -> str | tuple[str, int, str]:
        """Return a font of this theme, `factor` times as large, as Tk takes it."""
        if factor == 1.0:  # another font would have to be opened, which the start waits for
            return name
        configured = self._root.tk.call("font", "configure", name)
        family, size, weight, *_rest = self._root.tk.splitlist(configured)[1::2]
        return str(family), round(int(size) * factor), str(weight)

    def icon(self, name: str, role: Role = "text") -> str:
        """Return the Tk image of an icon of icons.NAMES."""
        return self._icons.image(name, role)

    def set_palette(self, palette: Palette) -> None:
        """Give all widgets of the main window these colours."""
        self.palette = palette
        self._configure_styles()

    def set_zoom(self, zoom: float) -> None:
        """Set the size of all text, and of widgets that are built from now on."""
        self.scale = self._display_scale * zoom
        self._create_fonts()
        self._configure_styles()

    def change_language(self) -> None:
        """Use fonts for the program's present language; switch to English if there are none."""
        self.notice = fall_back_to_english(self._root)
        self._create_fonts()

    def _configure_styles(self) -> None:
        palette, style = self.palette, self._style
        self.controls = Controls(self._root, self.scale, self.is_complete)
        self._icons.draw(self.scale, palette)
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
        # Clam's label has an invisible border: text would not align with drawings beside it.
        style.layout("TLabel", [("Label.padding", _LABEL)])
        style.configure("Edge.TFrame", background=palette.border)
        style.configure("Focused.Edge.TFrame", background=palette.best)
        style.configure("Muted.TLabel", foreground=palette.muted, font=FONT_SMALL)
        style.configure("Status.TLabel", foreground=palette.muted)
        style.configure("Problem.TLabel", foreground=palette.problem)
        self._style_buttons(style)
        self._style_slider(style)

    def _style_buttons(self, style: ttk.Style) -> None:
        palette, px = self.palette, self.px
        box = Box(px(RADIUS), px(24), px(30))
        shape = self.controls.element("Button.shape", button_looks(palette), box, palette.ground)
        style.layout("TButton", layout(shape, "Button.padding", "Button.label"))
        style.configure(
            "TButton",
            background=palette.ground,
            padding=(px(12), px(5)),
            anchor="center",
            width=0,
        )
        style.map("TButton", background=[], foreground=[("disabled", palette.muted)])
        style.configure("Icon.TButton", padding=(px(8), px(5)), space=px(6))
        self._style_segments(style)

    def _style_segments(self, style: ttk.Style) -> None:
        """Buttons side by side in a groove, of which one is chosen."""
        palette, px, element = self.palette, self.px, self.controls.element
        track = {"": Look(palette.track, palette.track)}
        groove = element(
            "Segments.shape", track, Box(px(RADIUS + 2), px(24), px(32)), palette.ground
        )
        style.layout("Segments.TFrame", [(groove, {"sticky": "nswe"})])
        box = Box(px(RADIUS), px(24), px(26))
        shape = element("Segment.shape", segment_looks(palette), box, palette.track)
        name = "Segment.Toolbutton"
        style.layout(name, layout(shape, "Button.padding", "Button.label"))
        style.configure(
            name, background=palette.track, padding=(px(8), px(4)), anchor="center", space=px(6)
        )
        style.map(
            name,
            background=[],
            foreground=[
                ("selected", palette.best),
                ("active", palette.text),
                ("!selected", palette.muted),
            ],
        )

    def _style_slider(self, style: ttk.Style) -> None:
        palette, px = self.palette, self.px
        side, bar = px(18), px(4)
        knob = plain_looks(palette.bar, palette.best, palette.border)
        trough = {"": Look(palette.track, palette.track, 0)}
        name, ground = "Horizontal.TScale", palette.ground
        slider = self.controls.element("Scale.slider", knob, Box(side / 2, side, side), ground)
        groove = self.controls.element(
            "Scale.trough", trough, Box(bar / 2, side, side, (0, (side - bar) // 2)), ground
        )
        inside: Any = [(slider, {"side": "left", "sticky": ""})]
        style.layout(name, [(groove, {"sticky": "we", "children": inside})])
        style.configure(name, background=ground)

    def _create_fonts(self) -> None:
        call, split = self._root.tk.call, self._root.tk.splitlist
        family = font_family(self._root, self._default_family)
        existing = split(call("font", "names"))
        for name, size, weight in (
            (FONT_TEXT, 14, "normal"),
            (FONT_SMALL, 12, "normal"),
            (FONT_STRONG, 14, "bold"),
            (FONT_TITLE, 20, "bold"),
            (FONT_ANSWER, 72, "bold"),
        ):
            verb = "configure" if name in existing else "create"
            # A digit looks the same in every language.
            face = self._default_family if name == FONT_ANSWER else family
            # Negative: pixels. Tk would scale points by the resolution that it assumes.
            options = ("-family", face, "-size", -round(size * self.scale), "-weight", weight)
            call("font", verb, name, *options)
        for name in _TK_FONTS:
            size = -round(14 * self.scale)
            call("font", "configure", name, "-family", family, "-size", size, "-weight", "normal")


def _display_scale(root: tk.Misc) -> float:
    """Return the display's scale: 1.0 at 96 dpi, at most 4.0; INKLING_SCALE overrides it."""
    wanted = display_scale_override()
    if wanted:
        return wanted
    if sys.platform == "darwin":
        return 1.0  # the system scales points itself
    dpi = float(root.winfo_fpixels("1i"))
    if root.tk.call("tk", "windowingsystem") == "x11":
        dpi = _xft_dpi(root) or dpi
    # In steps of 25 %, as desktops offer them: a monitor with 101 dpi has 100 %.
    return min(max(round(dpi / 96 * 4) / 4, 1.0), 4.0)


def _xft_dpi(root: tk.Misc) -> float | None:
    """Return the resource Xft.dpi, the scale of X11 desktops; Tk 8.6 ignores it."""
    if not any(os.access(Path(folder, "xrdb"), os.X_OK) for folder in os.get_exec_path()):
        return None
    try:
        resources = str(root.tk.call("exec", "xrdb", "-query"))
    except tk.TclError:  # there are no resources
        return None
    found = re.search(r"^Xft\.dpi:\s*(\d+(\.\d+)?)\s*$", resources, re.MULTILINE)
    return float(found[1]) if found else None
