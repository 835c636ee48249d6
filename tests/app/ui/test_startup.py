"""What the start leaves for later is there once the window is up."""

import json
import os
import shutil
import subprocess
import sys
import tkinter as tk
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.resources import APP
from app.ui import startup
from app.ui.main_window import MainWindow
from app.ui.startup import start_the_rest
from tests.app.ui.conftest import Driver


def test_input_methods_come_and_leftovers_go_when_the_window_is_up(
    root: tk.Tk, profile: Path
) -> None:
    if root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("Tk asks for input methods on X11 only")
    window = MainWindow(root, profile)
    root.deiconify()
    root.update()
    assert not root.tk.call("tk", "useinputmethods", "-displayof", root)
    profile.mkdir(exist_ok=True)
    left = profile / f".inkling-{10**30}-left-by-a-killed-program.tmp"
    left.write_bytes(b"")
    report = root.report_callback_exception
    start_the_rest(window, profile)
    root.report_callback_exception = report
    driver = Driver(window)
    driver.until(lambda: bool(root.tk.call("tk", "useinputmethods", "-displayof", root)))
    driver.until(lambda: window.recognition.is_ready)
    assert not left.exists()
    window.close(remember=False)


def test_the_widgets_are_made_in_the_theme_and_not_told_of_it(root: tk.Tk, profile: Path) -> None:
    told: list[str] = []
    root.bind_all("<<ThemeChanged>>", lambda event: told.append(str(event.widget)))
    MainWindow(root, profile)
    root.deiconify()
    root.update()
    assert set(told) <= {"."}


def test_what_the_menus_open_is_made_when_the_window_is_up(root: tk.Tk, profile: Path) -> None:
    window = MainWindow(root, profile)
    bar = window.menu_bar.bar
    names = [bar.entrycget(index, "label") for index in range(5)]
    assert names == ["File", "Edit", "View", "Model", "Help"]
    assert not bar.winfo_children()
    window.complete()
    opened = [bar.entrycget(index, "menu") for index in range(5)]
    assert opened == [str(menu) for menu in bar.winfo_children()]


def test_tcl_keeps_its_encoding_on_windows(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> None:
    former = root.tk.call("encoding", "system")
    root.tk.call("encoding", "system", "cp1252")
    monkeypatch.setattr(sys, "platform", "win32")
    startup._use_utf8_file_names(root)
    assert root.tk.call("encoding", "system") == "cp1252"
    root.tk.call("encoding", "system", former)


def test_files_that_the_finder_sends_at_the_start_are_opened(
    root: tk.Tk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def start_the_rest(window: MainWindow, _profile: Path | None) -> None:
        root.tk.call("tk::mac::OpenDocument", "/a b.ink", "/c.ink")
        vars(window)["features"] = SimpleNamespace(batch=SimpleNamespace(take=opened.extend))
        root.after(1, root.destroy)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(startup, "open_root", lambda: root)
    monkeypatch.setattr(startup, "start_the_rest", start_the_rest)
    startup.run((), None, 0.0, trace=False)
    assert opened == [Path("/a b.ink"), Path("/c.ink")]


@pytest.mark.usefixtures("root")  # skips without a display
def test_it_opens_quietly_in_a_folder_with_any_name_in_the_c_locale(tmp_path: Path) -> None:
    folder = tmp_path / "Häuschen 家"
    for name in ("app", "assets", "models"):
        ignored = shutil.ignore_patterns("__pycache__", "*.keras")
        shutil.copytree(APP.parent / name, folder / name, ignore=ignored)
    display = {key: os.environ[key] for key in ("DISPLAY", "XAUTHORITY") if key in os.environ}
    # As in a built program: Python uses UTF-8, and does not tell Tcl so.
    python = {"PYTHONUTF8": "1", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "app", "--trace-startup"],
        env={"PATH": os.defpath, "HOME": str(tmp_path), **display, **python},
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["recogniser_ms"] is not None
