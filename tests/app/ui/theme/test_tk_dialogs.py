"""Tk's own dialogs, and the images that replace Tk's own indicators."""

import pytest

from app.ui.theme import indicators
from tests.app.ui.conftest import Driver


def test_the_file_dialog_offers_to_show_hidden_files(driver: Driver) -> None:
    call = driver.root.tk.call
    if call("tk", "windowingsystem") != "x11":
        pytest.skip("other systems have dialogs of their own")
    assert int(call("set", "::tk::dialog::file::showHiddenBtn")) == 1
    assert int(call("set", "::tk::dialog::file::showHiddenVar")) == 0


def test_check_boxes_and_menu_marks_follow_scale_and_palette(driver: Driver) -> None:
    appearance, call = driver.window.features.appearance, driver.root.tk.call
    appearance.set_theme("light")
    for zoom in (2.0, 1.0):
        appearance.zoom_to(zoom)
        px = driver.window.theme.px
        assert int(call("image", "height", indicators.BOX)) == px(15)
        assert int(call("image", "height", indicators.TICKED_BOX)) == px(15)
        assert int(call("image", "height", indicators.MENU_TICK)) == px(24)
    middle = (indicators.BOX, "get", 7, 7)
    assert tuple(map(int, driver.root.tk.splitlist(call(*middle)))) == (255, 255, 255)
    appearance.set_theme("dark")
    assert tuple(map(int, driver.root.tk.splitlist(call(*middle)))) == (0x2D, 0x31, 0x38)
