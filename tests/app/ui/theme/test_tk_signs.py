"""The signs in Tk's own dialogs: as large as the text beside them, drawn when they are needed."""

import pytest

from tests.app.ui.conftest import Driver

KINDS = tuple(f"::tk::icons::{name}" for name in ("question", "information", "warning", "error"))


def sides(driver: Driver, *names: str) -> set[int]:
    call = driver.root.tk.call
    return {int(call("image", side, name)) for name in names for side in ("width", "height")}


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_signs_are_as_large_as_everything(driver: Driver, zoom: float) -> None:
    driver.window.features.appearance.zoom_to(zoom)
    call, px = driver.root.tk.call, driver.window.theme.px
    call("inkling_draw_kind_signs")
    call("inkling_draw_file_signs")
    assert sides(driver, *KINDS) == {px(32)}
    files = [str(call("set", f"::tk::Priv({name}Image)")) for name in ("folder", "file", "updir")]
    assert sides(driver, *files) == {px(16)}


def test_a_dialog_has_its_signs_drawn_when_it_opens(driver: Driver) -> None:
    call = driver.root.tk.call
    for what, opens in (("kind", "::tk::MessageBox"), ("file", "::tk::dialog::file::")):
        assert f"inkling_draw_{what}_signs" in str(call("trace", "info", "execution", opens))
    driver.window.features.appearance.set_theme("dark")
    driver.window.features.appearance.set_theme("light")
    traces = call("trace", "info", "execution", "::tk::MessageBox")
    assert len(driver.root.tk.splitlist(traces)) == 1
    assert int(call("set", "::tk::dialog::file::showHiddenBtn")) == 1
