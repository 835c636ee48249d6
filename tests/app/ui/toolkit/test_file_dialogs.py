"""File dialogs by zenity and kdialog: stand-ins for both lie in PATH."""

import sys
import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.ui.toolkit import file_dialogs
from app.ui.toolkit.file_dialogs import ask_file, ask_files, ask_folder, ask_save_name

TYPES = [("Pictures", "*.png *.jpg"), ("All files", "*")]
Install = Callable[..., Path]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these programs")


@pytest.fixture
def install(
    root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Path]:
    """Return what puts a program into PATH that keeps its arguments, and runs a shell script."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv(file_dialogs.FORCE_VARIABLE)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    root.deiconify()
    root.update()

    def install(name: str, script: str) -> Path:
        arguments = tmp_path / f"{name} arguments"
        program = folder / name
        program.write_text(
            f'#!/bin/sh\nPATH=/usr/bin:/bin\nprintf "%s\\n" "$@" > "{arguments}"\n{script}\n'
        )
        program.chmod(0o755)
        return arguments

    return install


@pytest.fixture
def by_tk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace Tk's dialogs; the list of those that were opened."""
    opened: list[str] = []
    for name in ("askopenfilename", "askopenfilenames", "asksaveasfilename", "askdirectory"):

        def ask(name: str = name, **_words: object) -> str:
            opened.append(name)
            return ""

        monkeypatch.setattr(f"tkinter.filedialog.{name}", ask)
    return opened


def test_zenity_is_asked_for_files(root: tk.Tk, install: Install, by_tk: list[str]) -> None:
    arguments = install("zenity", 'printf "/a b/one.png\\n/tmp/二.png\\n"')
    names = ask_files(root, title="Open", filetypes=TYPES, initialdir="/home/hand")
    assert names == ("/a b/one.png", "/tmp/二.png") and not by_tk
    given = arguments.read_text().splitlines()
    assert {"--file-selection", "--multiple", "--title=Open", "--filename=/home/hand/"} <= {*given}
    assert "--file-filter=Pictures | *.png *.jpg" in given
    assert f"--attach={root.winfo_id()}" in given


def test_kdialog_is_asked_on_a_qt_desktop(
    root: tk.Tk, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    install("zenity", "exit 1")
    arguments = install("kdialog", "echo /tmp/folder")
    assert ask_folder(root, title="Open Folder", initialdir="/home") == "/tmp/folder"
    assert arguments.read_text().splitlines()[-2:] == ["--getexistingdirectory", "/home/"]
    assert ask_file(root, title="Import", filetypes=TYPES) == "/tmp/folder"
    assert arguments.read_text().endswith("./\nPictures (*.png *.jpg)\nAll files (*)\n")


def test_a_suffix_is_added_and_a_file_that_has_it_is_asked_about(
    root: tk.Tk, install: Install, tmp_path: Path
) -> None:
    arguments = install("zenity", f"echo {tmp_path}/drawing")
    ask = partial(ask_save_name, root, title="Save As", filetypes=TYPES, defaultextension=".ink")
    kept = tmp_path / "drawing.ink"
    assert ask(initialfile="seven.ink") == str(kept)
    assert {"--save", "--confirm-overwrite"} <= {*arguments.read_text().splitlines()}
    assert "--filename=./seven.ink" in arguments.read_text()
    kept.write_bytes(b"mine")
    suggested = f"--filename={kept}"
    install(  # asked again with the whole name, the user agrees
        "zenity", f'case "$*" in *{suggested}*) echo {kept};; *) echo {tmp_path}/drawing;; esac'
    )
    assert ask() == str(kept)
    assert suggested in arguments.read_text()


def test_cancel_is_no_file_and_no_second_dialog(
    root: tk.Tk, install: Install, by_tk: list[str]
) -> None:
    install("zenity", "exit 1")
    assert ask_files(root, title="Open", filetypes=TYPES) == ()
    assert ask_save_name(root, title="Save", filetypes=TYPES, defaultextension=".ink") == ""
    assert by_tk == []


@pytest.mark.parametrize("script", ["exit 255", "kill -9 $$"])
def test_tk_opens_its_own_where_the_program_fails(
    root: tk.Tk, install: Install, by_tk: list[str], script: str
) -> None:
    install("zenity", script)
    assert ask_file(root, title="Import", filetypes=TYPES) == ""
    assert by_tk == ["askopenfilename"]


def test_tk_opens_its_own_without_a_program_and_where_it_is_wanted(
    root: tk.Tk, install: Install, by_tk: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask_folder(root, title="Open Folder") == ""  # nothing is installed
    install("zenity", "echo /tmp/folder")
    assert ask_folder(root, title="Open Folder") == "/tmp/folder"
    monkeypatch.setenv(file_dialogs.FORCE_VARIABLE, "tk")
    assert ask_folder(root, title="Open Folder") == ""
    assert by_tk == ["askdirectory", "askdirectory"]


def test_escape_ends_a_program_that_hangs(root: tk.Tk, install: Install, by_tk: list[str]) -> None:
    entry = tk.Entry(root)
    entry.pack()
    entry.focus_force()
    root.update()
    install("zenity", "exec sleep 60")

    def press_escape() -> None:
        blocker = root.tk.call("grab", "current")
        assert blocker  # the window takes no other input
        root.tk.call("focus", "-force", blocker)
        root.update()
        root.tk.call("event", "generate", blocker, "<Escape>")

    root.after(50, press_escape)
    assert ask_files(root, title="Open", filetypes=TYPES) == () and by_tk == []
    assert not root.tk.call("grab", "current") and root.focus_get() is entry
