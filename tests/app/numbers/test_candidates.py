"""Candidates: which segments may be one digit, and their geometric features."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings

from app.ink.stroke import Stroke
from app.numbers.candidates import GEOMETRY, Candidate, find_candidates
from app.numbers.segments import digit_height, left_to_right, stroke_segment, stroke_segments
from tests.app.numbers.test_segments import drawing_of, drawings, moved

FIVE = [Stroke.of([(10, 0), (8, 45), (40, 60), (35, 95), (0, 95)]), Stroke.of([(12, 2), (50, 0)])]
ONE = Stroke.of([(90, 0), (90, 100)])


def found(strokes: list[Stroke]) -> dict[tuple[int, ...], Candidate]:
    segments = stroke_segments(strokes)
    candidates = find_candidates(segments, digit_height(segments))
    return {
        tuple(sorted(s for i in g.segments for s in segments[i].sources)): g for g in candidates
    }


def feature(candidate: Candidate, name: str) -> float:
    return candidate.features[GEOMETRY.index(name)]


def test_the_top_bar_of_a_five_joins_it_in_any_order_of_strokes() -> None:
    for strokes in ([FIVE[0], FIVE[1], ONE], [FIVE[0], ONE, FIVE[1]]):
        bar = strokes.index(FIVE[1])
        whole = found(strokes)[tuple(sorted((0, bar)))]
        body = found(strokes)[(0,)]
        assert feature(whole, "gap") < 0.1 and feature(whole, "overlap") < 0.1
        assert feature(body, "overlap") > 0.3  # the bar lies over it


def test_distant_segments_are_no_candidate() -> None:
    assert (0, 1) not in found([ONE, Stroke.of([(190, 0), (190, 100)])])


def test_a_zero_may_have_more_parts_than_a_digit_has_strokes() -> None:
    eighths = np.linspace(0, 2 * np.pi, 9)
    arcs = [np.linspace(first, last, 5) for first, last in itertools.pairwise(eighths)]
    rings = [
        [Stroke.of([(x + 30 * math.sin(t), 50 * math.cos(t)) for t in arc]) for arc in arcs]
        for x in (0.0, 90.0)
    ]
    of_one_stroke = left_to_right([stroke_segment(part, 0) for part in rings[0]])
    assert {one.segments for one in find_candidates(of_one_stroke, 100.0)} >= {tuple(range(8))}
    of_eight = stroke_segments(rings[1])
    assert max(len(one.segments) for one in find_candidates(of_eight, 100.0)) == 5


@settings(deadline=None)
@given(drawings)
def test_each_segment_is_a_candidate_and_in_none_twice(
    strokes: list[Stroke],
) -> None:
    segments = stroke_segments(strokes)
    candidates = find_candidates(segments, digit_height(segments))
    assert {(index,) for index in range(len(segments))} <= {
        candidate.segments for candidate in candidates
    }
    assert len({candidate.segments for candidate in candidates}) == len(candidates)
    for candidate in candidates:
        assert list(candidate.segments) == sorted(set(candidate.segments))
        assert min(candidate.features) >= 0


@pytest.mark.parametrize("seed", range(20))
def test_size_and_position_do_not_matter(seed: int) -> None:
    strokes = drawing_of(seed)
    plain, other = found(strokes), found(moved(strokes, 2.7, -400.0))
    assert set(plain) == set(other)
    for strokes_of, candidate in plain.items():
        assert candidate.features == pytest.approx(other[strokes_of].features, abs=1e-9)
