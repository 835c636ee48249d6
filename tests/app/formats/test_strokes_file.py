"""The strokes file and strokes in JSON: round trip, and one error message for bad ones."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InkError
from app.formats.drawing_file import encode_drawing, parse_drawing
from app.formats.strokes_file import strokes_from_json
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import MAX_POINTS, Point, Stroke

numbers = st.floats(-9e3, 9e3).map(lambda value: round(value, 3))
points = st.tuples(numbers, numbers, st.floats(0, 1e6).map(lambda t: round(t, 1)))
strokes = st.builds(
    lambda line, width: Stroke(tuple(Point(*point) for point in line), width),
    st.lists(points, min_size=1, max_size=8),
    st.floats(0.5, 50),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
A_FILE: dict[str, Any] = {
    "format": "inkling-strokes",
    "version": 1,
    "width": 100,
    "height": 50,
    "strokes": [{"width": 3, "points": [[1, 2, 3], [4, 5, 6]]}],
}


@given(st.lists(strokes, max_size=4))
def test_what_is_written_is_read_back(drawn: list[Stroke]) -> None:
    content = Content(strokes=tuple(drawn))
    extent = content.extent
    back = parse_drawing(encode_drawing(content))
    millionth = 1e-6 * max(extent.right - extent.left, extent.bottom - extent.top)
    assert [stroke.width for stroke in back.strokes] == [stroke.width for stroke in drawn]
    for before, after in zip(drawn, back.strokes, strict=True):
        for a, b in zip(before.points, after.points, strict=True):
            moved = (a.x - extent.left, a.y - extent.top)
            assert (b.x, b.y) == pytest.approx(moved, abs=millionth)
            assert b.t == a.t


def test_a_file_by_the_public_description_is_read() -> None:
    content = parse_drawing(json.dumps(A_FILE))
    assert content.page == Rect(0, 0, 100, 50)
    assert content.strokes == (Stroke((Point(1, 2, 3), Point(4, 5, 6)), 3.0),)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_give_a_drawing_or_an_error(data: bytes | str) -> None:
    try:
        parse_drawing(data)
    except InkError as error:
        assert str(error)


@given(json_values)
def test_any_json_gives_strokes_or_an_error(value: Any) -> None:
    try:
        result = strokes_from_json(value)
    except InkError as error:
        assert str(error)
    else:
        assert all(stroke.points for stroke in result)


@given(st.sampled_from(sorted(A_FILE)), json_values)
def test_any_value_of_a_key_gives_a_drawing_or_an_error(key: str, value: Any) -> None:
    try:
        content = parse_drawing(json.dumps({**A_FILE, key: value}))
    except InkError as error:
        assert str(error)
    else:
        assert content.page.right > 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, "version 2"),
        ({"version": True}, "version"),
        ({"format": "other"}, "not an Inkling strokes file"),
        ({"width": 0}, "positive"),
        ({"height": "tall"}, "numbers"),
        ({"strokes": None}, "no list"),
        ({"strokes": [{"points": []}]}, "no points"),
        ({"strokes": [{"points": [[1]]}]}, "[x, y]"),
        ({"strokes": [{"points": [[1, float("nan")]]}]}, "finite"),
        ({"strokes": [{"points": [[1, float("inf")]]}]}, "finite"),
        ({"strokes": [{"points": [[1, 1e9]]}]}, "too far"),
        ({"strokes": [{"width": -1, "points": [[1, 2]]}]}, "width"),
    ],
)
def test_the_error_names_what_is_wrong(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InkError, match=said.replace("[", r"\[")):
        parse_drawing(json.dumps({**A_FILE, **change}))


def test_a_million_points_are_refused_and_negative_ones_are_not() -> None:
    with pytest.raises(InkError, match="more than 200,000 points"):
        strokes_from_json([[[1.0, 2.0]] * 1_000_000])
    assert MAX_POINTS == 200_000
    assert strokes_from_json([[[-5, -7]]])[0].points == (Point(-5, -7, 0),)


def test_deep_nesting_is_no_crash() -> None:
    with pytest.raises(InkError):
        parse_drawing("[" * 100_000)


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e7])
def test_the_unit_of_the_page_does_not_matter(size: float) -> None:
    stroke = Stroke.of([(-size, 0.31234 * size), (size, size)], width=size / 10)
    back = parse_drawing(encode_drawing(Content(page=Rect(0, 0, size, size), strokes=(stroke,))))
    (first, last) = back.strokes[0].points
    assert last.x - first.x == pytest.approx(2 * size, rel=1e-5)
    assert last.y - first.y == pytest.approx(0.68766 * size, rel=1e-5)
