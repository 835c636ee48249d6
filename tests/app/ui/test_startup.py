"""What the start leaves for later is there once the window is up."""

import tkinter as tk
from pathlib import Path

import pytest

from app.ui.main_window import MainWindow
from app.ui.startup import start_the_rest
from tests.app.ui.conftest import Driver


def test_input_methods_come_when_the_window_is_up(root: tk.Tk, profile: Path) -> None:
    if root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("Tk asks for input methods on X11 only")
    window = MainWindow(root, profile)
    root.deiconify()
    root.update()
    assert not root.tk.call("tk", "useinputmethods", "-displayof", root)
    report = root.report_callback_exception
    start_the_rest(window, profile)
    root.report_callback_exception = report
    driver = Driver(window)
    driver.until(lambda: bool(root.tk.call("tk", "useinputmethods", "-displayof", root)))
    driver.until(lambda: window.recognition.is_ready)
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
