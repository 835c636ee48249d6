"""Pieces: a partition of the strokes, few whatever is drawn, in no order of time."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ink.stroke import Stroke
from app.numbers.segments import MAX_PIECES, Piece, stroke_pieces, usual_height

places = st.tuples(st.integers(0, 600), st.integers(0, 150))
drawings = st.lists(
    st.lists(places, min_size=1, max_size=8).map(lambda points: Stroke.of(points)),
    min_size=1,
    max_size=25,
)


def partition(pieces: list[Piece]) -> set[frozenset[int]]:
    return {frozenset(piece.sources) for piece in pieces}


@settings(deadline=None)
@given(drawings)
def test_every_stroke_is_in_one_piece(strokes: list[Stroke]) -> None:
    pieces = stroke_pieces(strokes)
    assert sorted(source for piece in pieces for source in piece.sources) == list(
        range(len(strokes))
    )
    assert [piece.middle for piece in pieces] == sorted(piece.middle for piece in pieces)
    for piece in pieces:
        assert set(piece.ink) == {strokes[source] for source in piece.sources}


@settings(deadline=None)
@given(drawings, st.integers(0, 1000))
def test_the_order_of_the_strokes_does_not_matter(strokes: list[Stroke], seed: int) -> None:
    strokes = list(dict.fromkeys(strokes))
    order = list(range(len(strokes)))
    random.Random(seed).shuffle(order)
    plain = partition(stroke_pieces(strokes))
    mixed = partition(stroke_pieces([strokes[index] for index in order]))
    assert {frozenset(order[index] for index in piece) for piece in mixed} == plain


@pytest.mark.parametrize("seed", range(20))
def test_size_and_place_do_not_matter(seed: int) -> None:
    strokes = drawing_of(seed)
    pieces, others = stroke_pieces(strokes), stroke_pieces(moved(strokes, 2.7, -400.0))
    assert partition(pieces) == partition(others)
    assert math.isclose(usual_height(pieces) * 2.7, usual_height(others), rel_tol=1e-9)


def drawing_of(seed: int) -> list[Stroke]:
    """Up to 25 strokes; no two lengths in them are equal, so that no rounding decides anything."""
    rng = random.Random(seed)
    strokes = []
    for _stroke in range(rng.randrange(1, 25)):
        x, y = rng.uniform(0, 600), rng.uniform(0, 60)
        points = [(x + rng.uniform(-40, 40), y + rng.uniform(0, 90)) for _point in range(6)]
        strokes.append(Stroke.of(points))
    return strokes


def moved(strokes: list[Stroke], scale: float, by: float) -> list[Stroke]:
    return [
        Stroke.of([(x * scale + by, y * scale - by) for x, y, _t in stroke.points])
        for stroke in strokes
    ]


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 100))
def test_thousands_of_strokes_are_few_pieces(seed: int) -> None:
    rng = random.Random(seed)
    strokes = [
        Stroke.of([(rng.uniform(0, 3000), rng.uniform(0, 300)) for _point in range(2)])
        for _stroke in range(3000)
    ]
    pieces = stroke_pieces(strokes)
    assert len(pieces) <= MAX_PIECES
    assert sum(len(piece.ink) for piece in pieces) == 3000


def test_a_digit_of_dots_is_a_few_pieces() -> None:
    ring = [(math.cos(angle / 5) * 40, math.sin(angle / 5) * 60) for angle in range(31)]
    assert len(stroke_pieces([Stroke.of([place]) for place in ring])) <= 7


def test_one_place_has_a_height() -> None:
    assert usual_height(stroke_pieces([Stroke.of([(3.0, 3.0)])])) > 0


def test_a_point_does_not_change_the_usual_height() -> None:
    digits = [Stroke.of([(x, 0), (x, 100 + x / 10)]) for x in (0, 50, 100)]
    points = [Stroke.of([(25, 99), (26, 100)]), Stroke.of([(75, 99)])]
    assert usual_height(stroke_pieces(digits + points)) == 105.0
