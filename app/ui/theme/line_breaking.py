"""Line breaking for Chinese text, which Tk breaks at spaces only.

Left to Tk, a line begins with a full stop, or ends far too early at the space before a number.
Text without Chinese is left to Tk.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_PUNCTUATION = frozenset("，。；：？！、（）《》「」『』【】")
"""Chinese punctuation, as wide as a character."""

_NEVER_FIRST = frozenset("，。；：？！、）》」』】”’…—·%")
_NEVER_LAST = frozenset("（《「『【“‘")

_MIN_LAST_LINE = 4
"""Characters in the last line, where narrower lines above make it possible."""

_NARROWER = (1.0, 0.95, 0.9, 0.85, 0.8)


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return `text` with line breaks so that no line is wider than `width`.

    `measure` returns the width of a text in the unit of `width`. What may not be broken, such as a
    long file name, stays in one piece.
    """
    if width <= 0 or not any(map(_is_chinese, text)):
        return text
    return "\n".join(
        line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure)
    )


def wrap_text(widget: tk.Misc, text: str, width: int, font: str) -> str:
    """Return `text` with line breaks for a widget of this width in pixels, in this font."""
    return break_lines(text, width, lambda part: int(widget.tk.call("font", "measure", font, part)))


class WrappedLabel(ttk.Label):
    """A label that is as wide as there is room, and breaks its lines to fit."""

    def __init__(self, parent: tk.Misc, theme: Theme, text: str = "", **options: Any) -> None:
        super().__init__(parent, width=1, **options)
        self._edge = theme.px(6)  # what a label keeps around its text, and a little more
        self.full_text = ""
        """The text without line breaks."""
        self.bind("<Configure>", lambda _event: self._wrap())
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.full_text = text
        self._wrap()

    def _wrap(self) -> None:
        width = self.winfo_width() - self._edge
        if width <= 0:  # not laid out yet
            self.configure(text=self.full_text)
            return
        style = str(self.cget("style")) or "TLabel"
        font = str(ttk.Style(self).lookup(style, "font"))
        self.configure(text=wrap_text(self, self.full_text, width, font), wraplength=width)


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a paragraph, a little narrower where a word would be left over."""
    wide = list(_lines(text, width, measure))
    for share in _NARROWER:
        lines = list(_lines(text, width * share, measure))
        if len(lines) > len(wide):
            break
        if len(lines[-1]) >= _MIN_LAST_LINE:
            return lines
    return wide


def _lines(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for piece in _pieces(text):
        if line and measure((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that lines may not be broken in; a space ends its part."""
    begin = 0
    for place in range(1, len(text)):
        if _may_break(text[place - 1], text[place]):
            yield text[begin:place]
            begin = place
    yield text[begin:]


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or after == " " or before in _NEVER_LAST:
        return False
    return before == " " or any(sign in "”’" or _is_chinese(sign) for sign in (before, after))


def _is_chinese(sign: str) -> bool:
    """Return whether it is a Chinese character, or one of the signs that go with them."""
    return "一" <= sign <= "鿿" or sign in _PUNCTUATION
