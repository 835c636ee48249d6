"""Owns the menu File of the table of actions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.menu.action import Action, Item, Submenu
from app.ui.toolkit.display_name import display_name

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def file_items(window: MainWindow) -> list[Item]:
    """Return the entries of the menu File."""
    files, exports = window.files, window.exports

    def has_answer() -> bool:
        return window.result is not None

    def has_prediction() -> bool:
        return window.prediction is not None

    def has_drawing() -> bool:
        return not window.drawing.content.is_empty

    def export() -> list[Item]:
        return [
            Action(_("What the Network Sees (PNG)…"), exports.ask_raster, enabled=has_prediction),
            Action(_("Probabilities as CSV…"), exports.ask_csv, enabled=has_answer),
            Action(_("Probabilities as JSON…"), exports.ask_json, enabled=has_answer),
            Action(_("Bars as a Picture…"), exports.ask_bars, enabled=has_prediction),
        ]

    return [
        Action(_("New"), files.new, ("Mod+N",)),
        Action(_("Open…"), files.ask_open, ("Mod+O",)),
        Action(_("Open Folder…"), files.ask_folder),
        Submenu(_("Open Recent"), partial(_recent, window)),
        None,
        *_one_after_another(window),
        None,
        Action(_("Save"), files.ask_or_save, ("Mod+S",), enabled=has_drawing),
        Action(_("Save As…"), files.ask_save, ("Mod+Shift+S",), enabled=has_drawing),
        Submenu(_("Export"), export),
        None,
        Action(_("Quit"), window.ask_close, ("Mod+Q",)),
    ]


def _one_after_another(window: MainWindow) -> list[Item]:
    def step(by: int) -> None:
        window.several.step(by)

    return [
        Action(_("Next File"), partial(step, 1), ("Next",), lambda: window.several.has_next),
        Action(
            _("Previous File"), partial(step, -1), ("Prior",), lambda: window.several.has_previous
        ),
        Action(
            _("All Files…"),
            window.dialogs.show_files,
            ("Mod+J",),
            lambda: bool(window.several.paths),
        ),
    ]


def _recent(window: MainWindow) -> list[Item]:
    names = window.settings.recent
    if not names:
        return [Action(_("No files yet"), lambda: None, enabled=lambda: False)]

    def forget() -> None:
        window.remembered.change(recent=())

    return [
        *(Action(_short(name), partial(window.files.open_recent, name)) for name in names),
        None,
        Action(_("Clear List"), forget),
    ]


def _short(name: str) -> str:
    """Return a file's name with its folder, short enough for a menu and fit to be shown."""
    path = Path(name)
    return display_name(f"{path.name}  –  {path.parent}", 70)
