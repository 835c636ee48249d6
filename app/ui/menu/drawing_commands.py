"""The items for the drawing, of the menus Edit and Model and of the canvas' context menu."""

from functools import partial

from app.i18n import _
from app.ui.answer.correction import NO_DIGIT, Correction
from app.ui.document.clipboard import Clipboard
from app.ui.document.document import Document
from app.ui.menu.action import Action, Item, Menu
from app.ui.number.selection import NumberSelection
from app.ui.recognition_client import RecognitionClient

_DIGITS = "0123456789"


def canvas_items(
    *,
    document: Document,
    clipboard: Clipboard,
    recognition: RecognitionClient,
    correction: Correction,
    selection: NumberSelection,
) -> list[Item]:
    """Return the items of the canvas' context menu."""
    return [
        label_menu(correction, selection),
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

    return Action(_("Number"), lambda: selection.switch(not is_on()), ("Mod+D",), marked=is_on)


def label_menu(correction: Correction, selection: NumberSelection) -> Menu:
    """Return the menu that labels the drawing, or the selected digit of a number."""

    def labels() -> list[Item]:
        label = correction.label
        digits = [Action(d, partial(label, d), (d, f"KP_{d}")) for d in _DIGITS]
        return [*digits, Action(_("No Digit"), partial(label, NO_DIGIT), ("N",))]

    return Menu(_("This Digit Is") if selection.is_on else _("This Drawing Is"), labels)
