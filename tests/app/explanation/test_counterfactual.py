"""The smallest change to another label: the changed strokes get it, and little of them moved."""

import numpy as np
import pytest

from app.explanation import counterfactual
from app.explanation.counterfactual import Search, change_to
from app.explanation.deformation import Deformable
from app.explanation.exemplars import PATH_POINTS, exemplars
from app.explanation.second_opinion import second_opinion
from app.ink.rasterize import line_segments, rasterize, rasterize_many
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


def text_of(personal: PersonalRecogniser, strokes: tuple[Stroke, ...]) -> str:
    raster = rasterize(strokes)
    assert raster is not None
    return personal.predict(raster).text


def test_an_open_four_becomes_a_nine(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    change = change_to(personal, four, 9)
    assert change is not None
    assert text_of(personal, four) == "4"
    assert text_of(personal, change.strokes) == "9"
    assert 0 < change.moved < 0.15
    assert 0 < change.confidence < 1
    sizes = [len(stroke.points) for stroke in change.strokes]
    assert sizes == [len(stroke.points) for stroke in change.original]
    before = np.array([p[:2] for stroke in change.original for p in stroke.points])
    after = np.array([p[:2] for stroke in change.strokes for p in stroke.points])
    height = np.ptp([p[1] for stroke in four for p in stroke.points])
    moved = np.hypot(*(after - before).T).mean() / height
    assert moved == pytest.approx(change.moved, rel=1e-6)


def test_the_same_drawing_gets_the_same_change(
    personal: PersonalRecogniser, four: tuple[Stroke, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterfactual, "_CLIMB", 100)
    monkeypatch.setattr(counterfactual, "_SHRINK", 100)
    assert change_to(personal, four, 9) == change_to(personal, four, 9)


def test_nothing_moves_where_the_label_is_the_answer(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    change = change_to(personal, four, 4)
    assert change is not None and change.moved == 0
    assert change.strokes == change.original


def test_out_of_reach_is_none(
    personal: PersonalRecogniser, four: tuple[Stroke, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterfactual, "_CLIMB", 0)
    monkeypatch.setattr(counterfactual, "_WARP_SHARES", (0.01, 0.02))
    assert change_to(personal, four, 0) is None


def test_a_search_can_be_left_at_any_step(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    search = Search(personal, four, 9)
    assert search.result() is None
    steps = 0
    for _step in search.steps():
        steps += 1
        if search.result() is not None:
            break
    assert steps >= 1


@pytest.mark.parametrize("points", [[(5, 5)], [(3, 3)] * 4, [(0, 0), (90, 0)], [(0, 0), (0, 90)]])
def test_any_ink_can_be_asked_about(
    personal: PersonalRecogniser, points: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterfactual, "_CLIMB", 60)
    monkeypatch.setattr(counterfactual, "_SHRINK", 60)
    change = change_to(personal, [Stroke.of(points)], 3)
    assert change is None or text_of(personal, change.strokes) == "3"


def test_knots_move_the_points_around_them(four: tuple[Stroke, ...]) -> None:
    drawing = Deformable(four)
    np.testing.assert_allclose(drawing.weights.sum(axis=1), 1.0)
    assert drawing.arc[0] == 0 and drawing.arc[-1] == 1 and (np.diff(drawing.arc) > 0).all()
    moves = np.zeros((2, drawing.knots, 2))
    moves[1] = 0.25
    assert drawing.distances(moves).tolist() == pytest.approx([0.0, 0.25 * 2**0.5])
    assert drawing.segments(moves).shape[0] == 2
    shifted = drawing.strokes(moves[1])
    assert shifted[0].points[0].x == pytest.approx(four[0].points[0].x + 0.25 * drawing.height)
    np.testing.assert_allclose(drawing.projected(drawing.moved(moves)), moves, atol=1e-9)
    raster = rasterize(four)
    assert raster is not None
    np.testing.assert_allclose(rasterize_many(list(drawing.segments(moves)))[0], raster, atol=0.05)


def test_warps_lie_on_typical_digits(four: tuple[Stroke, ...]) -> None:
    drawing = Deformable(four)
    known = exemplars()
    assert known.paths.shape[1:] == (PATH_POINTS, 2)
    assert set(known.labels.tolist()) == set(range(10))
    warps = known.warps(drawing, 9, 5)
    assert warps.shape == (5, len(drawing.points), 2)
    means = np.hypot(warps[..., 0], warps[..., 1]).mean(axis=1)
    assert means.max() < 1


def test_the_second_opinion_knows_a_four(four: tuple[Stroke, ...]) -> None:
    rasters = rasterize_many([line_segments(four)])
    assert second_opinion().margins(rasters, 4)[0] > 0.2
    assert second_opinion().margins(rasters, 0)[0] < 0
