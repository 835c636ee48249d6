"""The recogniser: the shipped model answers; a damaged one raises ModelError and never crashes."""

import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from app.errors import ModelError
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.recognition.alphabet import CHARACTERS, Alphabet
from app.recognition.model import Recogniser
from app.recognition.model_card import read_card
from app.resources import shipped_model
from tests.app.recognition.damage import (
    change_card,
    change_model,
    failing,
    with_broken_tensor_name,
    with_nan,
)

SEVEN = rasterize([Stroke.of([(0, 0), (60, 0), (25, 100)])])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the shipped model with its card."""
    for suffix in (".tflite", ".json"):
        shutil.copy(shipped_model().with_suffix(suffix), tmp_path)
    return tmp_path / shipped_model().name


def test_a_prediction_has_all_its_parts(model: Path) -> None:
    assert SEVEN is not None
    prediction = Recogniser(model).predict(SEVEN)
    assert prediction.label == "7" == prediction.text
    assert prediction.is_known
    assert sum(prediction.probabilities) == pytest.approx(1.0)
    assert prediction.confidence == prediction.ranked[0][1] == max(prediction.probabilities)
    assert len(prediction.ranked) == 10
    assert np.linalg.norm(prediction.embedding) == pytest.approx(1.0, abs=1e-3)
    assert prediction.raster is SEVEN


def test_the_same_raster_gives_the_same_prediction(model: Path) -> None:
    assert SEVEN is not None
    recogniser = Recogniser(model)
    assert recogniser.predict(SEVEN) == recogniser.predict(SEVEN.copy())


@pytest.mark.parametrize(("threshold", "sure"), [(0.0, True), (1.0, False), (None, True)])
def test_the_card_has_the_threshold_of_sure_answers(
    model: Path, threshold: float | None, sure: bool
) -> None:
    assert SEVEN is not None
    if threshold is None:  # as in cards of earlier versions
        path = model.with_suffix(".json")
        card = json.loads(path.read_text())
        del card["sure_threshold"]
        path.write_text(json.dumps(card))
    else:
        change_card(model, sure_threshold=threshold)
    assert Recogniser(model).predict(SEVEN).is_sure is sure


def test_the_card_has_thresholds_within_numbers_and_old_cards_the_defaults(model: Path) -> None:
    change_card(model, number_digit_threshold=0.25, number_cut_threshold=0.125)
    card = read_card(model.with_suffix(".json"))
    assert (card.number_digit_threshold, card.number_cut_threshold) == (0.25, 0.125)
    path = model.with_suffix(".json")
    value = json.loads(path.read_text())
    del value["number_digit_threshold"], value["number_cut_threshold"]
    path.write_text(json.dumps(value))
    card = read_card(path)
    assert (card.number_digit_threshold, card.number_cut_threshold) == (0.3, 0.1)


def test_the_card_ignores_descriptions_of_another_type(model: Path) -> None:
    change_card(model, recipe=[], metrics={"a": 0.5, "b": "x"}, data={"validation_writers": 3})
    card = read_card(model.with_suffix(".json"))
    assert (card.recipe, card.epochs, card.metrics) == ("", None, {"a": 0.5})
    assert (card.sources, card.validation_writers) == ((), ())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_an_answer_that_is_not_finite_is_an_error(
    model: Path, monkeypatch: pytest.MonkeyPatch, bad: float
) -> None:
    assert SEVEN is not None
    recogniser = Recogniser(model)
    outputs = recogniser.infer_many(SEVEN[None])
    for index in range(3):
        changed = [output.copy() for output in outputs]
        changed[index][0, 0] = bad
        monkeypatch.setattr(recogniser, "infer_many", lambda _rasters, changed=changed: changed)
        with pytest.raises(ModelError, match="no finite answer"):
            recogniser.predict(SEVEN)


def blots(count: int) -> NDArray[np.float32]:
    noise = np.random.default_rng(1).random((count, 28, 28), np.float32)
    assert SEVEN is not None
    return SEVEN * noise


def test_many_rasters_have_the_outputs_that_each_has_alone(model: Path) -> None:
    recogniser, rasters = Recogniser(model), blots(21)
    together = recogniser.infer_many(rasters)
    assert [output.shape for output in together] == [(21, 10), (21, 96), (21, 1)]
    for index, raster in enumerate(rasters):
        for many, one in zip(together, recogniser.infer(raster), strict=True):
            np.testing.assert_allclose(many[index], one, atol=1e-5)


def test_a_model_whose_input_cannot_grow_answers_one_by_one(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Recogniser(model).infer_many(blots(9))

    def refuse(*_arguments: object) -> None:
        raise RuntimeError("fixed shapes")

    monkeypatch.setattr(Interpreter, "resize_tensor_input", refuse)
    for found, wanted in zip(Recogniser(model).infer_many(blots(9)), expected, strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize(
    "changes",
    [
        {"temperature": 1e-300},
        {"temperature": True},
        {"temperature": "1"},
        {"digit_threshold": -0.1},
        {"digit_threshold": 10**400},
        {"outputs": {"embedding": {"size": 1e9}}},
        {"outputs": {"embedding": {"size": "96"}}},
        {"outputs": []},
        {"name": 5},
        {"name": ""},
        {"name": "x" * 1000},
        {"name": "two\nlines"},
        {"name": "half \ud800 a pair"},
        {"name": "\u202egnirts"},
        {"versions": {"keras": float("nan")}},
        {"about": "x" * 2_000_000},
    ],
)
def test_an_absurd_card_is_damaged(model: Path, changes: dict[str, object]) -> None:
    change_card(model, **changes)
    with pytest.raises(ModelError, match="damaged"):
        read_card(model.with_suffix(".json"))


@pytest.mark.parametrize("value", [None, [1], 5, "x", True, {"a": None}, {"a": float(2)}])
@pytest.mark.parametrize("field", ["metrics", "recipe", "data", "versions", "overrides"])
def test_a_description_of_any_kind_does_no_harm(model: Path, field: str, value: object) -> None:
    change_card(model, **{field: value})
    card = read_card(model.with_suffix(".json"))
    assert Recogniser(model, card).card.labels == tuple("0123456789")


def test_absurd_descriptions_are_ignored(model: Path) -> None:
    sources = {"MNIST": "", "\ud800": "", "x" * 999: ""}
    change_card(
        model,
        recipe={"name": "\x1b[2J", "epochs": 10**30},
        data={"sources": sources, "validation_writers": [5, True, -1, "x", 10]},
    )
    card = read_card(model.with_suffix(".json"))
    assert (card.recipe, card.epochs, card.sources) == ("", None, ("MNIST",))
    assert card.validation_writers == (5, 10)


def missing(model: Path) -> None:
    model.unlink()


def truncated(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:1000])


def tampered(model: Path) -> None:
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(bytes(content))


def not_a_network(model: Path) -> None:
    change_model(model, b"TFL3" * 1000)


def truncated_with_its_hash(model: Path) -> None:
    change_model(model, model.read_bytes()[:1000])


def other_labels(model: Path) -> None:
    change_card(model, labels=["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"])


def other_shape(model: Path) -> None:
    change_card(model, outputs={"embedding": {"size": 64}})


def embedding_like_the_logits(model: Path) -> None:
    change_card(model, outputs={"embedding": {"size": 10}})


def embedding_like_the_digit(model: Path) -> None:
    change_card(model, outputs={"embedding": {"size": 1}})


def infinite_temperature(model: Path) -> None:
    path = model.with_suffix(".json")
    path.write_text(path.read_text().replace('"temperature": ', '"temperature": 1' + 400 * "0"))


def other_raster(model: Path) -> None:
    change_card(model, raster_version=99)


def no_card(model: Path) -> None:
    model.with_suffix(".json").unlink()


def half_a_card(model: Path) -> None:
    path = model.with_suffix(".json")
    path.write_text(path.read_text()[:200])


def temperature_of_another_type(model: Path) -> None:
    change_card(model, temperature="warm")


def threshold_above_1(model: Path) -> None:
    change_card(model, sure_threshold=1.5)


def empty_card(model: Path) -> None:
    model.with_suffix(".json").write_text("[]")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (missing, "missing"),
        (truncated, "not the one that its card describes"),
        (tampered, "not the one that its card describes"),
        (not_a_network, "is not a recogniser"),
        (truncated_with_its_hash, "is not a recogniser"),
        (other_labels, "damaged"),
        (other_shape, "is not a recogniser"),
        (embedding_like_the_logits, r"as many values as another output \(10\)"),
        (embedding_like_the_digit, r"as many values as another output \(1\)"),
        (infinite_temperature, "damaged"),
        (other_raster, "another version"),
        (no_card, "card digits.json is missing"),
        (half_a_card, "damaged"),
        (temperature_of_another_type, "damaged"),
        (threshold_above_1, "damaged"),
        (with_nan, "no finite answer"),
        (failing, "is not a recogniser"),
        (with_broken_tensor_name, "is not a recogniser"),
        (empty_card, "damaged"),
    ],
)
def test_a_bad_model_raises_a_model_error(
    model: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(model)
    with pytest.raises(ModelError, match=message):
        Recogniser(model)


def test_a_card_is_of_the_alphabet_that_is_asked_for(model: Path) -> None:
    path = model.with_suffix(".json")
    with pytest.raises(ModelError, match="damaged"):
        read_card(path, CHARACTERS)
    change_card(model, labels=list(CHARACTERS.labels), thresholds={"small": 0.75, "runes": "x"})
    assert read_card(path, CHARACTERS).sure_thresholds == {"small": 0.75}
    with pytest.raises(ModelError, match="damaged"):
        read_card(path)
    change_card(model, thresholds={"small": 1.5})
    with pytest.raises(ModelError, match="damaged"):
        read_card(path, CHARACTERS)


def test_a_narrowed_model_chooses_from_some_labels_alone(model: Path) -> None:
    assert SEVEN is not None
    recogniser = Recogniser(model)
    whole, few = recogniser.predict(SEVEN), Alphabet("few", ("1", "7", "9"))
    narrowed = recogniser.narrowed(few).predict(SEVEN)
    assert (narrowed.labels, narrowed.label, narrowed.alphabet) == (few.labels, "7", "few")
    assert sum(narrowed.probabilities) == pytest.approx(1.0)
    shares = dict(zip(whole.labels, whole.probabilities, strict=True))
    for one, other in itertools.combinations(few.labels, 2):
        ratio = narrowed.probabilities[few.labels.index(one)] / shares[one]
        same = narrowed.probabilities[few.labels.index(other)] / shares[other]
        assert ratio == pytest.approx(same, rel=1e-4)
    assert narrowed.is_known and narrowed.known_score <= whole.known_score
    assert recogniser.predict(SEVEN) == whole


def test_ink_of_another_label_is_none_of_a_narrowed_model(model: Path) -> None:
    assert SEVEN is not None
    narrowed = Recogniser(model).narrowed(Alphabet("few", ("0", "6", "8")))
    assert narrowed.predict(SEVEN).text == ""


def test_each_alphabet_has_its_own_threshold_of_sure_answers(model: Path) -> None:
    assert SEVEN is not None
    change_card(model, thresholds={"digits": 1.0})
    assert not Recogniser(model).predict(SEVEN).is_sure
