"""Key bindings: "Mod+Shift+Z" as Tk's event sequences and as text for people.

Mod is Command on macOS and Control elsewhere.
"""

import sys
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from typing import Any

from app.i18n import _

_ARROWS = ("Left", "Right")
_MOD = "Mod"
_SHIFT = "Shift"
_CONTROL = 0x4
_ALT = 0x20000 if sys.platform == "win32" else 0x8
"""Alt in an event's state (tkinter's Event.__repr__ names the bits); Command on macOS."""


@dataclass(frozen=True)
class Key:
    """A key with its modifiers."""

    name: str
    """Tk's keysym, such as "z", "plus" or "F1"."""
    mod: bool = False
    shift: bool = False

    @classmethod
    def of(cls, text: str) -> "Key":
        """Parse a key such as "Mod+Shift+Z"."""
        *modifiers, name = text.split("+")
        return cls(name, _MOD in modifiers, _SHIFT in modifiers)

    def sequences(self, mac: bool) -> list[str]:
        """Return Tk's event sequences; a letter has a second one, for Caps Lock."""
        modifiers = ("Command-" if mac else "Control-") if self.mod else ""
        modifiers += "Shift-" if self.shift else ""
        names = [self.name]
        if len(self.name) == 1 and self.name.isalpha():
            names = [self.name.lower(), self.name.upper()]
        return [f"<{modifiers}Key-{name}>" for name in names]

    def accelerator(self, mac: bool) -> str:
        """Return the text beside a menu entry; on macOS Tk replaces the modifiers by symbols."""
        modifiers = [("Command" if mac else _("Ctrl"))] if self.mod else []
        modifiers += [_("Shift")] if self.shift else []
        return ("-" if mac else "+").join([*modifiers, self._name_text()])

    def written(self, mac: bool) -> str:
        """Return the key as it is written in a text for people."""
        if not mac:
            return self.accelerator(mac)
        return ("⇧" if self.shift else "") + ("⌘" if self.mod else "") + self._name_text()

    def _name_text(self) -> str:
        names = {
            "plus": "+",
            "equal": "=",
            "minus": "−",
            "comma": ",",
            "slash": "/",
            "bracketleft": "[",
            "bracketright": "]",
            "Escape": _("Esc"),
            "BackSpace": _("Backspace"),
            "Left": "←",
            "Right": "→",
            "Delete": _("Del"),
            "Next": _("PgDn"),
            "Prior": _("PgUp"),
        }
        return names.get(self.name, self.name.upper() if len(self.name) == 1 else self.name)


def key_text(widget: tk.Misc, key: str) -> str:
    """Return a key such as "Mod+Z" as it is written on this system."""
    return Key.of(key).written(is_mac(widget))


def is_mac(widget: tk.Misc) -> bool:
    """Return whether the window system is macOS' own."""
    return bool(widget.tk.call("tk", "windowingsystem") == "aqua")


def modifier(widget: tk.Misc) -> tuple[str, int]:
    """Return what Mod is here: its name in event sequences, and its bit in an event's state."""
    return ("Command", 0x8) if is_mac(widget) else ("Control", _CONTROL)


def is_plain(event: "tk.Event[Any]") -> bool:
    """Return whether a key was typed, not pressed as a command with Control, Command or Alt.

    On Windows AltGr, which types @ and { on many keyboards, is Control with Alt.
    """
    state = event.state if isinstance(event.state, int) else 0
    pressed = state & (_ALT | _CONTROL)
    return not pressed or (sys.platform == "win32" and pressed == _ALT | _CONTROL)


def bind(
    root: tk.Misc,
    key: Key,
    run: Callable[[], None],
    mac: bool,
    everywhere: bool = False,
    typed: Callable[["tk.Event[Any]"], bool] = lambda _event: False,
) -> list[str]:
    """Call `run` when the key is pressed in the window `root`, or in every one of the program.

    In every one but where a question waits for its answer, and not on macOS, whose menu bar
    belongs to all windows; and not where `typed`, which is asked before, has used the key.
    Returns the names of the new Tcl commands: a later binding of the key does not delete them.
    """

    def handle(event: "tk.Event[Any]") -> str | None:
        state = event.state if isinstance(event.state, int) else 0
        # Alt+7 is not 7, and AltGr, which types @ and { on many keyboards, is Control with Alt.
        alone = not state & (_ALT | _CONTROL)
        if not (alone or key.mod) or (key.mod and not mac and state & _ALT):
            return None
        if key.name in _ARROWS and isinstance(event.widget, ttk.Scale):
            return None  # they move the slider
        if everywhere and root.tk.call("grab", "current"):
            return None
        if not typed(event):
            run()
        return "break"

    if everywhere and not mac:
        return [root.bind_all(sequence, handle) for sequence in key.sequences(mac)]
    return [root.bind(sequence, handle) for sequence in key.sequences(mac)]
