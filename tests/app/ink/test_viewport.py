"""Geometry between drawing units and pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ink.geometry import Rect
from app.ink.viewport import fit_viewport

sides = st.integers(1, 4000)
places = st.floats(-1e4, 1e4)


@given(sides, sides, places, places)
def test_pixels_and_units_are_each_others_inverse(w: int, h: int, x: float, y: float) -> None:
    view = fit_viewport(Rect(-10, 5, 390, 305), w, h)
    assert view.to_drawing(*view.to_pixels(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(sides, sides)
def test_the_whole_extent_is_visible(width: int, height: int) -> None:
    extent = Rect(-10.0, 5.0, 390.0, 305.0)
    view = fit_viewport(extent, width, height)
    left, top = view.to_drawing(0, 0)
    right, bottom = view.to_drawing(width, height)
    assert left <= extent.left + 1e-6 and top <= extent.top + 1e-6
    assert right >= extent.right - 1e-6 and bottom >= extent.bottom - 1e-6
