"""Tk's own dialogs."""

from tkinter import filedialog, messagebox

import pytest

from tests.app.ui.conftest import Driver


def test_the_file_dialog_offers_to_show_hidden_files(driver: Driver) -> None:
    call = driver.root.tk.call
    if call("tk", "windowingsystem") != "x11":
        pytest.skip("other systems have dialogs of their own")
    assert int(call("set", "::tk::dialog::file::showHiddenBtn")) == 1
    assert int(call("set", "::tk::dialog::file::showHiddenVar")) == 0


def press_return(driver: Driver, button: str) -> None:
    """Focus a button of a dialog of Tk's once it is open, and press Return."""
    call = driver.root.tk.call
    if call("tk", "windowingsystem") != "x11":
        pytest.skip("other systems have dialogs of their own")

    def press() -> None:
        dialog = str(call("grab", "current"))
        if not dialog or not call("winfo", "viewable", button):
            driver.root.after(10, press)
            return
        call("focus", "-force", button)
        driver.root.update()
        call("event", "generate", button, "<Return>")

    driver.root.after(10, press)


def test_return_presses_the_focused_button_of_a_message(driver: Driver) -> None:
    press_return(driver, ".__tk__messagebox.no")
    assert not messagebox.askyesno("Inkling", "?", parent=driver.root, default="yes")
    press_return(driver, ".__tk__messagebox.yes")
    assert messagebox.askyesno("Inkling", "?", parent=driver.root)


def test_return_presses_the_focused_button_of_the_file_dialog(driver: Driver) -> None:
    press_return(driver, ".__tk_filedialog.contents.f2.cancel")
    assert not filedialog.askopenfilename(parent=driver.root)
