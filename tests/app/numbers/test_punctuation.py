"""Minus, point and comma: told by shape and position."""

import pytest

from app.ink.stroke import Stroke
from app.numbers.punctuation import COMMA, MINUS, POINT, find_punctuation
from app.numbers.segments import digit_height, stroke_segments

DIGITS = [Stroke.of([(0, 0), (0, 100)]), Stroke.of([(60, 0), (60, 100)])]


def costs(*marks: list[tuple[float, float]]) -> dict[int, tuple[str, float]]:
    strokes = [*DIGITS, *map(Stroke.of, marks)]
    segments = stroke_segments(strokes)
    found = find_punctuation(segments, digit_height(segments))
    return {segments[mark.segment].sources[0]: (mark.text, mark.cost) for mark in found}


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
def test_usual_punctuation_costs_nothing(ink: list[tuple[float, float]], text: str) -> None:
    found, cost = costs(ink)[2]
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
def test_unusual_punctuation_costs_much(ink: list[tuple[float, float]]) -> None:
    found = costs(ink).get(2)
    assert found is None or found[1] > 0.9


def test_without_digits_there_is_no_punctuation() -> None:
    for ink in ([(0.0, 0.0)], [(0.0, 50.0), (60.0, 50.0)], [(0.0, 0.0), (0.0, 100.0)]):
        segments = stroke_segments([Stroke.of(ink)])
        assert find_punctuation(segments, digit_height(segments)) == []
