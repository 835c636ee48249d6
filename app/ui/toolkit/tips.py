"""Owns what the main window's tooltips say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.menu.key_bindings import Key
from app.ui.toolkit.tooltip import Tooltip

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    from app.ui.answer.panel import AnswerPanel
    from app.ui.canvas.toolbar import Toolbar
    from app.ui.main_window import MainWindow


def add_tooltips(window: MainWindow) -> list[Tooltip]:
    """Give every part of the window that is not plain by itself its tooltip."""
    mac = window.root.tk.call("tk", "windowingsystem") == "aqua"

    def key(text: str) -> str:
        return Key.of(text).written(mac)

    texts = (*_of_the_toolbar(window.toolbar, key), *_of_the_panel(window.panel, key))
    return [Tooltip(widget, window.theme, text) for widget, text in texts]


def _of_the_toolbar(toolbar: Toolbar, key: Callable[[str], str]) -> list[tuple[tk.Widget, str]]:
    width = _("How wide the pen is ({thinner} and {thicker}); the answer does not depend on it")
    clear = _("Take everything off the paper ({key}); undo brings it back")
    number = _("Read a whole number such as −12.5; each digit gets its box ({key})")
    return [
        (toolbar.pen_button, _("Draw ({key})").format(key=key("P"))),
        (toolbar.eraser_button, _("Take ink away ({key})").format(key=key("E"))),
        (toolbar.width, width.format(thinner=key("bracketleft"), thicker=key("bracketright"))),
        (toolbar.number_button, number.format(key=key("Mod+D"))),
        (toolbar.undo_button, _("Take the last step back ({key})").format(key=key("Mod+Z"))),
        (toolbar.redo_button, _("Take it again ({key})").format(key=key("Mod+Y"))),
        (toolbar.clear_button, clear.format(key=key("Escape"))),
    ]


def _of_the_panel(panel: AnswerPanel, key: Callable[[str], str]) -> list[tuple[tk.Widget, str]]:
    no_digit = _("Say that this drawing is no digit ({key}); it is stored and learnt")
    return [
        (
            panel.raster_view,
            _("Your ink as the network sees it: scaled and centred to 28 × 28 pixels"),
        ),
        (panel.bars, _("How probable each digit is. Click the right one to correct the answer")),
        (panel.no_digit_button, no_digit.format(key=key("N"))),
    ]
