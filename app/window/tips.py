"""Owns what the main window's tooltips say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.translation import _
from app.window.keys import Key
from app.window.tooltip import Tooltip

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


def add_tooltips(window: MainWindow) -> list[Tooltip]:
    """Give every part of the window that is not plain by itself its tooltip."""
    mac = window.root.tk.call("tk", "windowingsystem") == "aqua"

    def key(text: str) -> str:
        return Key.of(text).written(mac)

    toolbar, panel = window.toolbar, window.panel
    texts = (
        (toolbar.pen_button, _("Draw ({key})").format(key=key("P"))),
        (toolbar.eraser_button, _("Take ink away ({key})").format(key=key("E"))),
        (
            toolbar.width,
            _(
                "How wide the pen is ({thinner} and {thicker}); the answer does not depend on it"
            ).format(thinner=key("bracketleft"), thicker=key("bracketright")),
        ),
        (toolbar.undo_button, _("Take the last step back ({key})").format(key=key("Mod+Z"))),
        (toolbar.redo_button, _("Take it again ({key})").format(key=key("Mod+Y"))),
        (
            toolbar.clear_button,
            _("Take everything off the paper ({key}); undo brings it back").format(
                key=key("Escape")
            ),
        ),
        (
            panel.raster_view,
            _("Your ink as the network sees it: scaled and centred to 28 × 28 pixels"),
        ),
        (panel.bars, _("How probable each digit is. Click the right one to correct the answer")),
        (
            panel.no_digit_button,
            _("Say that this drawing is no digit ({key}); it is stored and learnt").format(
                key=key("N")
            ),
        ),
    )
    return [Tooltip(widget, window.look, text) for widget, text in texts]
