"""The user's own samples: near ink follows them, far ink stays as it was, to the last bit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.adaptation import REACH, SampleCache
from app.recognition.prediction import Outputs

SIZE = 8


def outputs(direction: int, label: int = 3, by: float = 4.0, digit: float = 5.0) -> Outputs:
    """A network's answer `label`, `by` above all others, its embedding along one axis."""
    logits = np.zeros(10, np.float32)
    logits[label] = by
    return Outputs(logits, digit, np.eye(SIZE, dtype=np.float32)[direction])


def turned(cosine: float, direction: int = 0) -> Outputs:
    """Like outputs(direction), its embedding at an angle to it."""
    base = outputs(direction)
    embedding = np.zeros(SIZE, np.float32)
    embedding[direction], embedding[-1] = cosine, np.sqrt(1 - cosine**2)
    return Outputs(base.logits, base.digit_margin, embedding)


def test_a_hand_without_samples_changes_nothing() -> None:
    asked = outputs(0)
    assert SampleCache(SIZE).adapt(asked) == (asked, False)


@pytest.mark.parametrize("by", [0.5, 4.0, 9.0, 15.0])
def test_the_same_ink_is_answered_as_it_was_taught(by: float) -> None:
    cache = SampleCache(SIZE)
    cache.add("a", 7, outputs(0, by=by))
    answer, own = cache.adapt(outputs(0, by=by))
    assert own and answer.logits.argmax() == 7


@given(st.floats(-1.0, REACH))
def test_ink_out_of_reach_is_untouched(cosine: float) -> None:
    cache = SampleCache(SIZE)
    cache.add("a", 7, outputs(0))
    asked = turned(cosine)
    answer, own = cache.adapt(asked)
    assert answer is asked and not own


def test_the_liker_the_louder_and_never_a_jump_at_the_reach() -> None:
    cache = SampleCache(SIZE)
    cache.add("a", 7, outputs(0))
    said = [float(cache.adapt(turned(c))[0].logits[7]) for c in np.linspace(REACH, 0.999, 60)]
    assert said[0] == pytest.approx(0.0, abs=1e-5)
    assert all(later >= earlier for earlier, later in pairwise(said))
    assert said[1] < 0.2


def test_ten_samples_alike_are_no_louder_than_one() -> None:
    one, ten = SampleCache(SIZE), SampleCache(SIZE)
    one.add("a", 7, outputs(0))
    for number in range(10):
        ten.add(str(number), 7, outputs(0))
    assert np.array_equal(one.adapt(turned(0.9))[0].logits, ten.adapt(turned(0.9))[0].logits)
    assert len(ten) == 10


def test_no_digit_is_learnt_and_a_refused_digit_too() -> None:
    cache = SampleCache(SIZE)
    cache.add("scribble", None, outputs(0, digit=4.0))
    cache.add("mine", 7, outputs(1, label=7, digit=-3.0))
    assert cache.adapt(outputs(0, digit=4.0))[0].digit_margin < 0
    assert cache.adapt(outputs(1, label=7, digit=-3.0))[0].digit_margin > 0


def test_what_is_forgotten_or_relabelled_speaks_no_more() -> None:
    cache = SampleCache(SIZE)
    for number in range(40):  # more than it has room for at first
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


def test_the_last_word_counts() -> None:
    cache = SampleCache(SIZE)
    for number, label in enumerate([7, 1, None, 7]):
        cache.add(str(number), label, outputs(0))
        answer, _own = cache.adapt(outputs(0))
        assert (answer.logits.argmax() if answer.digit_margin > 0 else None) == label
