"""Pieces and patches: what each does for a label, from the network's own answers."""

import itertools

import numpy as np
import pytest

from app.explanation.leaving_out import Masks, finished, weights
from app.explanation.pieces import PATCH, PIECES, explain_raster, explain_strokes
from app.explanation.scores import Floats, score_segments
from app.ink.rasterize import line_segments, rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


def test_weights_of_a_sum_are_its_terms_in_order() -> None:
    terms = np.array([3.0, -1.0, 0.0, 0.5, 8.0, 0.1, 0.2, -2.0, 1.0, 0.0])

    def falls(masks: Masks) -> Floats:
        fallen: Floats = masks @ terms
        return fallen

    found = finished(weights([1.0] * len(terms), falls))
    assert np.argsort(found)[[0, 1, -2, -1]].tolist() == [7, 1, 0, 4]
    np.testing.assert_allclose(found, terms, atol=1.5)
    np.testing.assert_array_equal(found, finished(weights([1.0] * len(terms), falls)))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 120])
def test_any_number_of_parts_has_weights(count: int) -> None:
    found = finished(weights([1.0] * count, lambda masks: masks.sum(axis=1).astype(np.float64)))
    assert found.shape == (count,)
    assert (found > 0).all()


def test_the_pieces_are_all_of_the_ink(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    pieces = explain_strokes(personal, four, 4)
    assert len(pieces) == PIECES
    for number, stroke in enumerate(four):
        own = [piece for piece in pieces if piece.stroke == number]
        assert own[0].first == 0 and own[-1].last == len(stroke.points) - 1
        assert all(a.last == b.first for a, b in itertools.pairwise(own))
    assert explain_strokes(personal, four, 4) == pieces


def test_without_the_best_pieces_the_label_loses_more_than_without_the_others(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    pieces = sorted(explain_strokes(personal, four, 4), key=lambda piece: -piece.weight)
    odds = []
    for left_out in (pieces[:4], pieces[-4:]):
        gone = {(p.stroke, i) for p in left_out for i in range(p.first, p.last)}
        segments = [
            line_segments([Stroke(stroke.points[i : i + 2])])
            for number, stroke in enumerate(four)
            for i in range(len(stroke.points) - 1)
            if (number, i) not in gone
        ]
        odds.append(score_segments(personal, [np.concatenate(segments)]).log_odds(4)[0])
    whole = score_segments(personal, [line_segments(four)]).log_odds(4)[0]
    assert odds[0] < odds[1]
    assert odds[0] < whole - 2


def test_what_speaks_for_one_label_may_speak_against_another(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    for_four = np.array([piece.weight for piece in explain_strokes(personal, four, 4)])
    for_nine = np.array([piece.weight for piece in explain_strokes(personal, four, 9)])
    assert for_four.max() > 0 > for_nine.min()


@pytest.mark.parametrize(
    "points", [[(5, 5)], [(0, 0), (60, 0), (25, 100)], [(3, 3)] * 40, [(0, i) for i in range(5000)]]
)
def test_drawings_of_any_kind_have_pieces(
    personal: PersonalRecogniser, points: list[tuple[int, int]]
) -> None:
    pieces = explain_strokes(personal, [Stroke.of(points)], 1)
    assert pieces[0].first == 0 and pieces[-1].last == len(points) - 1
    assert all(np.isfinite(piece.weight) for piece in pieces)


def test_patches_are_where_the_ink_is(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    raster = rasterize(four)
    assert raster is not None
    patches = explain_raster(personal, raster, 4)
    inked = sum(
        bool(raster[r : r + PATCH, c : c + PATCH].any())
        for r in range(0, 28, PATCH)
        for c in range(0, 28, PATCH)
    )
    assert len(patches) == inked
    best = max(patches, key=lambda patch: patch.weight)
    assert best.weight > 0
    assert explain_raster(personal, np.zeros((28, 28), np.float32), 4) == []
