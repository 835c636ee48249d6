"""The fit for own symbols: on made-up drawings, whose answers are known."""

import numpy as np
import pytest

from app.ink.stroke import Stroke
from training.symbol_weights.fit import DISCRIMINANTS, discriminants, fit_known, fit_weights
from training.symbol_weights.kinds import Kinds, Strokes, own_symbols_of, whole_drawings

ONE: Strokes = (Stroke.of([(0, 0), (1, 1)]),)
TWO: Strokes = (*ONE, *ONE)


def test_discriminants_keep_what_tells_kinds_apart() -> None:
    rng = np.random.default_rng(1)
    kinds = np.repeat(np.arange(12), 10)
    features = rng.normal(0, 1, (120, 80))
    features[:, 3] = kinds + rng.normal(0, 0.1, 120)
    mean, axes = discriminants(features, kinds)
    assert axes.shape == (80, DISCRIMINANTS)
    assert mean == pytest.approx(features.mean(axis=0))
    assert np.abs(axes[:, 0]).argmax() == 3


def test_a_distance_that_tells_nothing_gets_no_weight() -> None:
    rng = np.random.default_rng(1)
    every = []
    for _task in range(20):
        distances = rng.uniform(0, 1, (5, 5, 1, 4))
        distances[:, :, 0, 2] += 1 - np.eye(5)
        every.append(distances)
    weights = fit_weights(every)
    assert weights.argmax() == 2
    assert (weights >= 0).all()


def test_higher_scores_are_known() -> None:
    scores = np.array([-9.0, -8.0, -3.0, -2.0])
    constant, slope = fit_known(scores, np.array([False, False, True, True]))
    assert slope > 0
    assert constant + slope * -8.0 < 0 < constant + slope * -3.0


def test_a_writers_own_symbols_look_unlike_each_other_and_the_others() -> None:
    kinds: Kinds = {"a": [ONE] * 3, "l": [ONE] * 3, "|": [ONE] * 3, "b": [ONE], ".": [ONE] * 3}
    kinds |= {"A": [ONE], "1": [ONE]}
    own, others = own_symbols_of(kinds, 3)
    assert own == ["a", "l"] or own == ["a", "|"]
    assert others == ["A", "b"]


def test_drawings_that_lack_strokes_are_left_out() -> None:
    assert whole_drawings({"f": [TWO, TWO, ONE]}) == {"f": [TWO, TWO]}
