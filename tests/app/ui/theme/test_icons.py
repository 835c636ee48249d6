"""The toolbar's icons: the masks are what the script draws, and take every colour."""

import io
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.resources import asset
from app.ui.theme import icons
from app.ui.theme.palette import DARK, LIGHT
from app.ui.theme.shapes import rgb
from tests.app.ui.conftest import Driver

SCRIPT = Path(__file__).parents[4] / ".ci" / "draw-toolbar-icons"


def mask(size: int) -> Path:
    """Return the path of the mask with icons of this side."""
    return asset("icons") / "masks" / f"{size}.png"


def test_the_masks_are_what_the_script_draws() -> None:
    script = runpy.run_path(str(SCRIPT))
    assert script["SIZES"] == icons.SIZES
    assert tuple(sorted(path.stem for path in asset("icons").glob("*.svg"))) == icons.NAMES
    for size in (18, 36):
        drawn, kept = np.asarray(script["draw"](size)), np.asarray(Image.open(mask(size)))
        assert (drawn == kept).all()
        assert all(icon.max() > 200 for icon in np.split(kept, len(icons.NAMES)))
    assert all(mask(size).is_file() for size in icons.SIZES)


def test_a_mask_becomes_a_picture_in_one_colour() -> None:
    data = mask(18).read_bytes()
    coloured = np.asarray(Image.open(io.BytesIO(icons.coloured(data, "#0069a8"))).convert("RGBA"))
    assert (coloured[..., 3] == np.asarray(Image.open(io.BytesIO(data)))).all()
    assert (coloured[coloured[..., 3] > 0][:, :3] == rgb("#0069a8")).all()
    other = io.BytesIO()
    Image.new("RGB", (2, 2)).save(other, "PNG")
    with pytest.raises(ValueError, match="grey"):
        icons.coloured(other.getvalue(), "#0069a8")


def test_icons_follow_scale_and_palette(driver: Driver) -> None:
    call, split = driver.root.tk.call, driver.root.tk.splitlist
    appearance = driver.window.features.appearance

    def colours() -> set[tuple[int, ...]]:
        side = int(call("image", "width", "icon-undo-2-text"))
        return {
            tuple(map(int, split(call("icon-undo-2-text", "get", x, y))))
            for x in range(side)
            for y in range(side)
            if not call("icon-undo-2-text", "transparency", "get", x, y)
        }

    for theme, palette in (("light", LIGHT), ("dark", DARK)):
        appearance.set_theme(theme)
        assert colours() == {rgb(palette.text)}
    appearance.zoom_to(2.0)
    assert int(call("image", "width", driver.window.toolbar.undo_button.cget("image")[0])) == 36
    assert colours() == {rgb(DARK.text)}
