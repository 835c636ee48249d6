"""File dialogs: on Linux the desktop's, by zenity or kdialog, and elsewhere those that Tk opens.

Tk opens its own if there is neither program, if it fails, or if INKLING_FILE_DIALOGS is "tk".
Paths are absolute; "" or () means that the user has cancelled.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import filedialog
from typing import Literal

from app.resources import system_environment
from app.ui.toolkit.background import run_in_thread

FORCE_VARIABLE = "INKLING_FILE_DIALOGS"
FileTypes = Sequence[tuple[str, str]]
"""Names with their patterns, as in ("Pictures", "*.png *.jpg"); the first one is chosen."""
_ANSWERED, _CANCELLED = 0, 1
"""The exit statuses of both programs; any other is a failure."""


@dataclass(frozen=True)
class _Request:
    """What is asked for."""

    kind: Literal["open", "open several", "save", "folder"]
    title: str
    folder: str = ""
    name: str = ""
    types: FileTypes = ()

    @property
    def start(self) -> str:
        """The folder that is shown first, with a slash at its end and then the name."""
        return f"{self.folder or '.'}/{self.name}"


def ask_files(
    parent: tk.Misc, *, title: str, filetypes: FileTypes, initialdir: str = ""
) -> tuple[str, ...]:
    """Ask for one or several files to open."""
    names = _ask(parent, _Request("open several", title, initialdir, types=filetypes))
    if names is not None:
        return tuple(names)
    return tuple(
        filedialog.askopenfilenames(
            parent=parent, title=title, filetypes=filetypes, initialdir=initialdir
        )
    )


def ask_file(parent: tk.Misc, *, title: str, filetypes: FileTypes) -> str:
    """Ask for a file to open."""
    names = _ask(parent, _Request("open", title, types=filetypes))
    if names is not None:
        return "".join(names[:1])
    return filedialog.askopenfilename(parent=parent, title=title, filetypes=filetypes) or ""


def ask_folder(parent: tk.Misc, *, title: str, initialdir: str = "") -> str:
    """Ask for a folder that exists."""
    names = _ask(parent, _Request("folder", title, initialdir))
    if names is not None:
        return "".join(names[:1])
    name = filedialog.askdirectory(
        parent=parent, title=title, mustexist=True, initialdir=initialdir
    )
    return name or ""


def ask_save_name(
    parent: tk.Misc,
    *,
    title: str,
    filetypes: FileTypes,
    initialdir: str = "",
    initialfile: str = "",
    defaultextension: str = "",
) -> str:
    """Ask for the name of a file to write; the user has agreed to replace one that exists."""
    folder, suggested = initialdir, initialfile
    while True:
        names = _ask(parent, _Request("save", title, folder, suggested, filetypes))
        if names is None:
            name = filedialog.asksaveasfilename(
                parent=parent,
                title=title,
                filetypes=filetypes,
                initialdir=folder,
                initialfile=suggested,
                defaultextension=defaultextension,
            )
            return name or ""
        path = Path("".join(names[:1]))
        if not names or path.suffix or not defaultextension:
            return "".join(names[:1])
        path = path.with_name(path.name + defaultextension)
        if not path.exists():
            return str(path)
        folder, suggested = str(path.parent), path.name  # the dialog asks about this name


def _ask(parent: tk.Misc, request: _Request) -> list[str] | None:
    """Return the names that a program of the desktop gives, none if the user has cancelled.

    None: there is no such program, or it has failed.
    """
    if parent.tk.call("tk", "windowingsystem") != "x11" or os.environ.get(FORCE_VARIABLE) == "tk":
        return None
    window = str(parent.winfo_toplevel().winfo_id())
    for name, arguments in _programs():
        path = shutil.which(name)
        if path is not None:
            return _Program(parent, [path, *arguments(request, window)]).run()
    return None


def _programs() -> list[tuple[str, Callable[[_Request, str], list[str]]]]:
    """Return the programs with what makes their arguments, the desktop's own first."""
    programs: list[tuple[str, Callable[[_Request, str], list[str]]]] = [
        ("zenity", _zenity_arguments),
        ("kdialog", _kdialog_arguments),
    ]
    is_qt = {"KDE", "LXQt"} & set(os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"))
    return programs[::-1] if is_qt else programs


def _zenity_arguments(request: _Request, window: str) -> list[str]:
    """Return zenity's arguments; `window` is the X11 window that the dialog belongs to."""
    kinds = {
        "open": [],
        "open several": ["--multiple", "--separator=\n"],
        "save": ["--save", "--confirm-overwrite"],
        "folder": ["--directory"],
    }
    return [
        "--file-selection",
        f"--title={request.title}",
        f"--attach={window}",
        "--modal",
        *kinds[request.kind],
        f"--filename={request.start}",
        *(f"--file-filter={name} | {patterns}" for name, patterns in request.types),
    ]


def _kdialog_arguments(request: _Request, window: str) -> list[str]:
    """Return kdialog's arguments; `window` is the X11 window that the dialog belongs to."""
    kinds = {
        "open": ["--getopenfilename"],
        "open several": ["--multiple", "--separate-output", "--getopenfilename"],
        "save": ["--getsavefilename"],
        "folder": ["--getexistingdirectory"],
    }
    filters = "\n".join(f"{name} ({patterns})" for name, patterns in request.types)
    return [
        *("--title", request.title, "--attach", window),
        *(*kinds[request.kind], request.start),
        *([filters] if filters else []),
    ]


class _Program:
    """A program that shows a dialog while the program's own windows take no input.

    Escape there ends it too, should it hang.
    """

    def __init__(self, parent: tk.Misc, command: list[str]) -> None:
        self._parent = parent.winfo_toplevel()
        self._command = command
        self._names: list[str] | None = []

    def run(self) -> list[str] | None:
        """Return the lines that the program prints; None if it fails."""
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=system_environment(),
            )
        except OSError:
            return None
        blocker, before = tk.Frame(self._parent, width=1, height=1), self._parent.focus_get()
        blocker.place(x=0, y=0)
        blocker.bind("<Escape>", lambda _event: blocker.destroy())

        def ended(output: bytes) -> None:
            if not blocker.winfo_exists():
                return
            names = output.decode(sys.getfilesystemencoding(), "surrogateescape").splitlines()
            known = {_ANSWERED: names, _CANCELLED: []}
            self._names = known.get(process.returncode)
            blocker.destroy()

        run_in_thread(self._parent, lambda: process.communicate()[0], ended, lambda _problem: None)
        self._parent.update_idletasks()
        with contextlib.suppress(tk.TclError):  # the window may be an icon now
            blocker.grab_set()
        blocker.focus_set()
        self._parent.wait_window(blocker)
        process.terminate()
        with contextlib.suppress(tk.TclError):  # the program was closed meanwhile
            if before is not None and before.winfo_exists():
                before.focus_set()
        return self._names
