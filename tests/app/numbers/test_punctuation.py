"""Minus, point and comma: told by their shape and where they stand."""

import pytest

from app.ink.stroke import Stroke
from app.numbers.punctuation import COMMA, MINUS, POINT, marks_of
from app.numbers.segments import stroke_pieces, usual_height

DIGITS = [Stroke.of([(0, 0), (0, 100)]), Stroke.of([(60, 0), (60, 100)])]


def told(*marks: list[tuple[float, float]]) -> dict[int, tuple[str, float]]:
    strokes = [*DIGITS, *map(Stroke.of, marks)]
    pieces = stroke_pieces(strokes)
    found = marks_of(pieces, usual_height(pieces))
    return {pieces[mark.piece].sources[0]: (mark.text, mark.cost) for mark in found}


@pytest.mark.parametrize(
    ("ink", "text"),
    [
        ([(30, 97)], POINT),
        ([(28, 95), (31, 99), (28, 98)], POINT),
        ([(33, 92), (27, 118)], COMMA),
        ([(-50, 50), (-20, 52)], MINUS),
    ],
    ids=["dot", "small ring", "comma", "minus"],
)
def test_what_fits_costs_nothing(ink: list[tuple[float, float]], text: str) -> None:
    found, cost = told(ink)[2]
    assert found == text
    assert cost < 0.1


@pytest.mark.parametrize(
    "ink",
    [
        [(30, 20)],
        [(30, 0), (30, 100)],
        [(20, 50), (40, 52)],
        [(-50, 0), (-20, 100)],
        [(-50, 99), (-20, 100)],
    ],
    ids=["dot high up", "another one", "dash between digits", "slanting one", "dash on the line"],
)
def test_what_does_not_fit_is_no_mark(ink: list[tuple[float, float]]) -> None:
    found = told(ink).get(2)
    assert found is None or found[1] > 0.9


def test_alone_on_the_page_nothing_is_a_mark() -> None:
    for ink in ([(0.0, 0.0)], [(0.0, 50.0), (60.0, 50.0)], [(0.0, 0.0), (0.0, 100.0)]):
        pieces = stroke_pieces([Stroke.of(ink)])
        assert marks_of(pieces, usual_height(pieces)) == []
