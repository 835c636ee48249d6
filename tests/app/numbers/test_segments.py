"""Segments: a partition of the strokes, few whatever is drawn and in whatever order."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ink.stroke import Stroke
from app.numbers.segments import MAX_SEGMENTS, Segment, digit_height, stroke_segments

places = st.tuples(st.integers(0, 600), st.integers(0, 150))
drawings = st.lists(
    st.lists(places, min_size=1, max_size=8).map(lambda points: Stroke.of(points)),
    min_size=1,
    max_size=25,
)


def partition(segments: list[Segment]) -> set[frozenset[int]]:
    return {frozenset(segment.sources) for segment in segments}


@settings(deadline=None)
@given(drawings)
def test_each_stroke_is_in_one_segment(strokes: list[Stroke]) -> None:
    segments = stroke_segments(strokes)
    assert sorted(source for segment in segments for source in segment.sources) == list(
        range(len(strokes))
    )
    assert [segment.box.centre_x for segment in segments] == sorted(
        segment.box.centre_x for segment in segments
    )
    for segment in segments:
        assert set(segment.parts) == {strokes[source] for source in segment.sources}


@settings(deadline=None)
@given(drawings, st.integers(0, 1000))
def test_the_order_of_the_strokes_does_not_matter(strokes: list[Stroke], seed: int) -> None:
    strokes = list(dict.fromkeys(strokes))
    order = list(range(len(strokes)))
    random.Random(seed).shuffle(order)
    plain = partition(stroke_segments(strokes))
    mixed = partition(stroke_segments([strokes[index] for index in order]))
    assert {frozenset(order[index] for index in segment) for segment in mixed} == plain


@pytest.mark.parametrize("seed", range(20))
def test_size_and_position_do_not_matter(seed: int) -> None:
    strokes = drawing_of(seed)
    segments, others = stroke_segments(strokes), stroke_segments(moved(strokes, 2.7, -400.0))
    assert partition(segments) == partition(others)
    assert math.isclose(digit_height(segments) * 2.7, digit_height(others), rel_tol=1e-9)


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
def test_thousands_of_strokes_are_few_segments(seed: int) -> None:
    rng = random.Random(seed)
    strokes = [
        Stroke.of([(rng.uniform(0, 3000), rng.uniform(0, 300)) for _point in range(2)])
        for _stroke in range(3000)
    ]
    segments = stroke_segments(strokes)
    assert len(segments) <= MAX_SEGMENTS
    assert sum(len(segment.parts) for segment in segments) == 3000


def test_a_digit_of_dots_is_a_few_segments() -> None:
    ring = [(math.cos(angle / 5) * 40, math.sin(angle / 5) * 60) for angle in range(31)]
    assert len(stroke_segments([Stroke.of([place]) for place in ring])) <= 7


def test_a_single_point_has_a_height() -> None:
    assert digit_height(stroke_segments([Stroke.of([(3.0, 3.0)])])) > 0


def test_a_point_does_not_change_the_digit_height() -> None:
    digits = [Stroke.of([(x, 0), (x, 100 + x / 10)]) for x in (0, 50, 100)]
    points = [Stroke.of([(25, 99), (26, 100)]), Stroke.of([(75, 99)])]
    assert digit_height(stroke_segments(digits + points)) == 105.0
