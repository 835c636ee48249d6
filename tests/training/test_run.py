"""A whole run on a handful of drawings: fit, resume, export, card; both files answer alike."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from app.errors import InklingError, ModelError
from app.recognition.recogniser import Recogniser
from training.__main__ import main
from training.calibration import auroc, digit_threshold, temperature
from training.corpus import NOT_A_DIGIT, Corpus, Labelled
from training.evaluate import Answers, answers_of
from training.export import export_litert
from training.fit import History, fit
from training.recipes import INKLING, RecipeError, recipe_named
from training.run import run, ship

TINY = replace(
    INKLING, name="tiny", epochs=2, batch=20, pen_digits=40, negatives=20, warm_up_epochs=0.5
)


def part(count: int, seed: int, labels: tuple[int, ...] = tuple(range(10))) -> Labelled:
    """Return made-up rasters: a bar whose place tells the label; noise for what is no digit."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 60, (count, 28, 28), dtype=np.uint8)
    chosen = rng.choice(labels, count).astype(np.int8)
    for image, label in zip(images, chosen, strict=True):
        if label != NOT_A_DIGIT:
            image[4:24, 4 + 2 * label : 6 + 2 * label] = 255
    return Labelled(images, chosen)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    none = (NOT_A_DIGIT,)
    return Corpus(
        mnist=part(60, 1),
        pen=part(60, 2),
        negatives=part(30, 3, none),
        validation_mnist=part(40, 4),
        validation_pen=part(40, 5),
        validation_negatives=part(20, 6, none),
    )


def history(folder: Path) -> list[dict[str, str]]:
    with (folder / "history.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class RunStoppedError(Exception):
    """Stands for Ctrl+C or kill -9."""


def interrupted_after_one_epoch(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_self: History, _epoch: int, _logs: object = None) -> None:
        raise RunStoppedError

    with monkeypatch.context() as patch, pytest.raises(RunStoppedError):
        patch.setattr(History, "on_epoch_end", stop)
        fit(TINY, corpus, folder)


def test_an_interrupted_run_goes_on_from_its_last_whole_epoch(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_after_one_epoch(corpus, tmp_path, monkeypatch)
    with pytest.raises(RecipeError, match="--resume"):
        fit(TINY, corpus, tmp_path)
    with pytest.raises(RecipeError, match="another recipe"):
        fit(replace(TINY, seed=9), corpus, tmp_path, resume=True)
    fit(TINY, corpus, tmp_path, resume=True)
    assert [row["epoch"] for row in history(tmp_path)] == ["2"]
    assert not list(tmp_path.glob(".*"))


def test_a_resumed_run_never_replaces_a_better_checkpoint(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_after_one_epoch(corpus, tmp_path / "run", monkeypatch)
    # A checkpoint that one more epoch cannot reach: the averaged weights of much more training.
    fit(replace(TINY, epochs=12, ema=0.5), corpus, tmp_path / "longer")
    better = (tmp_path / "longer" / "best.keras").read_bytes()
    (tmp_path / "run" / "best.keras").write_bytes(better)
    fit(TINY, corpus, tmp_path / "run", resume=True)
    assert (tmp_path / "run" / "best.keras").read_bytes() == better


def test_a_loaded_optimiser_decays_the_same_weights(corpus: Corpus, tmp_path: Path) -> None:
    fit(replace(TINY, epochs=1), corpus, tmp_path)
    model = keras.models.load_model(tmp_path / "last.keras")
    decayed = {v.name for v in model.trainable_variables if model.optimizer._use_weight_decay(v)}
    assert decayed == {"kernel"}


def test_a_run_is_a_function_of_its_recipe(corpus: Corpus, tmp_path: Path) -> None:
    once = replace(TINY, epochs=1)
    losses = []
    for name in ("a", "b"):
        fit(once, corpus, tmp_path / name)
        losses.append(float(history(tmp_path / name)[0]["loss"]))
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)


def test_a_finished_run_ships_a_model_that_the_program_reads(
    corpus: Corpus, tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKLING_DATA", str(data_folder))
    card = run(replace(TINY, epochs=1), corpus, tmp_path / "run")
    ship(tmp_path / "run", tmp_path / "models")
    recogniser = Recogniser(tmp_path / "models" / "digits.tflite")
    assert recogniser.card.all == json.loads(json.dumps(card))
    assert card["data"]["validation_writers"] == list(TINY.validation_writers)
    assert not set(card["data"]["training_writers"]) & set(TINY.validation_writers)
    assert set(card["metrics"]) >= {"mnist_test_accuracy", "pen_validation_accuracy"}
    litert = answers_of(tmp_path / "models" / "digits.tflite", corpus.validation)
    kept = answers_of(tmp_path / "models" / "digits.keras", corpus.validation)
    assert np.allclose(litert.logits, kept.logits, atol=0.02)
    assert np.allclose(litert.digit, kept.digit, atol=0.02)


def test_shipping_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InklingError, match="no finished run"):
        ship(tmp_path, tmp_path / "models")


def test_export_writes_nothing_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.keras"):
        export_litert(tmp_path / "none.keras", tmp_path / "x.tflite")
    assert not list(tmp_path.iterdir())


def test_temperature_and_threshold_do_what_they_say() -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 10, 4000).astype(np.int8)
    honest = rng.normal(0, 1, (4000, 10))
    honest[np.arange(4000), labels] += 1.0  # the right class's odds, for unit-variance noise
    answers = Answers(3.0 * honest, rng.normal(4, 1, 4000), labels)
    assert temperature(answers) == pytest.approx(3.0, rel=0.1)
    with_others = Answers(
        np.concatenate([answers.logits, np.zeros((1000, 10))]),
        np.concatenate([answers.digit, np.full(1000, -9.0)]),
        np.concatenate([labels, np.full(1000, NOT_A_DIGIT, np.int8)]),
    )
    scores = 1 / (1 + np.exp(-answers.digit))
    assert (scores < digit_threshold(with_others)).mean() <= 0.005
    assert auroc(with_others) == pytest.approx(1.0)


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(RecipeError, match="inkling"):
        recipe_named("none")


def test_the_verbs_fail_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "none"]) == 1
    assert main(["evaluate", str(tmp_path / "none.tflite")]) == 1
    assert main(["ship", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3 and all(line.startswith("inkling: ") for line in said)
