"""Owns the menu bar and the keys: both call the same commands, by the names of their entries."""

import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from app.translation import _

Command = Callable[[], None]
_DIGITS = "0123456789"
_NO_DIGIT_KEY = "n"


class Commands(NamedTuple):
    """Everything that a menu entry or a key can start."""

    open: Command
    save_as: Command
    quit: Command
    undo: Command
    redo: Command
    copy: Command
    clear: Command
    set_dark: Callable[[bool], None]
    say: Callable[[str], None]
    """Say what the drawing is: "0" to "9", or "" for no digit."""
    take_back: Command
    use_samples: Callable[[bool], None]
    show_samples: Command
    open_samples_folder: Command
    retrain: Command
    show_models: Command


class Menus:
    """The menu bar of the window, and its accelerators."""

    def __init__(self, root: tk.Tk, commands: Commands) -> None:
        self._root = root
        self._commands = commands
        mac = root.tk.call("tk", "windowingsystem") == "aqua"
        self._key, self._key_name = ("Command", "Cmd") if mac else ("Control", "Ctrl")
        self._dark = tk.BooleanVar(root, False)
        self._samples = tk.BooleanVar(root, True)
        self._colours: dict[str, Any] = {}
        self._bar = tk.Menu(root, tearoff=False)
        for label, fill in (
            (_("File"), self._fill_file),
            (_("Edit"), self._fill_edit),
            (_("View"), self._fill_view),
            (_("Model"), self._fill_model),
        ):
            self._menu(label, fill)
        root.configure(menu=self._bar)
        self._bind_keys()

    def _menu(self, label: str, fill: Callable[[tk.Menu], None]) -> None:
        """Add a menu whose entries are made when it is first opened: the start is 3 ms shorter."""
        menu = tk.Menu(self._bar, tearoff=False)

        def open_first() -> None:
            menu.configure(postcommand="")
            fill(menu)
            self._dress(menu)

        menu.configure(postcommand=open_first)
        self._bar.add_cascade(label=label, menu=menu)

    def _fill_file(self, menu: tk.Menu) -> None:
        self._entry(menu, _("Open…"), self._commands.open, "O")
        self._entry(menu, _("Save As…"), self._commands.save_as, "S")
        menu.add_separator()
        self._entry(menu, _("Quit"), self._commands.quit, "Q")

    def _fill_edit(self, menu: tk.Menu) -> None:
        commands = self._commands
        self._entry(menu, _("Undo"), commands.undo, "Z")
        self._entry(menu, _("Redo"), commands.redo, "Y")
        menu.add_separator()
        self._entry(menu, _("Copy Answer"), commands.copy, "C")
        menu.add_separator()
        menu.add_command(label=_("Clear"), accelerator=_("Esc"), command=commands.clear)

    def _fill_view(self, menu: tk.Menu) -> None:
        menu.add_checkbutton(
            label=_("Dark Theme"),
            variable=self._dark,
            command=lambda: self._commands.set_dark(self._dark.get()),
        )

    def _fill_model(self, menu: tk.Menu) -> None:
        commands = self._commands
        said = tk.Menu(menu, tearoff=False)
        for digit in _DIGITS:
            said.add_command(label=digit, accelerator=digit, command=partial(commands.say, digit))
        said.add_command(
            label=_("No digit"),
            accelerator=_NO_DIGIT_KEY.upper(),
            command=partial(commands.say, ""),
        )
        menu.add_cascade(label=_("This Drawing Is"), menu=said)
        menu.add_command(
            label=_("Take Label Back"), accelerator=_("Backspace"), command=commands.take_back
        )
        menu.add_separator()
        self._entry(menu, _("My Samples…"), commands.show_samples, "M")
        menu.add_command(label=_("Open Samples Folder"), command=commands.open_samples_folder)
        menu.add_checkbutton(
            label=_("Answer as My Samples Say"),
            variable=self._samples,
            command=lambda: commands.use_samples(self._samples.get()),
        )
        menu.add_separator()
        self._entry(menu, _("Choose…"), commands.show_models, "L")
        self._entry(menu, _("Retrain…"), commands.retrain, "T")

    def dress(self, ground: str, text: str, active: str) -> None:
        """Colour the bar and its menus; a system that draws its own ignores it."""
        self._colours = {
            "background": ground,
            "foreground": text,
            "activebackground": active,
            "activeforeground": text,
            "selectcolor": text,
        }
        self._dress(self._bar)

    def _dress(self, menu: tk.Menu) -> None:
        for each in _with_submenus(menu):
            each.configure(self._colours, relief="flat", borderwidth=0, activeborderwidth=0)

    def _entry(self, menu: tk.Menu, label: str, command: Command, letter: str) -> None:
        menu.add_command(label=label, accelerator=f"{self._key_name}+{letter}", command=command)

    def _bind_keys(self) -> None:
        commands = self._commands
        keys: dict[str, Command] = {
            f"<{self._key}-o>": commands.open,
            f"<{self._key}-s>": commands.save_as,
            f"<{self._key}-q>": commands.quit,
            f"<{self._key}-y>": commands.redo,
            f"<{self._key}-z>": commands.undo,
            f"<{self._key}-c>": self._copy_unless_selected,
            "<Escape>": commands.clear,
            "<Delete>": commands.clear,
            f"<{self._key}-m>": commands.show_samples,
            f"<{self._key}-t>": commands.retrain,
            f"<{self._key}-l>": commands.show_models,
            "<BackSpace>": commands.take_back,
            f"<Key-{_NO_DIGIT_KEY}>": partial(commands.say, ""),
            f"<Key-{_NO_DIGIT_KEY.upper()}>": partial(commands.say, ""),
        }
        for digit in _DIGITS:
            keys[f"<Key-{digit}>"] = partial(commands.say, digit)
            keys[f"<KP_{digit}>"] = partial(commands.say, digit)
        for sequence, command in keys.items():
            self._root.bind(sequence, _runs(command))
            if sequence.startswith(f"<{self._key}-"):
                # The same key while Caps Lock is on.
                self._root.bind(f"{sequence[:-2]}{sequence[-2].upper()}>", _runs(command))
        self._root.bind(f"<{self._key}-Shift-Z>", _runs(commands.redo))
        self._root.bind(f"<{self._key}-Shift-z>", _runs(commands.redo))

    def _copy_unless_selected(self) -> None:
        """Copy the answer, unless a text field has a selection of its own to copy."""
        focus = self._root.focus_get()
        if isinstance(focus, tk.Entry) and focus.selection_present():
            return
        self._commands.copy()


def _with_submenus(menu: tk.Menu) -> Iterator[tk.Menu]:
    yield menu
    for name in menu.winfo_children():
        yield from _with_submenus(menu.nametowidget(name))


def _runs(command: Command) -> "Callable[[tk.Event[Any]], str]":
    def handle(_event: "tk.Event[Any]") -> str:
        command()
        return "break"

    return handle
