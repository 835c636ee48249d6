"""Tk's own dialogs."""

import pytest

from tests.app.ui.conftest import Driver


def test_the_file_dialog_offers_to_show_hidden_files(driver: Driver) -> None:
    call = driver.root.tk.call
    if call("tk", "windowingsystem") != "x11":
        pytest.skip("other systems have dialogs of their own")
    assert int(call("set", "::tk::dialog::file::showHiddenBtn")) == 1
    assert int(call("set", "::tk::dialog::file::showHiddenVar")) == 0
