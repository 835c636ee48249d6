"""The colours: readable, and told apart with every common kind of colour blindness."""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.ui.theme.palette import DARK, LIGHT, Palette

Colour = NDArray[np.float64]
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB; and no deficiency.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopes": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopes": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])


def linear(colour: str) -> Colour:
    """Return a colour such as "#0b62c4" as linear RGB (IEC 61966-2-1)."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    lights = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(seen: Colour) -> Colour:
    """Return CIE L*a*b* of linear RGB, white D65."""
    xyz = TO_XYZ @ np.clip(seen, 0, 1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(palette: Palette) -> None:
    for ground in (palette.ground, palette.raised, palette.paper):
        for text in (palette.text, palette.muted, palette.best, palette.doubt, palette.problem):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for ground in (palette.best, palette.doubt, palette.problem):  # labels of a number's digits
        assert contrast(palette.on_best, ground) >= 4.5, ground
    for text in (palette.text, palette.muted):  # in the groove of a segmented control
        assert contrast(text, palette.track) >= 4.5, text
    for ground in (palette.hover, palette.pressed):
        assert contrast(palette.text, ground) >= 4.5, ground
    assert contrast(palette.ink, palette.paper) >= 15


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_stand_out_from_their_tracks(palette: Palette) -> None:
    for bar in (palette.bar, palette.best, palette.doubt):
        assert contrast(bar, palette.track) >= 3.0, bar


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("people", list(SEEN_BY))
def test_bars_are_told_apart(palette: Palette, people: str) -> None:
    names = ("track", "bar", "best", "doubt")
    seen = [lab(SEEN_BY[people] @ linear(getattr(palette, name))) for name in names]
    for one in range(len(names)):
        for other in range(one):
            difference = float(np.linalg.norm(seen[one] - seen[other]))
            assert difference >= 15, f"{names[one]} and {names[other]}: {difference:.0f}"
