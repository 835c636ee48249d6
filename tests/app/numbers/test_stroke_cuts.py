"""Cutting a stroke in which the pen was not lifted: at ligatures, losing no ink."""

import math

import numpy as np

from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.numbers.segments import stroke_segment
from app.numbers.stroke_cuts import cut_stroke


def ring(x: float) -> list[tuple[float, float]]:
    turn = np.linspace(-math.pi / 2, 1.5 * math.pi, 40)
    return [(x - 30 * math.sin(a + math.pi / 2), 50 - 50 * math.cos(a + math.pi / 2)) for a in turn]


def test_two_rings_in_one_stroke_are_cut_between() -> None:
    stroke = Stroke.of([*ring(30), (55, 5), *ring(110)])
    parts = cut_stroke(stroke_segment(stroke, 4), 100.0)
    assert any(50 <= part.box.left <= 85 for part in parts[1:])
    assert all(part.sources == (4,) for part in parts)


def test_the_parts_together_are_the_stroke() -> None:
    stroke = Stroke.of([*ring(30), (55, 5), *ring(110)])
    parts = cut_stroke(stroke_segment(stroke, 0), 100.0)
    whole, again = rasterize([stroke]), rasterize([ink for part in parts for ink in part.parts])
    assert whole is not None and again is not None
    np.testing.assert_allclose(whole, again, atol=0.02)


def test_a_stroke_that_goes_back_and_forth_is_not_cut() -> None:
    stroke = Stroke.of([(0, 0), (60, 10), (5, 50), (60, 90), (0, 100)])
    assert len(cut_stroke(stroke_segment(stroke, 0), 100.0)) == 1


def test_a_long_scribble_has_a_bounded_number_of_parts() -> None:
    points = [(x, 50 * math.sin(x / 9)) for x in range(20_000)]
    assert len(cut_stroke(stroke_segment(Stroke.of(points), 0), 100.0)) <= 13


def test_a_scribble_of_long_leaps_gets_no_points_in_between() -> None:
    points = [(float(place * 7919 % 3001), float(place * 104729 % 997)) for place in range(4_000)]
    parts = cut_stroke(stroke_segment(Stroke.of(points), 0), 100.0)
    assert sum(len(part.parts[0].points) for part in parts) <= 4_000 + len(parts)
