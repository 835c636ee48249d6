"""Strokes from outside are checked; the error message names what is wrong."""

import math
from typing import Any

import pytest

from app.errors import InkError
from app.ink.geometry import Rect
from app.ink.stroke import MAX_POINTS, Point, Stroke, bounding_box


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "no points"),
        ([(math.nan, 0.0)], "finite"),
        ([(0.0, math.inf)], "finite"),
        ([(0.0,)], r"\[x, y\]"),
        ([(0.0, 0.0), (1.0, math.nan), (2.0, 0.0)], "finite"),
        ([(0.0, 0.0, 0.0), (1.0, 1.0, 10**400)], "finite"),
        ([(0.0, True)], "finite"),
        (["ab", "cd"], r"\[x, y\]"),
        ([(1e8, 0.0)], "too far"),
        ([(0.0, 0.0)] * (MAX_POINTS + 1), "more than"),
    ],
)
def test_bad_points_are_named(points: list[Any], message: str) -> None:
    with pytest.raises(InkError, match=message):
        Stroke.of(points)


def test_negative_coordinates_are_ink_like_any_other() -> None:
    assert Stroke.of([(-5, -7), (1, 2, 30)]).bounds == Rect(-5, -7, 1, 2)


def test_whole_numbers_and_points_with_and_without_time_become_the_same_points() -> None:
    expected = (Point(1.0, 2.0, 5.0), Point(3.0, 4.0, 15.0))
    forms: list[list[Any]] = [
        [[1, 2], [3, 4.0]],
        [(1, 2, 5), (3, 4, 15)],
        [[1.0, 2.0], (3, 4, 15)],
    ]
    for points in forms:
        stroke = Stroke.of(points, start=5.0)
        assert stroke.points == expected
        assert all(type(value) is float for point in stroke.points for value in point)


def test_the_bounding_box_of_no_strokes_is_none() -> None:
    assert bounding_box([]) is None
