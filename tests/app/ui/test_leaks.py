"""What the user does again and again leaves no Tcl commands and no images behind."""

import gc
from collections.abc import Callable

import pytest

from app.ui.menu.action import actions
from tests.app.ui.conftest import Driver

_TIMES = 6


def switch_number(driver: Driver) -> None:
    for on in (True, False):
        driver.window.selection.switch(on)
        driver.settle()


def change_alphabet(driver: Driver) -> None:
    switch = driver.window.toolbar.alphabet
    for index in (1, 0):
        switch.open()
        driver.root.update()
        assert switch.menu is not None
        switch.menu.unpost()
        switch.menu.invoke(index)
        driver.settle()


def change_theme(driver: Driver) -> None:
    for theme in ("dark", "light"):
        driver.window.features.appearance.set_theme(theme)
        driver.settle()


def change_language(driver: Driver) -> None:
    for name in ("zh_CN", "en"):
        driver.window.features.appearance.set_language(name)
        driver.settle()


def change_size(driver: Driver) -> None:
    for zoom in (1.25, 1.0):
        driver.window.features.appearance.zoom_to(zoom)
        driver.settle()


def open_and_close(driver: Driver) -> None:
    items = (item for menu in driver.window.features.menus() for item in actions(menu.items()))
    wanted = {"Choose…", "My Samples…", "Settings…", "Keyboard Shortcuts", "About Inkling"}
    opened = [action for action in items if action.label in wanted]
    assert len(opened) == len(wanted)
    for action in opened:
        action.run()
        driver.settle()
    for child in driver.root.winfo_children():
        if child.winfo_class() == "Toplevel":
            child.destroy()


@pytest.mark.parametrize(
    "act",
    [switch_number, change_alphabet, change_theme, change_language, change_size, open_and_close],
)
@pytest.mark.usefixtures("characters")
def test_it_leaves_nothing_behind(driver: Driver, act: Callable[[Driver], None]) -> None:
    driver.seven()

    def count() -> dict[str, int]:
        driver.canvas = driver.window.sketchpad.canvas
        driver.settle()
        driver.root.update()
        gc.collect()
        commands = ("info commands", "image names", "after info")
        return {one: len(driver.root.tk.splitlist(driver.root.tk.eval(one))) for one in commands}

    act(driver)
    act(driver)
    before = count()
    for _turn in range(_TIMES):
        act(driver)
    after = count()
    # Timers come and go: fewer than one each time are no leak.
    assert {name: after[name] - before[name] < _TIMES for name in after} == dict.fromkeys(
        after, True
    ), (
        before,
        after,
    )
