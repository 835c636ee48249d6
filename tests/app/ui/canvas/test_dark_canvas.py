"""The canvas in the dark theme: light ink on dark paper, files and rasters as ever."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.file_reader import picture_content
from app.ui.theme.palette import DARK, LIGHT, Palette
from tests.app.ui.conftest import Driver

DOWN = [(100, 100), (100, 200), (100, 300)]


def shown(driver: Driver) -> Any:
    """Return the colours of what lies dry on the canvas, (height, width, 3)."""
    canvas: Any = driver.canvas
    item = next(item for item in canvas.find_all() if canvas.type(item) == "image")
    rows = driver.root.tk.call(canvas.itemcget(item, "image"), "data")
    return np.array([[list(bytes.fromhex(str(p)[1:])) for p in str(row).split()] for row in rows])


def rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


def draw(driver: Driver) -> None:
    driver.stroke(DOWN)
    canvas: Any = driver.canvas
    palette = driver.window.theme.palette
    assert {canvas.itemcget(item, "fill") for item in canvas.find_withtag("wet")} == {palette.ink}
    driver.until(lambda: not driver.canvas.find_withtag("wet"))
    driver.settle()


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_ink_and_paper_have_the_colours_of_the_theme(driver: Driver, palette: Palette) -> None:
    driver.window.features.appearance.set_theme("light" if palette is DARK else "dark")
    draw(driver)
    raster = driver.window.selection.prediction
    driver.window.features.appearance.set_theme("dark" if palette is DARK else "light")
    driver.settle()
    pixels = shown(driver)
    assert driver.canvas["background"] == palette.paper
    assert pixels[200, 100].tolist() == rgb(palette.ink)
    assert pixels[200, 300].tolist() == rgb(palette.paper)
    assert driver.window.selection.prediction is raster is not None
    seen = np.asarray(driver.window.sketchpad.picture())
    assert seen[200, 100] == 0 and seen[200, 300] == 255
    driver.window.document.clear()
    draw(driver)
    assert shown(driver)[200, 100].tolist() == rgb(palette.ink)


def test_a_picture_is_light_on_dark_too(driver: Driver) -> None:
    driver.window.features.appearance.set_theme("dark")
    picture = Image.new("L", (50, 50), 255)
    picture.paste(0, (20, 10, 30, 40))
    driver.window.document.replace(picture_content(picture))
    driver.settle()
    pixels = shown(driver)
    middle = pixels.shape[0] // 2, pixels.shape[1] // 2
    assert pixels[middle].tolist() == rgb(DARK.ink)
    assert pixels[10, middle[1]].tolist() == rgb(DARK.paper)
