"""A drawing's file: round trip of strokes and the picture under them."""

import base64
import json

import numpy as np
import pytest
from PIL import Image

from app.errors import InkError
from app.formats.drawing_file import DrawingEncoder, encode_drawing, parse_drawing
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.picture_placement import move_picture
from app.ink.renderer import render
from app.ink.stroke import Stroke

STROKES = (Stroke.of([(-50.0, 10.0), (300.0, 420.0)]), Stroke.of([(20.0, 20.0)], 8.0))


def picture(mode: str = "RGB") -> Image.Image:
    grey = np.linspace(0, 255, 60 * 40).reshape(40, 60).astype(np.uint8)
    return Image.fromarray(grey).convert(mode)


def test_strokes_come_back() -> None:
    content = Content(strokes=STROKES)
    back = parse_drawing(encode_drawing(content))
    assert back.background is None
    assert [len(stroke.points) for stroke in back.strokes] == [2, 1]
    assert np.array_equal(np.asarray(render(back)), np.asarray(render(content)))


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "CMYK", "F"])
def test_a_picture_stays_under_the_strokes(mode: str) -> None:
    content = Content(Rect(0, 0, 400, 266), STROKES, picture(mode))
    back = parse_drawing(encode_drawing(content))
    seen, before = (np.asarray(render(one), np.int16) for one in (back, content))
    assert seen.shape == before.shape
    assert np.abs(seen - before).max() <= 2


def test_a_picture_lies_where_it_was_moved() -> None:
    content = move_picture(Content(Rect(0, 0, 400, 266), STROKES, picture()), 30.0, -20.0)
    back = parse_drawing(encode_drawing(content))
    assert back.background_rect is not None
    assert back.background_rect.left - back.strokes[1].points[0].x == pytest.approx(10.0, abs=0.01)
    assert np.array_equal(np.asarray(render(back)), np.asarray(render(content)))


def test_a_picture_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, content = DrawingEncoder(), Content(background=picture())
    first = encoder.encode(content)
    monkeypatch.setattr(Image.Image, "save", None)
    assert encoder.encode(content) == first


@pytest.mark.parametrize(
    "change",
    [
        {"picture": 5},
        {"picture": "é"},
        {"picture": base64.b64encode(b"no picture").decode()},
        {"page": None},
        {"page": [0, 0, "1"]},
        {"place": 7},
        {"place": [0, 0, 1e9, 1]},
        {"place": [5, 0, 1, 1]},
        {"page": [0, 0, 0, 0]},
        {"page": [0, 0, float("inf"), 1]},
        {"strokes": 1},
    ],
)
def test_damage_is_an_error(change: dict[str, object]) -> None:
    value = json.loads(encode_drawing(Content(strokes=STROKES, background=picture())))
    with pytest.raises(InkError):
        parse_drawing(json.dumps({**value, **change}).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"{" * 9])
def test_what_is_no_drawing_is_an_error(data: bytes) -> None:
    with pytest.raises(InkError):
        parse_drawing(data)
