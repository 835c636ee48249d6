"""The layers' pictures: every value is found again where it was drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.explanation.layers import FEATURES, RASTER, Layer
from app.ui.inside.layers.layer_strip import tiles

GROUND = (1, 2, 3)
sizes = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 20))


@given(sizes, st.integers(1, 300), st.sampled_from([1.0, 1.5, 2.0]))
def test_a_value_is_found_at_its_box(size: tuple[int, int, int], width: int, scale: float) -> None:
    values = np.arange(np.prod(size), dtype=np.float32).reshape(size)
    (tile,) = tiles([Layer(FEATURES, values)], width, scale, GROUND)
    for row, column, channel in np.ndindex(*size):
        left, top, right, bottom = tile.box(row, column, channel)
        assert 0 <= left < right <= tile.pixels.shape[1]
        assert 0 <= top < bottom <= tile.pixels.shape[0]
        assert tile.at(left, top) == (row, column, channel)
        assert tile.at(right - 1, bottom - 1) == (row, column, channel)
    assert tile.at(tile.pixels.shape[1] + 5, 0) is None


def test_the_largest_value_is_white_and_negative_ones_are_red() -> None:
    values = np.array([[[0.0], [4.0]], [[-4.0], [1.0]]], np.float32)
    (tile,) = tiles([Layer(RASTER, values)], 100, 1.0, GROUND)

    def colour(row: int, column: int) -> list[int]:
        left, top, _right, _bottom = tile.box(row, column, 0)
        found: list[int] = tile.pixels[top, left].tolist()
        return found

    assert colour(0, 0) == [0, 0, 0]
    assert colour(0, 1) == [255, 255, 255]
    assert colour(1, 0)[0] == 255 and colour(1, 0)[1] < 128
    assert 0 < colour(1, 1)[0] < 255


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_between_maps_has_the_ground_and_no_value(scale: float) -> None:
    values = np.ones((2, 2, 3), np.float32)
    (tile,) = tiles([Layer(FEATURES, values)], 1000, scale, GROUND)
    _left, _top, right, _bottom = tile.box(0, 1, 0)
    assert tile.pixels[0, right].tolist() == list(GROUND)
    assert tile.at(right, 0) is None
