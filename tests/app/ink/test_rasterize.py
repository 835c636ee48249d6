"""The raster's golden rules: shape, range, polarity, centring, and what it must not depend on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ink.rasterize import (
    CENTRE,
    INK_SIDE,
    PEN_WIDTH,
    RASTER_SIDE,
    Raster,
    line_segments,
    raster_frame,
    rasterize,
    rasterize_many,
)
from app.ink.stroke import Stroke

SEVEN = ((10.0, 10.0), (60.0, 12.0), (30.0, 90.0))
coordinates = st.floats(-1e4, 1e4)
drawings = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30), min_size=1, max_size=4
)


def rastered(points: tuple[tuple[float, float], ...], width: float = 16.0) -> Raster:
    result = rasterize([Stroke.of(points, width)])
    assert result is not None
    return result


def centre_of_mass(image: Raster) -> tuple[float, float]:
    ys, xs = np.mgrid[0:RASTER_SIDE, 0:RASTER_SIDE]
    return float((image * xs).sum() / image.sum()), float((image * ys).sum() / image.sum())


def test_an_empty_drawing_has_no_raster() -> None:
    assert rasterize([]) is None


def test_shape_type_range_and_polarity() -> None:
    image = rastered(SEVEN)
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert image.max() == 1.0
    assert image[0, 0] == 0.0


def test_longest_side_and_centre_of_mass_are_mnists() -> None:
    image = rastered(SEVEN)
    rows = np.flatnonzero((image > 0.5).any(axis=1))
    assert abs((rows[-1] - rows[0] + 1) - INK_SIDE) <= 1
    assert centre_of_mass(image) == pytest.approx((CENTRE, CENTRE), abs=0.1)


@pytest.mark.parametrize("scale", [0.01, 0.4, 2.5, 300.0])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (900.0, -350.0)])
def test_size_and_place_do_not_matter(scale: float, shift: tuple[float, float]) -> None:
    moved = tuple((x * scale + shift[0], y * scale + shift[1]) for x, y in SEVEN)
    np.testing.assert_allclose(rastered(moved), rastered(SEVEN), atol=2e-3)


@pytest.mark.parametrize("width", [1.0, 4.0, 40.0])
def test_the_pens_width_does_not_matter(width: float) -> None:
    np.testing.assert_array_equal(rastered(SEVEN, width), rastered(SEVEN))


def test_a_single_dot_is_a_round_blot_of_the_pens_width() -> None:
    image = rastered(((250.0, 10.0),))
    assert image.sum() == pytest.approx(np.pi * (PEN_WIDTH / 2) ** 2, rel=0.15)
    assert centre_of_mass(image) == pytest.approx((CENTRE, CENTRE), abs=0.01)


def test_a_hundred_thousand_points_give_the_raster_of_their_shape() -> None:
    turn = np.linspace(0, 2 * np.pi, 100_000)
    ring = tuple(zip(np.cos(turn).tolist(), np.sin(turn).tolist(), strict=True))
    np.testing.assert_allclose(rastered(ring), rastered(ring[::1000] + ring[:1]), atol=0.1)


@given(drawings)
def test_any_finite_ink_gives_a_raster_in_range(points: list[list[tuple[float, float]]]) -> None:
    image = rasterize([Stroke.of(line) for line in points])
    assert image is not None
    assert np.isfinite(image).all()
    assert image.min() >= 0.0
    assert 0.0 < image.max() <= 1.0


@given(st.lists(drawings, min_size=1, max_size=5))
def test_many_drawings_have_the_rasters_that_each_has_alone(
    several: list[list[list[tuple[float, float]]]],
) -> None:
    strokes = [[Stroke.of(line) for line in points] for points in several]
    together = rasterize_many([line_segments(one) for one in strokes])
    for image, one in zip(together, strokes, strict=True):
        alone = rasterize(one)
        assert alone is not None
        np.testing.assert_array_equal(image, alone)


def test_the_frame_tells_where_the_raster_lies_in_the_drawing() -> None:
    frame = raster_frame(line_segments([Stroke.of(SEVEN)]))
    assert frame is not None
    image, pixel = rastered(SEVEN), frame.width / RASTER_SIDE
    assert frame.height == pytest.approx(frame.width)
    assert 80.0 / pixel == pytest.approx(INK_SIDE - PEN_WIDTH)
    for x, y in SEVEN:
        assert image[int((y - frame.top) / pixel), int((x - frame.left) / pixel)] > 0.9
    assert raster_frame(line_segments([Stroke.of([(3, 4)])])) is None
