"""The fit of the weights of whole numbers, from training writers to the source file."""

from pathlib import Path

import numpy as np
import pytest

from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.numbers import weights as number_weights
from app.numbers.features import FEATURES
from app.numbers.number_ink import number_ink
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import SampleStore
from training.data.pendigits import PenDigit
from training.number_weights.fit import (
    PathSet,
    accuracy,
    as_array,
    fit_weights,
    maximum_likelihood,
    with_weights,
)
from training.number_weights.lattices import labelled_lattice, training_digits
from training.recipes.catalogue import VALIDATION_WRITERS
from training.robustness.number_strings import number_strings

FORMS = {
    1: [[(0, 0), (0, 50), (0, 100)]],
    4: [[(30, 0), (0, 60), (60, 60)], [(45, 35), (43, 110)]],
    5: [[(10, 0), (8, 45), (40, 48), (48, 75), (35, 97), (0, 95)], [(10, 0), (50, -3)]],
    7: [[(0, 0), (60, 0), (25, 100)]],
}


def pen_digits() -> list[PenDigit]:
    """Four digits of each of six writers, the fifth of whom is a validation writer."""
    return [
        PenDigit(label, writer, order, tuple(Stroke.of(line) for line in lines))
        for writer in range(1, 7)
        for order, (label, lines) in enumerate(FORMS.items())
    ]


@pytest.fixture(scope="module")
def personal(tmp_path_factory: pytest.TempPathFactory) -> PersonalRecogniser:
    return PersonalRecogniser(shipped_recogniser(), SampleStore(tmp_path_factory.mktemp("none")))


def test_no_validation_writer_is_trained_on() -> None:
    digits = pen_digits()
    chosen = training_digits(digits, seed=1)
    assert {digit.writer for digit in chosen} == {
        digit.writer for digit in digits if digit.writer not in VALIDATION_WRITERS
    }
    changed = sum(digit not in digits for digit in chosen)
    assert 0 < changed < len(chosen)


def test_the_feature_that_tells_correct_paths_has_the_largest_weight() -> None:
    rng = np.random.default_rng(0)
    path_sets = []
    for _string in range(40):
        features = rng.normal(size=(6, len(FEATURES)))
        features = features[np.argsort(-features[:, 3] + 0.3 * rng.normal(size=6))]
        path_sets.append(PathSet(features, 1))
    weights = maximum_likelihood(path_sets, np.zeros(len(FEATURES)))
    assert np.argmax(np.abs(weights)) == 3 and weights[3] > 0
    assert weights[-3:].min() >= 0


def test_the_fit_loses_no_string_that_was_read_right(personal: PersonalRecogniser) -> None:
    lattices = []
    for string in number_strings(pen_digits(), 6, seed=2, plain=True):
        ink = number_ink(Content(strokes=string.strokes))
        assert ink is not None
        lattices.append(labelled_lattice(ink, string, personal))
    start = as_array(number_weights.WEIGHTS)
    assert accuracy(lattices, fit_weights(lattices, start)) >= accuracy(lattices, start)


def test_the_fitted_weights_replace_those_in_the_source() -> None:
    text = Path(str(number_weights.__file__)).read_text("utf-8")
    assert with_weights(text, as_array(number_weights.WEIGHTS)) == text
    changed = with_weights(text, np.arange(len(FEATURES)) / 4)
    names: dict[str, object] = {}
    exec(compile(changed, "number_weights.py", "exec"), names)
    weights = names["WEIGHTS"]
    assert isinstance(weights, type(number_weights.WEIGHTS))
    assert as_array(weights).tolist() == (np.arange(len(FEATURES)) / 4).tolist()
