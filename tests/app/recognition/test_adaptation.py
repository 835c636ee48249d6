"""The user's samples: they change the outputs of near ink; far ink's stay equal bit by bit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.adaptation import REACH, SampleCache
from app.recognition.prediction import Outputs

SIZE = 8


def outputs(direction: int, label: int = 3, by: float = 4.0, digit: float = 5.0) -> Outputs:
    """Outputs whose logit of `label` is `by` above all others, the embedding along one axis."""
    logits = np.zeros(10, np.float32)
    logits[label] = by
    return Outputs(logits, digit, np.eye(SIZE, dtype=np.float32)[direction])


def turned(cosine: float, direction: int = 0) -> Outputs:
    """`outputs(direction)` with an embedding at this cosine to it."""
    base = outputs(direction)
    embedding = np.zeros(SIZE, np.float32)
    embedding[direction], embedding[-1] = cosine, np.sqrt(1 - cosine**2)
    return Outputs(base.logits, base.known_margin, embedding)


def test_without_samples_nothing_changes() -> None:
    asked = outputs(0)
    assert SampleCache(SIZE, 10).adapt(asked) == (asked, False)


@pytest.mark.parametrize("by", [0.5, 4.0, 9.0, 15.0, 40.0])
def test_the_same_ink_gets_its_samples_label(by: float) -> None:
    cache = SampleCache(SIZE, 10)
    cache.add("a", 7, outputs(0, by=by))
    answer, matches = cache.adapt(outputs(0, by=by))
    assert matches and answer.logits.argmax() == 7


@given(st.floats(-1.0, REACH))
def test_ink_out_of_reach_keeps_its_outputs(cosine: float) -> None:
    cache = SampleCache(SIZE, 10)
    cache.add("a", 7, outputs(0))
    asked = turned(cosine)
    answer, matches = cache.adapt(asked)
    assert answer is asked and not matches


def test_what_a_sample_adds_grows_with_the_cosine_from_0_at_reach() -> None:
    cache = SampleCache(SIZE, 10)
    cache.add("a", 7, outputs(0))
    added = [float(cache.adapt(turned(c))[0].logits[7]) for c in np.linspace(REACH, 0.999, 60)]
    assert added[0] == pytest.approx(0.0, abs=1e-5)
    assert all(later >= earlier for earlier, later in pairwise(added))
    assert added[1] < 0.2


def test_ten_equal_samples_add_no_more_than_one() -> None:
    one, ten = SampleCache(SIZE, 10), SampleCache(SIZE, 10)
    one.add("a", 7, outputs(0))
    for number in range(10):
        ten.add(str(number), 7, outputs(0))
    assert np.array_equal(one.adapt(turned(0.9))[0].logits, ten.adapt(turned(0.9))[0].logits)
    assert len(ten) == 10


def test_no_digit_can_be_learnt_and_so_can_a_rejected_digit() -> None:
    cache = SampleCache(SIZE, 10)
    cache.add("scribble", None, outputs(0, digit=4.0))
    cache.add("mine", 7, outputs(1, label=7, digit=-3.0))
    assert cache.adapt(outputs(0, digit=4.0))[0].known_margin < 0
    assert cache.adapt(outputs(1, label=7, digit=-3.0))[0].known_margin > 0
    cache.add("no 7 either", None, outputs(1, label=7, digit=15.0))
    assert cache.adapt(outputs(1, label=7, digit=15.0))[0].known_margin < 0


def test_removed_and_relabelled_samples_add_nothing_more() -> None:
    cache = SampleCache(SIZE, 10)
    for number in range(40):  # more than the first array has rows for
        cache.add(str(number), 7, outputs(number % SIZE))
    cache.add("0", 5, outputs(0))
    assert len(cache) == 40
    for number in range(8, 40):
        cache.remove(str(number))
    cache.remove("unknown")
    assert cache.adapt(outputs(0))[0].logits.argmax() == 5
    assert cache.adapt(outputs(1))[0].logits.argmax() == 7
    cache.remove("1")
    assert not cache.adapt(outputs(1))[1]


def test_the_latest_sample_of_the_same_ink_wins() -> None:
    cache = SampleCache(SIZE, 10)
    for number, label in enumerate([7, 1, None, 7]):
        cache.add(str(number), label, outputs(0))
        answer, _matches = cache.adapt(outputs(0))
        assert (answer.logits.argmax() if answer.known_margin > 0 else None) == label
