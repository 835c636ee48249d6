"""Variations, rare forms and negatives: always ink, different each time, a function of the seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ink.rasterize import PEN_WIDTH
from tests.training.made_up import corpus_with_ink, tiny_inkling
from training.augmentation.batches import training_batches
from training.augmentation.negatives import FAMILIES, synthetic_negative
from training.augmentation.polylines import Polyline, dots_along, rasterize_polylines, resampled
from training.augmentation.rare_forms import rare_form
from training.augmentation.strokes import random_pen_width, vary, vary_digit
from training.data.corpus import NOT_A_DIGIT

SEVEN: list[Polyline] = [
    np.array([(0.0, 0.0), (0.6, 0.0), (0.2, 1.0)]),
    np.array([(0.2, 0.5), (0.6, 0.5)]),
]
points = st.tuples(st.floats(0, 1), st.floats(0, 1))
drawings = st.lists(
    st.lists(points, min_size=1, max_size=12).map(lambda line: np.array(line, np.float64)),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(drawings, st.integers(0, 9), st.integers(0, 2**32))
def test_any_drawing_can_be_varied_and_rasterized(
    lines: list[Polyline], label: int, seed: int
) -> None:
    image = rasterize_polylines(*vary_digit(lines, label, np.random.default_rng(seed)))
    assert image.shape == (28, 28) and image.max() > 0.5 and np.isfinite(image).all()


def test_variations_differ_and_are_a_function_of_the_seed() -> None:
    first, second, again = (
        [rasterize_polylines(*vary(SEVEN, rng)) for _nth in range(20)]
        for rng in (np.random.default_rng(seed) for seed in (1, 2, 1))
    )
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert len({image.tobytes() for image in first}) > 14  # one in ten stays as it was written
    assert not np.array_equal(first, second)


def test_some_drawings_stay_as_they_were_written() -> None:
    rng = np.random.default_rng(0)
    unchanged = sum(vary(SEVEN, rng)[0] is SEVEN for _nth in range(500))
    assert 20 < unchanged < 90


@pytest.mark.parametrize("label", [0, 1, 7])
def test_sometimes_a_digit_has_the_bar_that_some_people_add(label: int) -> None:
    rng = np.random.default_rng(4)
    counts = [len(vary_digit([SEVEN[0]], label, rng)[0]) for _nth in range(400)]
    assert max(counts) > 1 and counts.count(1) > 250


def test_zeros_are_marked_in_several_ways_near_their_box() -> None:
    ring: list[Polyline] = [np.array([(0.3, 0.0), (0.0, 0.5), (0.3, 1.0), (0.6, 0.5), (0.3, 0.0)])]
    marks = [rare_form(ring, 0, np.random.default_rng(seed))[1] for seed in range(60)]
    assert all((mark > -0.4).all() and (mark < 1.35).all() for mark in marks)
    extents = [np.ptp(mark, axis=0) for mark in marks]
    assert any(width > 1.5 * 0.6 for width, _height in extents)  # the ring is 0.6 wide
    assert any(height > 5 * width for width, height in extents)
    assert any(width > 5 * height for width, height in extents)
    assert any(max(extent) < 0.05 for extent in extents)


def test_a_single_stroke_four_never_crosses_itself() -> None:
    four: list[Polyline] = [
        np.array([(0.5, 0.0), (0.0, 0.6), (0.8, 0.6)]),
        np.array([(0.6, 0.3), (0.6, 1.0)]),
    ]
    (line,) = rare_form(four, 4, np.random.default_rng(0))
    assert np.array_equal(line[:3], four[0])
    assert line[-1].tolist() == [0.6, 1.0] and line[3, 1] == pytest.approx(0.6, abs=0.1)


def test_a_hooked_nine_turns_to_the_left_and_upwards() -> None:
    nine: list[Polyline] = [np.array([(0.5, 0.3), (0.0, 0.2), (0.4, 0.0), (0.5, 1.0)])]
    (line,) = rare_form(nine, 9, np.random.default_rng(0))
    tail = line[len(nine[0]) :]
    assert len(tail) and tail[:, 0].max() <= 0.5 and (np.diff(tail[:, 0]) < 0).all()


@pytest.mark.parametrize("label", range(-1, 10))
def test_a_form_that_does_not_fit_leaves_the_lines(label: int) -> None:
    dot: list[Polyline] = [np.zeros((1, 2))]
    assert np.isfinite(rasterize_polylines(rare_form(dot, label, np.random.default_rng(0)))).all()
    assert label in (0, 1, 7) or rare_form(dot, label, np.random.default_rng(0)) is dot


def test_pens_are_mostly_the_rasters_own() -> None:
    pens = [random_pen_width(np.random.default_rng(seed)) for seed in range(300)]
    assert 0.7 < np.mean(np.array(pens) == PEN_WIDTH) < 0.9
    assert min(pens) >= 1.3 and max(pens) <= 5.0


def test_resampled_points_are_evenly_apart() -> None:
    line = resampled(np.array([(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)]), 9)
    assert np.allclose(np.abs(np.diff(line, axis=0)).sum(axis=1), 0.5)


def test_dots_lie_on_the_line_at_the_distance() -> None:
    dots = np.concatenate(dots_along([np.array([(0.0, 0.0), (1.0, 0.0)])], 0.1))
    assert np.allclose(dots, np.column_stack([np.linspace(0, 1, 11), np.zeros(11)]))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_draws_something(family: str) -> None:
    rng = np.random.default_rng(0)
    images = [rasterize_polylines(*synthetic_negative(family, [SEVEN], rng)) for _nth in range(20)]
    assert min(image.max() for image in images) > 0.5
    assert len({image.tobytes() for image in images}) > 10


def test_held_out_families_are_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()

    def noted(family: str, *_others: object) -> tuple[list[Polyline], float]:
        drawn.add(family)
        return SEVEN, PEN_WIDTH

    monkeypatch.setattr("training.augmentation.batches.synthetic_negative", noted)
    recipe, corpus = tiny_inkling(), corpus_with_ink()
    assert recipe.ink is not None
    for _batch, _number in zip(training_batches(recipe, corpus), range(40), strict=False):
        pass
    assert drawn and drawn == set(FAMILIES) - set(recipe.ink.held_out_families)


def test_an_epoch_has_the_recipes_number_of_negatives() -> None:
    recipe, corpus = tiny_inkling(), corpus_with_ink()
    assert recipe.ink is not None
    steps = (len(corpus.mnist) + recipe.ink.pen_digits + recipe.ink.negatives) // recipe.batch
    digit = [
        targets["digit"].numpy().ravel()
        for (_images, targets, _weights), _step in zip(
            training_batches(recipe, corpus), range(steps), strict=False
        )
    ]
    assert (np.concatenate(digit) == 0).sum() == recipe.ink.negatives
    assert (corpus.characters.labels == NOT_A_DIGIT).all()
