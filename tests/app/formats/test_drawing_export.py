"""Drawings for others: every kind of file holds what is seen."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

import app.formats.drawing_export
from app.errors import InkError
from app.formats.drawing_export import export_drawing
from app.formats.drawing_file import parse_drawing
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.ink.viewport import fit_viewport

SVG = "{http://www.w3.org/2000/svg}"
CONTENT = Content(strokes=(Stroke.of([(50.0, 60.0), (300.0, 350.25)]), Stroke.of([(9.0, 9.0)], 8)))
VIEW = fit_viewport(CONTENT.extent, 200, 200)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".jpeg"])
def test_a_picture_has_the_pixels_that_are_seen(suffix: str) -> None:
    with Image.open(BytesIO(export_drawing(suffix, CONTENT, VIEW))) as picture:
        seen = np.asarray(picture, np.int16)
    assert np.abs(seen - np.asarray(render(CONTENT, VIEW), np.int16)).max() <= 40
    assert seen.shape == (200, 200)


def test_strokes_stay_strokes() -> None:
    back = parse_drawing(export_drawing(".ink", CONTENT, VIEW))
    assert [len(stroke.points) for stroke in back.strokes] == [2, 1]


def test_an_svg_has_a_path_for_each_stroke() -> None:
    root = ElementTree.fromstring(export_drawing(".svg", CONTENT, VIEW))
    paths = root.findall(f".//{SVG}path")
    assert [path.get("d") for path in paths] == ["M50 60 L300 350.25", "M9 9 L9 9"]
    assert [path.get("stroke-width") for path in paths] == ["16", "8"]
    assert root.get("viewBox") == "0 0 400 400"
    assert root.findall(f".//{SVG}image") == []


def test_an_svg_has_the_curve_of_a_stroke() -> None:
    arc = Content(strokes=(Stroke.of([(0.0, 100.0), (200.0, 0.0), (300.0, 100.0)]),))
    root = ElementTree.fromstring(export_drawing(".svg", arc, VIEW))
    paths = [path.get("d") for path in root.findall(f".//{SVG}path")]
    assert paths == [
        "M0 100 C33.842 35.411 128.024 -11.68 200 0 C257.24 9.289 290.711 42.76 300 100"
    ]


def test_an_svg_holds_the_picture_under_the_strokes() -> None:
    content = Content(Rect(0, 0, 400, 200), CONTENT.strokes, Image.new("RGB", (40, 20), "red"))
    root = ElementTree.fromstring(export_drawing(".svg", content, VIEW))
    (picture,) = root.findall(f".//{SVG}image")
    assert picture.get("{http://www.w3.org/1999/xlink}href", "").startswith("data:image/png;base64")
    assert (picture.get("width"), picture.get("height")) == ("400", "200")


@pytest.mark.parametrize("suffix", ["", ".txt", ".PNG"])
def test_other_suffixes_are_refused(suffix: str) -> None:
    with pytest.raises(InkError, match="ends in"):
        export_drawing(suffix, CONTENT, VIEW)


def test_a_strokes_file_holds_the_picture_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = replace(CONTENT, background=Image.new("L", (4, 4), 100))
    back = parse_drawing(export_drawing(".ink", content, VIEW))
    assert back.background is not None and back.background.getpixel((0, 0)) == 100
    monkeypatch.setattr(app.formats.drawing_export, "MAX_STROKES_BYTES", 10)
    with pytest.raises(InkError, match="16 MB"):
        export_drawing(".ink", content, VIEW)
