"""Owns the signs in Tk's own dialogs: what kind a question is, folders, files, the way up.

Tk's own are bitmaps of one size and one theme: specks on a display of 200 %. These are drawn when
such a dialog opens, as large as its text and in the colours of then.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    from PIL.ImageDraw import ImageDraw as Pen

    from app.ui.theme.theme import Theme

    Drawn = Callable[[Pen, float], None]
    """What draws a sign of that side."""

_KIND_SIDE, _FILE_SIDE = 32, 16
"""In pixels at 100 %."""
_FINER = 4
"""So many times larger is a sign drawn, and made smaller then: its edges are smooth."""
_FOLDER, _FILE, _UP = "InklingFolder", "InklingFile", "InklingUp"
_OPENING = {"kind": "::tk::MessageBox", "file": "::tk::dialog::file::"}
"""The procedures of Tk's that open such dialogs."""


def let_tk_show_signs(root: tk.Misc, theme: Theme) -> None:
    """Have the signs drawn whenever a dialog of Tk's opens; other systems have their own."""
    call = root.tk.call
    if call("tk", "windowingsystem") != "x11":
        return
    for what, draw in (("kind", _draw_kinds), ("file", _draw_files)):
        command = f"inkling_draw_{what}_signs"
        is_new = not call("info", "commands", command)
        root.tk.createcommand(command, lambda *_call, draw=draw: draw(root, theme))
        if is_new:
            if not call("info", "commands", _OPENING[what]):  # a second time would forget settings
                call("auto_load", _OPENING[what])
            call("trace", "add", "execution", _OPENING[what], "enter", command)
    for variable, name in (("folder", _FOLDER), ("file", _FILE), ("updir", _UP)):
        call("set", f"::tk::Priv({variable}Image)", name)  # Tk makes its own only where none is


def _draw_kinds(root: tk.Misc, theme: Theme) -> None:
    palette = theme.palette
    for name, sign, colour in (
        ("question", _question, palette.best),
        ("information", _information, palette.best),
        ("warning", _warning, palette.own),
        ("error", _warning, palette.problem),
    ):
        _make(root, f"::tk::icons::{name}", theme.px(_KIND_SIDE), _on_disc(sign, theme, colour))


def _draw_files(root: tk.Misc, theme: Theme) -> None:
    palette, side = theme.palette, theme.px(_FILE_SIDE)

    def folder(pen: Pen, side: float) -> None:
        pen.rectangle(_at(side, 0.06, 0.18, 0.45, 0.5), fill=palette.bar)
        pen.rectangle(_at(side, 0.06, 0.28, 0.94, 0.84), fill=palette.bar)

    def file(pen: Pen, side: float) -> None:
        sheet = ((0.2, 0.06), (0.58, 0.06), (0.8, 0.28), (0.8, 0.94), (0.2, 0.94), (0.2, 0.06))
        pen.line(_at(side, *sum(sheet, ())), fill=palette.bar, width=round(side / 12))

    def up(pen: Pen, side: float) -> None:
        for line in ((0.5, 0.9, 0.5, 0.15), (0.2, 0.45, 0.5, 0.15, 0.8, 0.45)):
            pen.line(_at(side, *line), fill=palette.text, width=round(side / 8), joint="curve")

    for name, drawn in ((_FOLDER, folder), (_FILE, file), (_UP, up)):
        _make(root, name, side, drawn)


def _on_disc(sign: Callable[[Pen, float, str], None], theme: Theme, colour: str) -> Drawn:
    def drawn(pen: Pen, side: float) -> None:
        pen.ellipse(_at(side, 0.03, 0.03, 0.97, 0.97), fill=colour)
        sign(pen, side, theme.palette.on_best)

    return drawn


def _question(pen: Pen, side: float, colour: str) -> None:
    wide = round(0.09 * side)
    pen.arc(_at(side, 0.32, 0.2, 0.68, 0.56), 180, 80, fill=colour, width=wide)
    pen.rectangle(_at(side, 0.46, 0.48, 0.55, 0.65), fill=colour)
    pen.ellipse(_at(side, 0.445, 0.71, 0.565, 0.83), fill=colour)


def _information(pen: Pen, side: float, colour: str) -> None:
    pen.ellipse(_at(side, 0.44, 0.2, 0.56, 0.32), fill=colour)
    pen.rectangle(_at(side, 0.455, 0.4, 0.545, 0.8), fill=colour)


def _warning(pen: Pen, side: float, colour: str) -> None:
    pen.rectangle(_at(side, 0.455, 0.2, 0.545, 0.6), fill=colour)
    pen.ellipse(_at(side, 0.44, 0.68, 0.56, 0.8), fill=colour)


def _at(side: float, *shares: float) -> list[float]:
    return [share * side for share in shares]


def _make(root: tk.Misc, name: str, side: int, drawn: Drawn) -> None:
    """Make a picture of Tk's, or make it anew."""
    from PIL import Image, ImageDraw

    fine = Image.new("RGBA", (side * _FINER, side * _FINER))
    drawn(ImageDraw.Draw(fine), float(side * _FINER))
    file = io.BytesIO()
    fine.resize((side, side), Image.Resampling.BOX).save(file, "PNG")
    root.tk.call("image", "create", "photo", name, "-format", "png", "-data", file.getvalue())
