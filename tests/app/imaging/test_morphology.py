"""Dilation against its definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.imaging.connected_components import Mask
from app.imaging.morphology import SQUARE, dilate, disc


@given(arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9))), st.integers(0, 3))
def test_a_pixel_is_set_where_the_footprint_covers_one(mask: Mask, radius: int) -> None:
    footprint = disc(radius)
    expected = np.zeros_like(mask)
    for y, x in np.argwhere(mask):
        for dy, dx in np.argwhere(footprint) - radius:
            if 0 <= y + dy < mask.shape[0] and 0 <= x + dx < mask.shape[1]:
                expected[y + dy, x + dx] = True
    assert np.array_equal(dilate(mask, footprint), expected)


def test_grey_takes_the_maximum_of_its_neighbours() -> None:
    grey = np.array([[0.2, 0.0, 0.0, 0.7]], np.float32)
    assert dilate(grey, SQUARE).tolist() == [
        [np.float32(0.2), np.float32(0.2), *[np.float32(0.7)] * 2]
    ]


def test_a_disc_of_radius_one_is_a_plus() -> None:
    assert disc(1).tolist() == [[False, True, False], [True, True, True], [False, True, False]]
