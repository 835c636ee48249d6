"""The items of the menus Edit, View, Model and Help, with their keys.

The menu bar, the key bindings and the list of shortcuts are all made from them.
"""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.i18n import LANGUAGES, SYSTEM, _
from app.storage.log import log_path
from app.storage.paths import Folders, make_private
from app.storage.settings import THEMES, ZOOMS
from app.ui.alphabet.names import alphabet_items
from app.ui.answer.correction import Correction
from app.ui.canvas.picture_tool import PictureTool
from app.ui.canvas.tools import ERASER, PEN, Tools
from app.ui.document.clipboard import Clipboard
from app.ui.document.document import Document
from app.ui.history.next_digit import NextDigit
from app.ui.menu.action import Action, Item, Menu
from app.ui.menu.drawing_commands import clear_item, drawing_items, label_menu, number_item
from app.ui.menu.key_bindings import is_mac
from app.ui.number.selection import NumberSelection
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.retrain.controller import RetrainController
from app.ui.samples.commands import SampleCommands
from app.ui.samples.library import SampleLibrary
from app.ui.status import Status
from app.ui.symbols.library import SymbolLibrary
from app.ui.theme.appearance import Appearance
from app.ui.theme.fonts import language_name
from app.ui.toolkit.desktop import show_in_file_manager

Show = Callable[[str], object]
"""Opens a window by its name."""

_PEN_STEP = 2.0
"""In drawing units of a page 400 units high."""


def edit_items(
    *,
    document: Document,
    tools: Tools,
    clipboard: Clipboard,
    recognition: RecognitionClient,
    picture_tool: PictureTool,
    show: Show,
) -> list[Item]:
    """Return the items of the menu Edit."""
    return [
        *drawing_items(document=document, clipboard=clipboard, recognition=recognition),
        None,
        *_tool_items(tools),
        Menu(_("Picture"), partial(_picture_items, picture_tool)),
        None,
        clear_item(document),
        None,
        Action(_("Settings…"), partial(show, "settings"), ("Mod+comma",)),
    ]


def view_items(
    root: tk.Misc,
    *,
    preferences: Preferences,
    selection: NumberSelection,
    next_digit: NextDigit,
    appearance: Appearance,
    show: Show,
) -> list[Item]:
    """Return the items of the menu View."""
    return [
        Menu(_("Alphabet"), partial(alphabet_items, preferences)),
        *_number_items(selection),
        _next_digit_item(next_digit),
        None,
        *_size_items(preferences, appearance),
        None,
        Menu(_("Theme"), partial(_theme_items, preferences, appearance)),
        Menu(_("Language"), partial(_language_items, root, preferences, appearance)),
        None,
        *_panel_items(preferences, appearance),
        Action(_("See Inside…"), partial(show, "inside"), ("Mod+I",)),
        None,
        Action(_("Reset Layout"), appearance.reset_layout),
    ]


def model_items(
    *,
    correction: Correction,
    selection: NumberSelection,
    samples: SampleLibrary,
    symbols: SymbolLibrary,
    sample_commands: SampleCommands,
    retrain: RetrainController,
    preferences: Preferences,
    show: Show,
) -> list[Item]:
    """Return the items of the menu Model."""
    return [
        label_menu(correction, selection, preferences, symbols),
        Action(_("Remove Label"), correction.take_back, ("BackSpace",)),
        None,
        Action(_("My Samples…"), partial(show, "samples"), ("Mod+M",)),
        Action(_("My Symbols…"), partial(show, "symbols"), ("F8",)),
        Action(_("Open Samples Folder"), sample_commands.open_folder),
        Action(
            _("Use My Samples for Answers"), sample_commands.toggle, marked=lambda: samples.in_use
        ),
        None,
        Action(_("Choose…"), partial(show, "models"), ("Mod+L",)),
        Action(_("Retrain…"), retrain.show, ("Mod+T",)),
    ]


def help_items(*, folders: Folders, status: Status, show: Show) -> list[Item]:
    """Return the items of the menu Help."""

    def open_outside(path: Path) -> None:
        """Open a file or a folder with the desktop's program; show its path if there is none."""
        try:
            make_private(folders.data)
            show_in_file_manager(path)
        except OSError:
            status.show(
                _("No program could be started to show {place}; open it yourself.").format(
                    place=path
                )
            )

    return [
        Action(_("Guide"), partial(show, "guide"), ("F1",)),
        Action(_("Keyboard Shortcuts"), partial(show, "shortcuts"), ("Mod+slash",)),
        None,
        Action(_("Open Data Folder"), partial(open_outside, folders.data)),
        Action(_("Open Log File"), partial(open_outside, log_path(folders.log))),
        None,
        Action(_("About Inkling"), partial(show, "about")),
    ]


def use_mac_menu(
    root: tk.Tk,
    *,
    show: Show,
    quit_program: Callable[[], None],
    open_files: Callable[[list[str]], None],
) -> None:
    """Connect what macOS asks of every program: its own menu, and the Finder's files to open.

    The names of the commands are from Tk's man page "tk_mac".
    """
    if is_mac(root):
        root.createcommand("tk::mac::Quit", quit_program)
        root.createcommand("tk::mac::ShowPreferences", partial(show, "settings"))
        root.createcommand("tk::mac::ShowHelp", partial(show, "guide"))
        root.createcommand("tk::mac::OpenDocument", lambda *names: open_files(list(names)))
        root.createcommand("tkAboutDialog", partial(show, "about"))


def _tool_items(tools: Tools) -> list[Item]:
    def use(label: str, tool: str, *keys: str) -> Action:
        run = partial(tools.use, tool)
        return Action(label, run, keys, marked=lambda: tools.tool == tool, excludes=True)

    thinner, thicker = (partial(tools.widen_pen, step) for step in (-_PEN_STEP, _PEN_STEP))
    return [
        use(_("Pen"), PEN, "P", "F5"),
        use(_("Eraser"), ERASER, "E", "F6"),
        Action(_("Thinner Pen"), thinner, ("bracketleft", "Mod+bracketleft")),
        Action(_("Thicker Pen"), thicker, ("bracketright", "Mod+bracketright")),
    ]


def _picture_items(tool: PictureTool) -> list[Item]:
    def has_picture() -> bool:
        return tool.has_picture

    larger, smaller = ("plus", "equal", "KP_Add"), ("minus", "KP_Subtract")
    return [
        Action(_("Move and Scale"), tool.use, ("V",), has_picture, marked=lambda: tool.is_used),
        Action(_("Larger"), partial(tool.scale, True), larger, has_picture),
        Action(_("Smaller"), partial(tool.scale, False), smaller, has_picture),
        Action(_("Fit to Page"), tool.fit, ("F",), has_picture),
    ]


def _number_items(selection: NumberSelection) -> list[Item]:
    def has_marks() -> bool:
        return bool(selection.characters)

    return [
        number_item(selection),
        Action(_("Next Digit"), partial(selection.step, 1), ("Right",), has_marks),
        Action(_("Previous Digit"), partial(selection.step, -1), ("Left",), has_marks),
    ]


def _next_digit_item(next_digit: NextDigit) -> Action:
    def is_on() -> bool:
        return next_digit.is_on

    return Action(_("Clear for the Next Digit"), next_digit.toggle, ("F4",), marked=is_on)


def _size_items(preferences: Preferences, appearance: Appearance) -> list[Item]:
    def zoom() -> float:
        return preferences.settings.zoom

    larger, smaller = ("Mod+plus", "Mod+equal", "Mod+KP_Add"), ("Mod+minus", "Mod+KP_Subtract")
    return [
        Action(_("Larger"), partial(appearance.zoom_by, 1), larger, lambda: zoom() < ZOOMS[1]),
        Action(_("Smaller"), partial(appearance.zoom_by, -1), smaller, lambda: zoom() > ZOOMS[0]),
        Action(_("Normal Size"), partial(appearance.zoom_to, 1.0), ("Mod+0", "Mod+KP_0")),
    ]


def _panel_items(preferences: Preferences, appearance: Appearance) -> list[Item]:
    return [
        Action(
            _("What the Network Sees"),
            appearance.toggle_raster,
            ("F2",),
            marked=lambda: preferences.settings.show_raster,
        ),
        Action(
            _("Candidates"),
            appearance.toggle_candidates,
            ("F3",),
            marked=lambda: preferences.settings.show_candidates,
        ),
    ]


def _theme_items(preferences: Preferences, appearance: Appearance) -> list[Item]:
    labels = (_("Like the System"), _("Light"), _("Dark"))
    by_name = dict(zip(THEMES, labels, strict=True))
    return _choices(by_name, preferences.settings.theme, appearance.set_theme)


def _language_items(root: tk.Misc, preferences: Preferences, appearance: Appearance) -> list[Item]:
    own_names = {name: language_name(root, name) for name in LANGUAGES}
    labels = {SYSTEM: _("Like the System"), **own_names}
    return _choices(labels, preferences.settings.language, appearance.set_language)


def _choices(labels: Mapping[str, str], present: str, choose: Callable[[str], None]) -> list[Item]:
    """Return a radio button for each value of a setting; `labels` by the values."""

    def choice(value: str, label: str) -> Action:
        run = partial(choose, value)
        return Action(label, run, marked=lambda: value == present, excludes=True)

    return [choice(value, label) for value, label in labels.items()]
