"""Groups: what may be one digit, and what its place says against that."""

import pytest
from hypothesis import given, settings

from app.ink.stroke import Stroke
from app.numbers.candidates import GEOMETRY, Group, groups_of
from app.numbers.segments import stroke_pieces, usual_height
from tests.app.numbers.test_segments import drawing_of, drawings, moved

FIVE = [Stroke.of([(10, 0), (8, 45), (40, 60), (35, 95), (0, 95)]), Stroke.of([(12, 2), (50, 0)])]
ONE = Stroke.of([(90, 0), (90, 100)])


def found(strokes: list[Stroke]) -> dict[tuple[int, ...], Group]:
    pieces = stroke_pieces(strokes)
    groups = groups_of(pieces, usual_height(pieces))
    return {tuple(sorted(s for i in g.pieces for s in pieces[i].sources)): g for g in groups}


def feature(group: Group, name: str) -> float:
    return group.features[GEOMETRY.index(name)]


def test_a_roof_belongs_to_the_five_whenever_it_was_drawn() -> None:
    for strokes in ([FIVE[0], FIVE[1], ONE], [FIVE[0], ONE, FIVE[1]]):
        roof = strokes.index(FIVE[1])
        whole = found(strokes)[tuple(sorted((0, roof)))]
        body = found(strokes)[(0,)]
        assert feature(whole, "loose") < 0.1 and feature(whole, "overlapped") < 0.1
        assert feature(body, "overlapped") > 0.3  # the roof lies over it


def test_what_is_far_apart_is_no_group() -> None:
    assert (0, 1) not in found([ONE, Stroke.of([(190, 0), (190, 100)])])


@settings(deadline=None)
@given(drawings)
def test_every_piece_is_a_group_and_no_group_has_a_piece_twice(strokes: list[Stroke]) -> None:
    pieces = stroke_pieces(strokes)
    groups = groups_of(pieces, usual_height(pieces))
    assert {(index,) for index in range(len(pieces))} <= {group.pieces for group in groups}
    assert len({group.pieces for group in groups}) == len(groups)
    for group in groups:
        assert list(group.pieces) == sorted(set(group.pieces))
        assert min(group.features) >= 0


@pytest.mark.parametrize("seed", range(20))
def test_size_and_place_do_not_matter(seed: int) -> None:
    strokes = drawing_of(seed)
    plain, other = found(strokes), found(moved(strokes, 2.7, -400.0))
    assert set(plain) == set(other)
    for strokes_of, group in plain.items():
        assert group.features == pytest.approx(other[strokes_of].features, abs=1e-9)
