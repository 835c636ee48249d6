"""Marks and features: the same for another size and place, and alike for strokes and pictures."""

import math

import numpy as np
import pytest

from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.symbols.features import POINT_SIZE, POINTS, SHAPE_SIZE, cloud, shape_features
from app.symbols.marks import MARKS, raster_marks, stroke_marks
from app.symbols.matching import cloud_distances

Lines = list[list[tuple[float, float]]]
ARROW: Lines = [[(0, 50), (100, 50)], [(70, 20), (100, 50), (70, 80)]]
WAVE: Lines = [[(x, 50 + 40 * math.sin(x / 12)) for x in range(0, 101, 4)]]


def strokes(lines: Lines, scale: float = 1, to: float = 0) -> list[Stroke]:
    return [Stroke.of([(to + scale * x, to + scale * y) for x, y in line]) for line in lines]


def test_size_and_place_do_not_count() -> None:
    here, there = (stroke_marks(strokes(ARROW, scale, to)) for scale, to in ((1, 0), (0.01, 900)))
    assert here.places == pytest.approx(there.places, abs=1e-6)
    assert shape_features(here) == pytest.approx(shape_features(there), abs=1e-5)
    assert cloud(here) == pytest.approx(cloud(there), abs=1e-5)


def test_shapes_and_shares() -> None:
    marks = stroke_marks(strokes(ARROW))
    assert marks.places.shape == (MARKS, 2)
    assert marks.weights.sum() == pytest.approx(1)
    assert shape_features(marks).shape == (SHAPE_SIZE,)
    assert cloud(marks).shape == (POINTS, POINT_SIZE)


@pytest.mark.parametrize(
    "lines",
    [
        [[(5, 5)]],
        [[(5, 5), (5, 5)]],
        [[(5, 5)], [(5, 5)]],
        [[(0, 0), (0, 9)]],
        [[(0, 0), (9, 9)]] * 300,
    ],
)
def test_dots_and_lines_have_finite_features(lines: Lines) -> None:
    marks = stroke_marks(strokes(lines))
    assert np.isfinite(shape_features(marks)).all()
    assert np.isfinite(cloud(marks)).all()


def test_a_picture_has_about_the_same_points_and_no_order() -> None:
    raster = rasterize(strokes(ARROW))
    assert raster is not None
    marks = raster_marks(raster)
    assert marks.directions is None
    assert np.isnan(shape_features(marks)).any()
    others = np.stack([cloud(stroke_marks(strokes(lines))) for lines in (ARROW, WAVE)])
    near, far = cloud_distances(cloud(marks), others)
    assert near < 0.6 * far


def test_a_slanted_drawing_is_near_to_the_upright_one() -> None:
    slanted: Lines = [[(x + 0.3 * y, y) for x, y in line] for line in ARROW]
    one, *others = (cloud(stroke_marks(strokes(lines))) for lines in (ARROW, ARROW, slanted, WAVE))
    same, near, far = cloud_distances(one, np.stack(others))
    assert same == pytest.approx(0, abs=1e-3)
    assert near < far / 2
