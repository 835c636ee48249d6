"""The curves' axes: few round values that hold all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.retrain.learning_curves import _ticks


@given(st.lists(st.floats(0.0, 1e9), max_size=5))
def test_a_losses_axis_holds_it(values: list[float]) -> None:
    marks, places = _ticks(values, shares=False)
    assert 2 <= len(marks) <= 7
    assert marks[0] == 0.0 and marks[-1] >= max(values, default=1.0) * (1 - 1e-6)
    assert len({f"{mark:.{places}f}" for mark in marks}) == len(marks)


@given(st.lists(st.floats(0.0, 1.0), max_size=5))
def test_an_accuracys_axis_holds_it_and_ends_at_one(values: list[float]) -> None:
    marks, places = _ticks(values, shares=True)
    assert 2 <= len(marks) <= 7
    assert marks[0] <= min(values, default=0.9) + 1e-6
    assert marks[-1] == pytest.approx(1.0)
    assert places >= 2
