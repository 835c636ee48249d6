"""The curve of a stroke: through its points, round from few of them, straight where they are."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ink.curve import beziers, curve_bounds, flattened, pieces
from app.ink.eraser import erase
from app.ink.geometry import Rect
from app.ink.stroke import MAX_COORDINATE, Stroke

COORDINATES = st.floats(-MAX_COORDINATE, MAX_COORDINATE)
PLACES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=12)


def circle(count: int, radius: float = 100.0) -> list[tuple[float, float]]:
    turns = [2 * math.pi * index / count for index in range(count + 1)]
    return [(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]


@pytest.mark.parametrize(("count", "error"), [(8, 0.001), (16, 0.0002), (48, 0.0001)])
def test_a_circle_of_few_points_is_round(count: int, error: float) -> None:
    radii = [math.hypot(x, y) for x, y in flattened(circle(count), 0.01)]
    assert max(abs(radius - 100) for radius in radii) <= 100 * error


@pytest.mark.parametrize("zoom", [0.2, 1.0, 4.0, 40.0])
def test_it_is_sampled_as_finely_as_it_is_shown(zoom: float) -> None:
    bezier = list(beziers(circle(8)))[3]
    places = [bezier[0], *pieces(bezier, 0.1 / zoom)]
    exact = list(pieces(bezier, 1e-6))
    for (ax, ay), (bx, by) in itertools.pairwise(places):
        length = math.hypot(bx - ax, by - ay)
        near = [(x, y) for x, y in exact if math.dist((x, y), (ax, ay)) < length > 0]
        between = [(x, y) for x, y in near if math.dist((x, y), (bx, by)) < length]
        off = [abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length for x, y in between]
        assert max(off) * zoom <= 0.1


def test_straight_strokes_cost_no_more_points_than_they_have() -> None:
    straight = [(0.0, 0.0), (1.0, 2.0), (30.0, 60.0), (31.0, 62.0), (100.0, 200.0)]
    assert list(flattened(straight, 0.1)) == straight
    assert list(flattened([(3.0, 4.0)], 0.1)) == [(3.0, 4.0)]


def test_a_point_bends_only_its_neighbourhood() -> None:
    points = circle(12)
    before, after = list(beziers(points)), list(beziers([*points, (0.0, 0.0)]))
    assert after[: len(before) - 1] == before[:-1]
    assert list(beziers(points[-4:]))[-1] == before[-1]


@pytest.mark.parametrize("corner", [(100.0, 80.0), (20.0, 5.0), (0.0, 0.0), (110.0, 80.0)])
def test_a_corner_stays_a_corner(corner: tuple[float, float]) -> None:
    corners = [(0.0, 0.0), (100.0, 0.0), corner]
    assert list(flattened(corners, 0.01)) == corners


@given(PLACES)
def test_it_passes_through_every_point_and_stays_in_its_box(
    places: list[tuple[float, float]],
) -> None:
    curve = list(flattened(places, 1.0))
    assert all(math.isfinite(value) for place in curve for value in place)
    assert {*places} <= {*curve}
    bounds = curve_bounds([Stroke.of(places)])
    assert bounds is not None
    box = bounds.grown(1e-6 * MAX_COORDINATE)
    assert all(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in curve)


def test_many_points_are_boxed_fast_and_safely(monkeypatch: pytest.MonkeyPatch) -> None:
    stroke = Stroke.of(circle(8))
    monkeypatch.setattr("app.ink.curve._MANY_POINTS", 8)
    bounds = curve_bounds([stroke])
    assert bounds is not None and bounds.union(Rect(-108, -108, 108, 108)) == bounds
    assert bounds.right < 180


def test_points_at_one_place_count_once() -> None:
    doubled = [place for place in circle(8) for _ in range(2)]
    assert list(beziers(doubled)) == list(beziers(circle(8)))
    assert curve_bounds([]) is None


def test_the_eraser_follows_the_curve() -> None:
    stroke = Stroke.of(circle(8), 4.0)
    turn = math.pi / 8  # in the middle between two points, where a chord is 7.6 units farther in
    there = 100 * math.cos(turn), 100 * math.sin(turn)
    kept = erase((stroke,), [there], 5.0)
    ends = [place for part in kept for place in (part.points[0], part.points[-1])]
    assert len(kept) == 2 and all(abs(math.hypot(p.x, p.y) - 100) < 2 for p in ends)
    assert erase((stroke,), [(92.4 * math.cos(turn), 92.4 * math.sin(turn))], 3.0) == (stroke,)
