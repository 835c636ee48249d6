"""The items of the menu File."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.i18n import _
from app.ui.batch.batch import Batch
from app.ui.document.document import Document
from app.ui.document.export_menu import ExportMenu
from app.ui.document.file_operations import FileOperations
from app.ui.menu.action import Action, Item, Menu
from app.ui.preferences import Preferences
from app.ui.toolkit.display_name import display_name

_MAX_RECENT = 70
"""Characters of an entry of Open Recent."""


def file_items(
    *,
    document: Document,
    files: FileOperations,
    batch: Batch,
    export_menu: ExportMenu,
    preferences: Preferences,
    show: Callable[[str], object],
    quit_program: Callable[[], None],
) -> list[Item]:
    """Return the items of the menu File; `show` opens a window by its name."""

    def has_drawing() -> bool:
        return not document.drawing.content.is_empty

    return [
        Action(_("New"), files.new, ("Mod+N",)),
        Action(_("Open…"), batch.ask_open, ("Mod+O",)),
        Action(_("Open Folder…"), batch.ask_folder),
        Menu(_("Open Recent"), partial(_recent_items, batch, preferences)),
        None,
        Action(_("Next File"), partial(batch.step, 1), ("Next",), lambda: batch.has_next),
        Action(_("Previous File"), partial(batch.step, -1), ("Prior",), lambda: batch.has_previous),
        Action(_("All Files…"), partial(show, "files"), ("Mod+J",), lambda: bool(batch.paths)),
        None,
        Action(_("Save"), files.ask_or_save, ("Mod+S",), enabled=has_drawing),
        Action(_("Save As…"), files.ask_save, ("Mod+Shift+S",), enabled=has_drawing),
        Menu(_("Export"), export_menu.items),
        None,
        Action(_("Quit"), quit_program, ("Mod+Q",), everywhere=True),
    ]


def _recent_items(batch: Batch, preferences: Preferences) -> list[Item]:
    recent = preferences.settings.recent
    if not recent:
        return [Action(_("No files yet"), lambda: None, enabled=lambda: False)]
    return [
        *(Action(_recent_label(Path(name)), partial(batch.open_recent, name)) for name in recent),
        None,
        Action(_("Clear List"), partial(preferences.change, recent=())),
    ]


def _recent_label(path: Path) -> str:
    return display_name(f"{path.name}  –  {path.parent}", _MAX_RECENT)
