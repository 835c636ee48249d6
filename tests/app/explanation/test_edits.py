"""Changes that are no deformation: strokes left out, ends joined."""

import pytest

from app.explanation.deformation import Deformable
from app.explanation.edits import edit_distance, edits
from app.ink.stroke import Stroke

BAR = Stroke.of([(20, 50), (60, 50)])
SEVEN = (Stroke.of([(0, 0), (80, 0), (30, 100)]), BAR)


def test_each_stroke_is_left_out_and_near_ends_are_joined() -> None:
    found = edits(SEVEN, 100.0)
    assert found[:2] == [(BAR,), (SEVEN[0],)]
    lines = [one[2].points for one in found[2:]]
    ends = {frozenset((line[0][:2], line[-1][:2])) for line in lines}
    assert frozenset({(30.0, 100.0), (20.0, 50.0)}) in ends
    assert frozenset({(0.0, 0.0), (30.0, 100.0)}) not in ends  # too far away
    assert all(line[0].t > BAR.points[-1].t for line in lines)


def test_many_strokes_are_not_edited() -> None:
    assert edits([BAR] * 7, 100.0) == []
    assert edits([Stroke.of([(1, 1)])], 1.0) == []


def test_the_distance_is_that_of_what_comes_or_goes() -> None:
    drawing = Deformable(SEVEN)
    assert edit_distance(drawing, SEVEN) == pytest.approx(0.0)
    without, longer = (SEVEN[0],), (*SEVEN, Stroke.of([(60, 50), (100, 50)]))
    assert 0 < edit_distance(drawing, without) < 0.1
    assert 0 < edit_distance(drawing, longer) < 0.2
