"""Line breaking for Chinese text, which Tk breaks at spaces only.

Tk would begin a line with a full stop, or end one far too early, at the space before a number.
Other text is left to Tk.
"""

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk
from typing import Any

from app.ui.theme.theme import Theme

_PUNCTUATION = frozenset("，。；：？！、（）《》「」『』【】")
"""Chinese punctuation, as wide as a character."""
_NEVER_FIRST = frozenset("，。；：？！、）》」』】”’…—·%")
_NEVER_LAST = frozenset("（《「『【“‘")

_MIN_LAST_LINE = 4
"""Characters in the last line, if narrower lines above allow it."""
_NARROWER = (1.0, 0.95, 0.9, 0.85, 0.8)


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return `text` with line breaks so that no line is wider than `width`.

    `measure` returns the width of a text in the unit of `width`. A long word, such as a file's
    name, is not broken and may be wider. Text without Chinese is returned as it is.
    """
    if width <= 0 or not any(map(_is_chinese, text)):
        return text
    return "\n".join(
        line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure)
    )


def wrap_text(widget: tk.Misc, text: str, width: int, font: str) -> str:
    """Return `text` with line breaks for a width in pixels and the name of a font."""
    return break_lines(text, width, lambda part: int(widget.tk.call("font", "measure", font, part)))


class WrappedLabel(ttk.Label):
    """A label that breaks its lines to fit the width that its parent gives it."""

    def __init__(self, parent: tk.Misc, theme: Theme, text: str = "", **options: Any) -> None:
        super().__init__(parent, width=1, **options)
        self._margin = theme.px(6)  # the label's own padding, and a little more
        self.full_text = ""
        """The text without line breaks."""
        self.bind("<Configure>", lambda _event: self._wrap())
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.full_text = text
        self._wrap()

    def _wrap(self) -> None:
        width = self.winfo_width() - self._margin
        if width <= 0:  # not laid out yet
            self.configure(text=self.full_text)
            return
        style = str(self.cget("style")) or "TLabel"
        font = str(ttk.Style(self).lookup(style, "font"))
        self.configure(text=wrap_text(self, self.full_text, width, font), wraplength=width)


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a paragraph, slightly narrower where the last would be a lone word."""
    full_width = list(_lines(text, width, measure))
    for share in _NARROWER:
        lines = list(_lines(text, width * share, measure))
        if len(lines) > len(full_width):
            break
        if len(lines[-1]) >= _MIN_LAST_LINE:
            return lines
    return full_width


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
    """Yield the parts of a text between the places where a line may end."""
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index]):
            yield text[start:index]
            start = index
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or after == " " or before in _NEVER_LAST:
        return False
    return before == " " or any(c in "”’" or _is_chinese(c) for c in (before, after))


def _is_chinese(character: str) -> bool:
    """Return whether it is a CJK unified ideograph (U+4E00 to U+9FFF) or Chinese punctuation."""
    return "\u4e00" <= character <= "\u9fff" or character in _PUNCTUATION
