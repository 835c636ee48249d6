"""The shapes of controls: every state is seen, in every scale and palette."""

import tkinter as tk

from app.ui.theme import indicators
from app.ui.theme.palette import DARK, LIGHT
from app.ui.theme.shapes import rgb
from app.ui.theme.theme import Theme
from tests.app.ui.conftest import Driver


def image(root: tk.Tk, name: str, state: str = "") -> str:
    """Return the image of an element in a state; ttk takes the first that applies."""
    full = f"x100.{name} {state}".rstrip()
    assert full in root.tk.splitlist(root.tk.call("image", "names")), full
    return full


def pixel(root: tk.Tk, name: str, x: int, y: int) -> tuple[int, ...]:
    """Return the red, green and blue of an image's pixel."""
    return tuple(map(int, root.tk.splitlist(root.tk.call(name, "get", x, y))))


def test_every_state_of_a_button_looks_different(driver: Driver) -> None:
    states = "", "active", "pressed", "focus", "focus active", "disabled"
    for name in ("Button.shape", "Main.shape", "Filter.shape"):
        looks = {
            tuple(pixel(driver.root, image(driver.root, name, state), 20, y) for y in (0, 1, 8))
            for state in states
        }
        assert len(looks) == len(states), name


def test_a_disabled_button_keeps_its_edge(driver: Driver) -> None:
    for name in ("Button.shape", "Main.shape", "Field.shape"):
        shape = image(driver.root, name, "disabled")
        assert pixel(driver.root, shape, 20, 0) != pixel(driver.root, shape, 20, 8)


def test_corners_are_round_and_smooth(driver: Driver) -> None:
    shape = image(driver.root, "Main.shape")
    row = [pixel(driver.root, shape, x, 0) for x in range(8)]
    assert row[0] == rgb(LIGHT.ground) and row[7] == rgb(LIGHT.best)
    assert any(rgb(LIGHT.best)[0] < red < rgb(LIGHT.ground)[0] for red, _green, _blue in row)


def test_controls_follow_scale_and_palette(driver: Driver) -> None:
    appearance, root = driver.window.features.appearance, driver.root
    appearance.set_theme("light")
    button = driver.window.toolbar.clear_button
    height = button.winfo_reqheight()
    for zoom in (2.0, 1.0):
        appearance.zoom_to(zoom)
        px = driver.window.theme.px
        for kind in ("Checkbutton", "Radiobutton"):
            box = f"x{round(100 * zoom)}.{kind}.indicator"
            assert int(root.tk.call("image", "height", box)) == px(18)
        assert int(root.tk.call("image", "height", indicators.MENU_TICK)) == px(24)
        assert abs(driver.window.toolbar.clear_button.winfo_reqheight() - zoom * height) <= 3
    assert pixel(root, image(root, "Checkbutton.indicator"), 9, 9) == rgb(LIGHT.raised)
    appearance.set_theme("dark")
    assert pixel(root, image(root, "Checkbutton.indicator"), 9, 9) == rgb(DARK.raised)


def test_arrow_keys_choose_in_a_segmented_control(driver: Driver) -> None:
    bar, preferences = driver.window.toolbar, driver.window.preferences
    bar.digit_button.focus_force()
    driver.root.update()
    bar.digit_button.event_generate("<Right>")
    driver.root.update()
    assert preferences.settings.number and driver.root.focus_get() is bar.number_button
    bar.number_button.event_generate("<Right>")  # around the end
    driver.root.update()
    assert not preferences.settings.number and driver.root.focus_get() is bar.digit_button
    assert bar.alphabet.tk_focusNext() is bar.digit_button  # Tab leads to the chosen one alone


def test_no_image_of_a_control_is_empty(root: tk.Tk) -> None:
    theme = Theme(root)
    theme.complete()
    names = [name for name in root.image_names() if "x100." in name]
    sides = {name: root.tk.call("image", "width", name) for name in names}
    assert {name.startswith("first.") for name in names} == {True, False}
    assert all(int(side) > 0 for side in sides.values()), sides  # else Tk tiles them for ever
