"""The best paths: as good as those found by trying every set of arcs."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from app.numbers.best_path import Arc, best_paths, log_sum_exp


@st.composite
def lattices(draw: st.DrawFn) -> tuple[int, list[Arc]]:
    count = draw(st.integers(1, 6))
    score = st.floats(-5, 5)
    arcs = [Arc((segment,), draw(score)) for segment in range(count)]
    for _arc in range(draw(st.integers(0, 8))):
        segments = sorted(draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=3)))
        arcs.append(Arc(tuple(segments), draw(score), draw(st.booleans())))
    return count, arcs


def all_paths(count: int, arcs: list[Arc]) -> list[float]:
    scores = []
    for size in range(1, count + 1):
        for chosen in itertools.combinations(arcs, size):
            covered = sorted(segment for arc in chosen for segment in arc.segments)
            if covered == list(range(count)) and sum(arc.at_most_once for arc in chosen) <= 1:
                scores.append(sum(arc.score for arc in chosen))
    return sorted(scores, reverse=True)


@given(lattices())
def test_the_best_paths_are_the_best_of_all(lattice: tuple[int, list[Arc]]) -> None:
    count, arcs = lattice
    paths = best_paths(count, arcs, 3)
    for path, score in zip(paths, all_paths(count, arcs)[:3], strict=True):
        assert math.isclose(path.score, score, abs_tol=1e-9)
        covered = sorted(segment for arc in path.arcs for segment in arcs[arc].segments)
        assert covered == list(range(count))


def test_the_logarithm_of_a_sum() -> None:
    assert math.isclose(log_sum_exp([-1000.0, -1000.0]), -1000.0 + math.log(2))
