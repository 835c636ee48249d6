"""The curves' axes: few round values that contain all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.retrain.learning_curves import axis_ticks


@given(st.lists(st.floats(0.0, 1e9), max_size=5))
def test_the_axis_of_a_loss_contains_it(values: list[float]) -> None:
    ticks, decimals = axis_ticks(values, as_percent=False)
    assert 2 <= len(ticks) <= 7
    assert ticks[0] == 0.0 and ticks[-1] >= max(values, default=1.0) * (1 - 1e-6)
    assert len({f"{tick:.{decimals}f}" for tick in ticks}) == len(ticks)


@given(st.lists(st.floats(0.0, 1.0), max_size=5))
def test_the_axis_of_an_accuracy_contains_it_and_ends_at_one(values: list[float]) -> None:
    ticks, decimals = axis_ticks(values, as_percent=True)
    assert 2 <= len(ticks) <= 7
    assert ticks[0] <= min(values, default=0.9) + 1e-6
    assert ticks[-1] == pytest.approx(1.0)
    assert decimals >= 2
