"""Strokes from outside are checked; the error message names what is wrong."""

import math

import pytest

from app.errors import InkError
from app.ink.geometry import Rect
from app.ink.stroke import MAX_POINTS, Stroke, bounding_box


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "no points"),
        ([(math.nan, 0.0)], "finite"),
        ([(0.0, math.inf)], "finite"),
        ([(0.0,)], r"\[x, y\]"),
        ([(1e8, 0.0)], "too far"),
        ([(0.0, 0.0)] * (MAX_POINTS + 1), "more than"),
    ],
)
def test_bad_points_are_named(points: list[tuple[float, ...]], message: str) -> None:
    with pytest.raises(InkError, match=message):
        Stroke.of(points)


def test_negative_coordinates_are_ink_like_any_other() -> None:
    assert Stroke.of([(-5, -7), (1, 2, 30)]).bounds == Rect(-5, -7, 1, 2)


def test_the_bounding_box_of_no_strokes_is_none() -> None:
    assert bounding_box([]) is None
