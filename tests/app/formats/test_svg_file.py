"""The program's own SVG opens again; others and damaged ones give one sentence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import app.formats.svg_file
from app.errors import InkError
from app.file_reader import read_content
from app.formats.folder_scan import find_files
from app.formats.svg_file import drawing_in_svg, svg_of
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.renderer import render
from app.ink.stroke import Stroke

CONTENT = Content(
    strokes=(Stroke.of([(50, 60, 0), (300, 350.25, 12.5), (20, 90, 31)]), Stroke.of([(9, 9)], 8))
)
SVG = svg_of(CONTENT).encode()
LAUGHS = b"""<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>"""


def test_the_strokes_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.SVG"
    path.write_bytes(SVG)
    assert read_content(path) == CONTENT


def test_the_picture_under_them_comes_back() -> None:
    picture = Image.radial_gradient("L").resize((40, 20))
    rect = Rect(-40, 10, 200, 130)
    content = Content(Rect(0, 0, 400, 200), CONTENT.strokes, picture, rect)
    back = drawing_in_svg(svg_of(content).encode())
    assert back.background_rect is not None
    assert np.array_equal(np.asarray(render(back)), np.asarray(render(content)))


def test_another_program_may_have_laid_it_out_anew() -> None:
    text = SVG.decode().replace('<metadata id="', "<svg:metadata\n  class='x'\n  id=\"")
    text = text.replace("</metadata>", "\n</svg:metadata>").replace(
        "<svg xmlns=", "<svg xmlns:svg="
    )
    assert drawing_in_svg(text.replace("UTF-8", "UTF-16").encode("utf-16")) == CONTENT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0 L9 9'/></svg>", "no drawing of"),
        (LAUGHS, "no drawing of"),
        (SVG.replace(b"<svg", b"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg"), "no drawing of"),
        (SVG[:-30], "SVG is damaged"),
        (SVG.replace(b"UTF-8", b"none"), "SVG is damaged"),
        (b"<svg>&other;</svg>", "SVG is damaged"),
        (SVG.replace(b"inkling-strokes", b"other"), "strokes file"),
        (SVG.replace(b'"version":1', b'"version":2'), "version 2"),
        (SVG.replace(b'"format"', b"format"), "not a drawing"),
    ],
)
def test_others_give_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(InkError, match=message):
        drawing_in_svg(data)


def test_a_large_one_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(app.formats.svg_file, "MAX_SVG_BYTES", 100)
    with pytest.raises(InkError, match="larger than 64 MB"):
        drawing_in_svg(SVG)
    monkeypatch.setattr("app.file_reader.MAX_SVG_BYTES", 100)
    (tmp_path / "a.svg").write_bytes(SVG)
    with pytest.raises(InkError, match="larger than 64 MB"):
        read_content(tmp_path / "a.svg")
    monkeypatch.setattr(app.formats.svg_file, "MAX_STROKES_BYTES", 100)
    assert "metadata" not in svg_of(CONTENT)


@given(st.integers(0, len(SVG)), st.integers(0, 200), st.binary(max_size=20))
def test_damage_gives_a_drawing_or_a_sentence(start: int, length: int, inside: bytes) -> None:
    try:
        content = drawing_in_svg(SVG[:start] + inside + SVG[start + length :])
    except InkError as error:
        assert str(error)
    else:
        assert isinstance(content, Content)


@given(st.text() | st.binary())
def test_anything_in_the_metadata_gives_a_drawing_or_a_sentence(inside: str | bytes) -> None:
    data = inside.encode("utf-8", "surrogatepass") if isinstance(inside, str) else inside
    with pytest.raises(InkError):
        drawing_in_svg(b'<svg><metadata id="inkling-drawing">' + data + b"</metadata></svg>")


def test_a_folder_has_only_the_programs_own(tmp_path: Path) -> None:
    (tmp_path / "own.svg").write_bytes(SVG)
    (tmp_path / "icon.svg").write_bytes(b"<svg/>")
    assert find_files(tmp_path, []) == [tmp_path / "own.svg"]
