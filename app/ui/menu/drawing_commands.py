"""The items for the drawing, of the menus Edit and Model and of the canvas' context menu."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from app.i18n import _
from app.recognition.alphabet import ALPHABETS
from app.storage.settings import DIGITS, OWN
from app.ui.answer.correction import NO_DIGIT, Correction
from app.ui.document.clipboard import Clipboard
from app.ui.document.document import Document
from app.ui.menu.action import Action, Item, Menu
from app.ui.number.selection import NumberSelection
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.symbols.library import SymbolLibrary

_NONE_KEY = "F7"
"""Where N is a label."""


def canvas_items(
    *,
    document: Document,
    clipboard: Clipboard,
    recognition: RecognitionClient,
    correction: Correction,
    selection: NumberSelection,
    preferences: Preferences,
    symbols: SymbolLibrary,
) -> list[Item]:
    """Return the items of the canvas' context menu."""
    return [
        label_menu(correction, selection, preferences, symbols),
        number_item(selection),
        None,
        *drawing_items(document=document, clipboard=clipboard, recognition=recognition),
        None,
        clear_item(document),
    ]


def drawing_items(
    *, document: Document, clipboard: Clipboard, recognition: RecognitionClient
) -> list[Item]:
    """Return undo and redo, and what the clipboard can do."""

    def has_drawing() -> bool:
        return not document.is_blank

    def has_result() -> bool:
        return recognition.result is not None

    drawing = document.drawing
    return [
        Action(_("Undo"), document.undo, ("Mod+Z",), lambda: drawing.can_undo),
        Action(_("Redo"), document.redo, ("Mod+Y", "Mod+Shift+Z"), lambda: drawing.can_redo),
        None,
        Action(_("Cut Drawing"), clipboard.cut, ("Mod+X",), has_drawing),
        Action(_("Copy Drawing"), clipboard.copy, ("Mod+Shift+C",), has_drawing),
        Action(_("Copy Result"), clipboard.copy_result, ("Mod+C",), has_result),
        Action(_("Paste Picture"), clipboard.paste, ("Mod+V",)),
    ]


def clear_item(document: Document) -> Action:
    """Return the item that removes everything from the canvas."""
    return Action(_("Clear"), document.clear, ("Escape", "Delete"), lambda: not document.is_blank)


def number_item(selection: NumberSelection) -> Action:
    """Return the item that switches between a digit and a whole number."""

    def is_on() -> bool:
        return selection.is_on

    def switch() -> None:
        selection.switch(not is_on())

    label = _("Number") if selection.is_possible else _("Number (with the alphabet Digits)")
    return Action(label, switch, ("Mod+D",), lambda: selection.is_possible, marked=is_on)


def label_menu(
    correction: Correction,
    selection: NumberSelection,
    preferences: Preferences,
    symbols: SymbolLibrary,
) -> Menu:
    """Return the menu that labels the drawing, or the selected digit of a number."""

    def labels() -> list[Item]:
        if preferences.settings.alphabet == OWN:
            return [Action(name, partial(correction.label, name)) for name in symbols.names]
        return label_items(preferences.settings.alphabet, correction.label)

    return Menu(_("This Digit Is") if selection.is_on else _("This Drawing Is"), labels)


def label_items(alphabet: str, choose: Callable[[str], None]) -> list[Item]:
    """Return the items that choose a label, or none: digits, or menus of labels by kind."""

    def item(label: str, *keys: str) -> Action:
        return Action(label, partial(choose, label), keys)

    none = partial(choose, NO_DIGIT)
    if alphabet == DIGITS:
        digits = [item(digit, digit, f"KP_{digit}") for digit in ALPHABETS[DIGITS].labels]
        return [*digits, Action(_("No Digit"), none, ("N", _NONE_KEY))]
    kinds = groupby(ALPHABETS[alphabet].labels, _kind)
    groups = [[item(label) for label in labels] for _name, labels in kinds]
    none_item = Action(_("None of These"), none, (_NONE_KEY, "N"))
    if len(groups) == 1:
        return [*groups[0], none_item]
    menus = [Menu(f"{one[0].label} … {one[-1].label}", partial(list, one)) for one in groups]
    return [*menus, none_item]


def _kind(label: str) -> tuple[bool, bool, bool]:
    return label.isdigit(), label.isupper(), label.islower()
