"""Owns the table of all actions: the menus, the keys and the list of shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import LANGUAGES, SYSTEM, _
from app.storage.settings import THEMES, ZOOMS
from app.ui.canvas.sketchpad import ERASER, PEN
from app.ui.menu.action import Action, Item, Menu, Submenu
from app.ui.menu.file_commands import file_items
from app.ui.menu.menu_bar import menu_labels
from app.ui.menu.picture_commands import picture_items

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_DIGITS = "0123456789"


def menus(window: MainWindow) -> list[Menu]:
    """Return all menus of the window."""
    items = (file_items, _edit, _view, _model, _help)
    return [
        Menu(label, partial(made, window)) for label, made in zip(menu_labels(), items, strict=True)
    ]


def obey_mac(window: MainWindow) -> None:
    """Let the menu that macOS itself gives every program do what it names (Tk's man page "tk")."""
    if window.root.tk.call("tk", "windowingsystem") == "aqua":
        window.root.createcommand("tk::mac::Quit", window.ask_close)
        window.root.createcommand("tk::mac::ShowPreferences", window.dialogs.show_settings)
        window.root.createcommand("tk::mac::ShowHelp", window.dialogs.show_guide)
        window.root.createcommand("tkAboutDialog", window.dialogs.show_about)


def _edit(window: MainWindow) -> list[Item]:
    drawing, clipboard = window.drawing, window.clipboard

    def has_drawing() -> bool:
        return not window.sketchpad.content.is_empty

    def using(tool: str) -> Callable[[], bool]:
        return lambda: window.sketchpad.tool == tool

    pen = partial(window.use_tool, PEN)
    eraser = partial(window.use_tool, ERASER)
    return [
        Action(_("Undo"), window.undo, ("Mod+Z",), lambda: drawing.can_undo),
        Action(_("Redo"), window.redo, ("Mod+Y", "Mod+Shift+Z"), lambda: drawing.can_redo),
        None,
        Action(_("Cut Drawing"), clipboard.cut, ("Mod+X",), has_drawing),
        Action(_("Copy Drawing"), clipboard.copy, ("Mod+Shift+C",), has_drawing),
        Action(
            _("Copy Result"),
            clipboard.copy_result,
            ("Mod+C",),
            lambda: window.result is not None,
        ),
        Action(_("Paste Picture"), clipboard.paste, ("Mod+V",)),
        None,
        Action(_("Pen"), pen, ("P",), marked=using(PEN), excludes=True),
        Action(_("Eraser"), eraser, ("E",), marked=using(ERASER), excludes=True),
        Action(_("Thinner Pen"), partial(window.widen_pen, -2.0), ("bracketleft",)),
        Action(_("Thicker Pen"), partial(window.widen_pen, 2.0), ("bracketright",)),
        Submenu(_("Picture"), partial(picture_items, window)),
        None,
        Action(_("Clear"), window.clear, ("Escape", "Delete"), has_drawing),
        None,
        Action(_("Settings…"), window.dialogs.show_settings, ("Mod+comma",)),
    ]


def _view(window: MainWindow) -> list[Item]:
    view = window.view
    return [
        *_numbers(window),
        None,
        *_sizes(window),
        None,
        Submenu(_("Theme"), partial(_themes, window)),
        Submenu(_("Language"), partial(_languages, window)),
        None,
        Action(
            _("What the Network Sees"),
            view.toggle_raster,
            ("F2",),
            marked=lambda: window.settings.show_raster,
        ),
        Action(
            _("Candidates"),
            view.toggle_candidates,
            ("F3",),
            marked=lambda: window.settings.show_candidates,
        ),
        None,
        Action(_("Reset Layout"), view.reset_layout),
    ]


def _numbers(window: MainWindow) -> list[Item]:
    def is_on() -> bool:
        return window.settings.number

    def step(by: int) -> None:
        window.number.step(by)

    def has_digits() -> bool:
        return is_on() and window.number.has_digits

    return [
        Action(_("Number"), lambda: window.read_number(not is_on()), ("Mod+D",), marked=is_on),
        Action(_("Next Digit"), partial(step, 1), ("Right",), has_digits),
        Action(_("Previous Digit"), partial(step, -1), ("Left",), has_digits),
    ]


def _sizes(window: MainWindow) -> list[Item]:
    zoom = window.view.zoom_by
    larger, smaller = ("Mod+plus", "Mod+equal", "Mod+KP_Add"), ("Mod+minus", "Mod+KP_Subtract")
    return [
        Action(_("Larger"), partial(zoom, 1), larger, lambda: window.settings.zoom < ZOOMS[1]),
        Action(_("Smaller"), partial(zoom, -1), smaller, lambda: window.settings.zoom > ZOOMS[0]),
        Action(_("Normal Size"), window.view.zoom_to_normal, ("Mod+0", "Mod+KP_0")),
    ]


def _themes(window: MainWindow) -> list[Item]:
    def worn(theme: str) -> bool:
        return window.settings.theme == theme

    names = (_("Like the System"), _("Light"), _("Dark"))
    return [
        Action(
            name, partial(window.view.set_theme, theme), marked=partial(worn, theme), excludes=True
        )
        for theme, name in zip(THEMES, names, strict=True)
    ]


def _languages(window: MainWindow) -> list[Item]:
    from app.ui.theme.fonts import language_name

    def chosen(name: str) -> bool:
        return window.settings.language == name

    names = [(SYSTEM, _("Like the System")), *((n, language_name(window.root, n)) for n in LANGUAGES)]
    return [
        Action(
            label,
            partial(window.view.set_language, name),
            marked=partial(chosen, name),
            excludes=True,
        )
        for name, label in names
    ]


def _model(window: MainWindow) -> list[Item]:
    samples = window.samples

    def labels() -> list[Item]:
        digits = [
            Action(digit, partial(window.say, digit), (digit, f"KP_{digit}")) for digit in _DIGITS
        ]
        return [*digits, Action(_("No Digit"), partial(window.say, ""), ("N",))]

    what = _("This Digit Is") if window.settings.number else _("This Drawing Is")
    return [
        Submenu(what, labels),
        Action(_("Take Label Back"), window.correction.take_back, ("BackSpace",)),
        None,
        Action(_("My Samples…"), samples.show, ("Mod+M",)),
        Action(_("Open Samples Folder"), samples.open_folder),
        Action(_("Answer as My Samples Say"), samples.toggle, marked=lambda: samples.count),
        None,
        Action(_("Choose…"), window.show_models, ("Mod+L",)),
        Action(_("Retrain…"), window.retrain.show, ("Mod+T",)),
    ]


def _help(window: MainWindow) -> list[Item]:
    dialogs = window.dialogs
    return [
        Action(_("Guide"), dialogs.show_guide, ("F1",)),
        Action(_("Keyboard Shortcuts"), dialogs.show_shortcuts, ("Mod+slash",)),
        None,
        Action(_("Open Data Folder"), dialogs.open_data_folder),
        Action(_("Open Log File"), dialogs.open_log),
        None,
        Action(_("About Inkling"), dialogs.show_about),
    ]
