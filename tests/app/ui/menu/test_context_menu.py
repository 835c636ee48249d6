"""Context menus of the canvas, the samples and the models."""

import tkinter as tk

import pytest

from app.ui.menu.context_menu import ContextMenu
from app.ui.models.window import ModelsWindow
from app.ui.samples.window import SamplesWindow
from tests.app.ui.conftest import Driver
from tests.app.ui.numbers import chosen, write_751


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The places where menus would appear: none grabs the pointer."""
    places: list[tuple[int, int]] = []
    monkeypatch.setattr(tk.Menu, "tk_popup", lambda _menu, x, y: places.append((x, y)))
    return places


def entries(menu: tk.Menu) -> list[str]:
    kinds = [menu.type(index) for index in range((menu.index("end") or 0) + 1)]
    return [
        str(menu.entrycget(index, "label"))
        for index, kind in enumerate(kinds)
        if kind != "separator"
    ]


def choose(menu: ContextMenu, label: str) -> None:
    menu.menu.invoke(label)


def test_the_canvas_has_a_menu_by_button_and_key(
    driver: Driver, shown: list[tuple[int, int]]
) -> None:
    driver.seven()
    driver.settle()
    driver.canvas.event_generate("<Button-3>", x=5, y=5)
    driver.root.update()
    menu = driver.window.features.canvas_menu
    assert len(shown) == 1 and entries(menu.menu)[0] == "This Drawing Is"
    choose(menu, "Clear")
    assert driver.window.document.is_blank
    driver.key("<Shift-F10>")
    assert len(shown) == 2 and menu.menu.entrycget("Clear", "state") == "disabled"


def test_the_menu_of_a_numbers_box_is_about_its_digit(driver: Driver) -> None:
    write_751(driver)
    driver.canvas.event_generate("<Button-3>", x=60, y=155)
    driver.root.update()
    assert chosen(driver) == "7"
    assert entries(driver.window.features.canvas_menu.menu)[0] == "This Digit Is"


def test_samples_and_models_have_menus(driver: Driver) -> None:
    driver.seven()
    driver.key("<Key-7>")
    driver.settle()
    samples = driver.window.features.show("samples")
    models = driver.window.features.show("models")
    assert isinstance(samples, SamplesWindow) and isinstance(models, ModelsWindow)
    driver.settle()
    samples.grid.canvas.event_generate("<Button-3>", x=40, y=40)
    driver.root.update()
    assert len(samples.grid.selected) == 1
    choose(samples.menu, "Delete")
    driver.settle()
    assert not samples.grid.selected
    models.frame.focus_force()
    models._list.event_generate("<Button-3>", x=20, y=40)
    driver.root.update()
    assert models.menu.menu.entrycget("Rename…", "state") == "disabled", "the shipped model"
    assert "Training Curves…" in entries(models.menu.menu)
