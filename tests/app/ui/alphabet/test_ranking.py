"""The order of the bars: the best on top, and no jumping about for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.alphabet.ranking import Ranking

SHARES = st.fixed_dictionaries({label: st.floats(0, 1) for label in "abcdefgh"})


def test_the_first_order_is_that_of_the_probabilities() -> None:
    assert Ranking(3).update({"a": 0.1, "b": 0.6, "c": 0.05, "d": 0.25}) == ["b", "d", "a"]


def test_labels_that_are_about_as_probable_stay_where_they_are() -> None:
    ranking = Ranking(3)
    ranking.update({"a": 0.5, "b": 0.21, "c": 0.2, "d": 0.09})
    assert ranking.update({"a": 0.5, "b": 0.2, "c": 0.21, "d": 0.09}) == ["a", "b", "c"]
    assert ranking.update({"a": 0.5, "b": 0.1, "c": 0.21, "d": 0.19}) == ["a", "c", "d"]


def test_a_label_that_is_clearly_more_probable_passes_all_that_are_not() -> None:
    ranking = Ranking(4)
    ranking.update({"a": 0.5, "b": 0.3, "c": 0.15, "d": 0.05})
    assert ranking.update({"a": 0.5, "b": 0.1, "c": 0.1, "d": 0.3}) == ["a", "d", "b", "c"]


def test_after_clearing_the_order_is_the_probabilities_again() -> None:
    ranking = Ranking(2)
    ranking.update({"a": 0.5, "b": 0.3, "c": 0.2})
    ranking.clear()
    assert ranking.update({"a": 0.33, "b": 0.33, "c": 0.34}) == ["c", "a"]


def test_a_label_without_a_bar_gets_one_before_labels_that_are_next_to_impossible() -> None:
    ranking = Ranking(3)
    ranking.update({"a": 0.5, "b": 0.3, "c": 0.2, "d": 0.0})
    assert ranking.update({"a": 0.98, "b": 0.001, "c": 0.013, "d": 0.006}) == ["a", "c", "d"]


@given(st.lists(SHARES, min_size=1, max_size=8))
def test_the_best_is_on_top_and_nothing_is_there_twice(flow: list[dict[str, float]]) -> None:
    ranking = Ranking(5)
    for shares in flow:
        before, labels = list(ranking.labels), ranking.update(shares)
        assert shares[labels[0]] == max(shares.values())
        assert len(labels) == len(set(labels)) == 5
        least = min(shares[label] for label in labels)
        assert all(shares[label] <= least * 1.5 + 0.002 for label in set(shares) - set(labels))
        assert ranking.update(shares) == labels or not before


def test_the_best_is_shown_however_little_it_is_ahead() -> None:
    ranking = Ranking(2)
    ranking.update({"a": 0.012, "b": 0.011, "c": 0.01})
    assert ranking.update({"a": 0.012, "b": 0.011, "c": 0.013}) == ["c", "a"]
