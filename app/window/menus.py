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
        bar = tk.Menu(root, tearoff=False)
        file = self._menu(bar, _("File"))
        self._entry(file, _("Open…"), commands.open, "O")
        self._entry(file, _("Save As…"), commands.save_as, "S")
        file.add_separator()
        self._entry(file, _("Quit"), commands.quit, "Q")
        edit = self._menu(bar, _("Edit"))
        self._entry(edit, _("Undo"), commands.undo, "Z")
        self._entry(edit, _("Redo"), commands.redo, "Y")
        edit.add_separator()
        self._entry(edit, _("Copy Answer"), commands.copy, "C")
        edit.add_separator()
        edit.add_command(label=_("Clear"), accelerator=_("Esc"), command=commands.clear)
        view = self._menu(bar, _("View"))
        view.add_checkbutton(
            label=_("Dark Theme"),
            variable=self._dark,
            command=lambda: commands.set_dark(self._dark.get()),
        )
        self._view = view
        self._model_menu(bar, root)
        root.configure(menu=bar)
        self._bar = bar
        self._bind_keys()

    def _model_menu(self, bar: tk.Menu, root: tk.Tk) -> None:
        commands = self._commands
        model = self._menu(bar, _("Model"))
        said = tk.Menu(model, tearoff=False)
        for digit in _DIGITS:
            said.add_command(label=digit, accelerator=digit, command=partial(commands.say, digit))
        said.add_command(
            label=_("No digit"),
            accelerator=_NO_DIGIT_KEY.upper(),
            command=partial(commands.say, ""),
        )
        model.add_cascade(label=_("This Drawing Is"), menu=said)
        model.add_command(
            label=_("Take Label Back"), accelerator=_("Backspace"), command=commands.take_back
        )
        model.add_separator()
        self._entry(model, _("My Samples…"), commands.show_samples, "M")
        model.add_command(label=_("Open Samples Folder"), command=commands.open_samples_folder)
        self._samples = tk.BooleanVar(root, True)
        model.add_checkbutton(
            label=_("Answer as My Samples Say"),
            variable=self._samples,
            command=lambda: commands.use_samples(self._samples.get()),
        )
        model.add_separator()
        self._entry(model, _("Choose…"), commands.show_models, "L")
        self._entry(model, _("Retrain…"), commands.retrain, "T")

    def add_to_view(self, add: Callable[[tk.Menu, str, str], None]) -> None:
        """Let `add(menu, key, key's name)` put more into the menu "View"."""
        add(self._view, self._key, self._key_name)

    def dress(self, ground: str, text: str, active: str) -> None:
        """Colour the bar and its menus; a system that draws its own ignores it."""
        for menu in _with_submenus(self._bar):
            menu.configure(
                background=ground,
                foreground=text,
                activebackground=active,
                activeforeground=text,
                selectcolor=text,
                relief="flat",
                borderwidth=0,
                activeborderwidth=0,
            )

    def _menu(self, bar: tk.Menu, label: str) -> tk.Menu:
        menu = tk.Menu(bar, tearoff=False)
        bar.add_cascade(label=label, menu=menu)
        return menu

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
