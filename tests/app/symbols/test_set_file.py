"""The file of a set: round trip, and a plain sentence for whatever else is given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InkError
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.symbols.set_file import encode_set, parse_set
from app.symbols.symbol import (
    MAX_NAME,
    MAX_TEXT,
    Symbol,
    checked_name,
    checked_text,
    new_drawing,
    new_symbol,
)

numbers = st.floats(-999, 999).map(lambda value: round(value, 1))
contents = st.builds(
    lambda lines: Content(strokes=tuple(Stroke.of(line) for line in lines)),
    st.lists(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4), min_size=1, max_size=3),
)
names = st.text(min_size=1, max_size=9).filter(lambda n: n.strip() and n.isprintable())
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)
symbols = st.builds(
    lambda name, text, drawn: new_symbol(name, text).with_drawings(*map(new_drawing, drawn)),
    names,
    texts,
    st.lists(contents, min_size=1, max_size=3),
)
sets = st.lists(symbols, min_size=1, max_size=3, unique_by=lambda symbol: symbol.name)
HEAD = b'{"format": "inkling-symbols", "version": 1}\n'
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "text", "format", "strokes"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(sets)
def test_what_is_written_is_read_back(drawn: list[Symbol]) -> None:
    data = encode_set(drawn)
    assert parse_set(data, trusted=True) == drawn
    read = parse_set(data)
    assert [(s.name, s.text) for s in read] == [(s.name, s.text) for s in drawn]
    assert parse_set(encode_set(read)) == read


@given(
    st.binary(max_size=80)
    | st.binary(max_size=80).map(lambda data: HEAD + data)
    | st.lists(json_values, max_size=4).map(
        lambda values: HEAD + "\n".join(map(json.dumps, values)).encode()
    )
)
def test_anything_else_is_one_error(data: bytes) -> None:
    try:
        parse_set(data)
    except InkError as error:
        assert str(error)


@given(sets, st.data())
def test_a_damaged_set_is_a_set_or_an_error(drawn: list[Symbol], data: st.DataObject) -> None:
    whole = encode_set(drawn)
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.sampled_from([whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]]))
    try:
        assert parse_set(cut)
    except InkError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "exported"),
        ([{"format": "inkling-strokes", "version": 1}], "exported"),
        ([{"format": "inkling-symbols", "version": 2}], "newest"),
        ([{"format": "inkling-symbols", "version": 1}], "1 to 500"),
        ([{"format": "inkling-symbols", "version": 1}, {"name": "a"}], "no drawings"),
        ([{"format": "inkling-symbols", "version": 1}, {"name": 3}], "exported"),
    ],
)
def test_each_error_says_what_is_wrong(lines: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(InkError, match=sentence):
        parse_set("\n".join(map(json.dumps, lines)).encode())


def test_one_name_twice_is_an_error() -> None:
    symbol = new_symbol("a").with_drawings(
        new_drawing(Content(strokes=(Stroke.of([(0, 0), (1, 1)]),)))
    )
    with pytest.raises(InkError, match="two symbols called a"):
        parse_set(encode_set([symbol, symbol]))


def test_a_picture_is_kept_small() -> None:
    big = render(Content(strokes=(Stroke.of([(0, 0), (300, 300)]),))).resize((1600, 1600))
    (symbol,) = parse_set(
        encode_set([new_symbol("a").with_drawings(new_drawing(Content(background=big)))])
    )
    background = symbol.drawings[0].content().background
    assert background is not None
    assert max(background.size) == 400


def test_names_and_texts_are_checked() -> None:
    assert checked_name("  e\u0301 ") == "é"
    assert checked_text("a\n\tb") == "a\n\tb"
    assert new_symbol("alpha", " ").text == "alpha"
    for name in ("", " ", "a\nb", "x" * (MAX_NAME + 1), "\ud800"):
        with pytest.raises(InkError):
            checked_name(name)
    for text in ("\x00", "\ud800", "x" * (MAX_TEXT + 1)):
        with pytest.raises(InkError):
            checked_text(text)
