"""A whole run on a handful of drawings: fit, resume, export, card; both files answer alike."""

import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from app.errors import InklingError, ModelError, StorageError
from app.recognition.alphabet import ALPHABETS, CHARACTERS
from app.recognition.model import Recogniser
from app.recognition.model_card import read_card
from app.resources import shipped_model
from tests.training.made_up import (
    corpus_of_characters,
    corpus_of_images,
    corpus_with_ink,
    part,
    tiny_characters,
    tiny_inkling,
    tiny_mlp,
)
from training.__main__ import main
from training.augmentation.batches import validation_batches
from training.data.corpus import NOT_A_DIGIT, Corpus, LabelledRasters
from training.data.dataset import DataError
from training.data.library import Library
from training.errors import DivergedError
from training.evaluation.evaluate import ModelOutputs, auroc, outputs_of, probabilities
from training.export.convert import convert
from training.export.model_card import calibrate
from training.fitting.callbacks import AveragedWeights, Progress
from training.fitting.checkpoint import load_checkpoint
from training.fitting.compilation import optimizer_of
from training.fitting.run import Options, fit, fit_only, run, ship
from training.fitting.run_folder import read_history, saved_overrides
from training.networks.builders import build
from training.networks.heads import OUTPUTS
from training.recipes.catalogue import MLP_512_DROPOUT
from training.recipes.recipe import Recipe, RecipeError, overridden, writers_of_split

TINY = tiny_inkling()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_with_ink()


def history(folder: Path) -> list[dict[str, str]]:
    with (folder / "history.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class RunStoppedError(Exception):
    """Stands for Ctrl+C or kill -9."""


def interrupted_in_epoch(
    epoch: int, recipe: Recipe, corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop a run at the worst moment: its best checkpoint is written, the epoch not yet counted."""
    original = Progress.on_epoch_end

    def stop(self: Progress, number: int, logs: Any = None) -> None:
        if number + 1 == epoch:
            raise RunStoppedError
        original(self, number, logs)

    with monkeypatch.context() as patch, pytest.raises(RunStoppedError):
        patch.setattr(Progress, "on_epoch_end", stop)
        fit(recipe, corpus, folder, Options())


@pytest.mark.parametrize("recipe", [TINY, tiny_mlp()], ids=["inkling", "article"])
def test_a_resumed_run_ends_as_if_it_had_not_been_interrupted(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = corpus_with_ink() if recipe.ink else corpus_of_images()
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    fit(recipe, corpus, whole, Options())
    interrupted_in_epoch(2, recipe, corpus, cut, monkeypatch)
    fit(recipe, corpus, cut, Options(resume=True))
    assert [row["epoch"] for row in history(cut)] == [row["epoch"] for row in history(whole)]
    for row, other in zip(history(cut), history(whole), strict=True):
        assert row["val_loss"] == other["val_loss"]
    once, again = (keras.models.load_model(f / "best.keras", compile=False) for f in (whole, cut))
    for one, other in zip(once.get_weights(), again.get_weights(), strict=True):
        assert np.array_equal(one, other)
    assert not list(cut.glob(".inkling*"))


def test_a_folder_holds_one_run_of_one_recipe(tmp_path: Path) -> None:
    once = replace(tiny_mlp(), epochs=1)
    fit_only(once, corpus_of_images, tmp_path, Options())
    with pytest.raises(RecipeError, match="--resume"):
        fit_only(once, corpus_of_images, tmp_path, Options())
    with pytest.raises(RecipeError, match="another recipe"):
        fit_only(replace(once, seed=9), corpus_of_images, tmp_path, Options(resume=True))


def test_a_folder_in_which_nothing_was_trained_yet_is_free(tmp_path: Path) -> None:
    def no_data() -> Corpus:
        raise DataError("MNIST could not be downloaded.")

    with pytest.raises(DataError):
        fit_only(tiny_mlp(), no_data, tmp_path, Options())
    other = replace(tiny_mlp(), epochs=1)
    fit_only(other, corpus_of_images, tmp_path, Options())
    assert saved_overrides(tmp_path, other) == {}


def test_two_processes_never_train_in_one_folder(tmp_path: Path) -> None:
    def meanwhile() -> Corpus:
        with pytest.raises(RecipeError, match="Another process"):
            fit_only(tiny_mlp(), corpus_of_images, tmp_path, Options(resume=True))
        return corpus_of_images()

    fit_only(tiny_mlp(), meanwhile, tmp_path, Options())


def test_a_resumed_run_keeps_the_overrides_it_was_begun_with(tmp_path: Path) -> None:
    changed = replace(MLP_512_DROPOUT, epochs=1, width=0.1, batch=20)
    fit_only(changed, corpus_of_images, tmp_path, Options())
    kept = saved_overrides(tmp_path, MLP_512_DROPOUT)
    assert overridden(MLP_512_DROPOUT, kept) == changed
    assert saved_overrides(tmp_path, tiny_inkling()) == {}


def test_a_damaged_checkpoint_is_an_error_and_nothing_is_lost(tmp_path: Path) -> None:
    fit_only(replace(tiny_mlp(), epochs=1), corpus_of_images, tmp_path, Options())
    for name in ("last.keras", "best.keras"):
        whole = (tmp_path / name).read_bytes()
        for damage in (whole[: len(whole) // 2], b"", whole[:500] + b"!" + whole[501:]):
            (tmp_path / name).write_bytes(damage)
            try:
                fit(replace(tiny_mlp(), epochs=1), corpus_of_images(), tmp_path, Options())
            except ModelError as error:
                assert name in str(error)
            assert (tmp_path / name).read_bytes() == damage or damage[:500] == whole[:500]
        (tmp_path / name).write_bytes(whole)


def test_odd_characters_in_the_folders_name(tmp_path: Path) -> None:
    folder = tmp_path / "{epoch} – ünï {seed}"
    fit_only(replace(tiny_mlp(), epochs=1), corpus_of_images, folder, Options())
    assert (folder / "best.keras").exists()


def test_a_resumed_run_never_replaces_a_better_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, corpus = tiny_mlp(), corpus_of_images()
    interrupted_in_epoch(2, recipe, corpus, tmp_path / "run", monkeypatch)
    # A checkpoint that two more epochs cannot reach.
    fit(replace(recipe, epochs=20), corpus, tmp_path / "longer", Options())
    better = (tmp_path / "longer" / "best.keras").read_bytes()
    (tmp_path / "run" / "best.keras").write_bytes(better)
    fit(recipe, corpus, tmp_path / "run", Options(resume=True))
    assert (tmp_path / "run" / "best.keras").read_bytes() == better


def test_a_worse_epoch_never_replaces_the_best(tmp_path: Path) -> None:
    # What is learnt is of no use for validation here: the surer the network, the higher the loss.
    learnt, other = part(200, 1), part(100, 4)
    corpus = Corpus(learnt, LabelledRasters(other.images, np.roll(other.labels, 1)))
    recipe, events = replace(tiny_mlp(), epochs=6), list[tuple[str, dict[str, Any]]]()
    fit(recipe, corpus, tmp_path, Options(events=lambda event, **v: events.append((event, v))))
    losses = [float(row["val_loss"]) for row in history(tmp_path)]
    assert min(losses) < losses[-1]
    kept = keras.models.load_model(tmp_path / "best.keras")
    validation = validation_batches(recipe, corpus)
    measured = kept.evaluate(validation, verbose=0, return_dict=True)["loss"]
    assert measured == pytest.approx(min(losses))
    saved = [values["val_loss"] for event, values in events if event == "checkpoint_saved"]
    assert saved == sorted(saved, reverse=True)
    assert saved[-1] == pytest.approx(min(losses))


def test_a_run_of_characters_is_shipped_under_its_own_name_without_what_served_training(
    tmp_path: Path,
) -> None:
    recipe, models = tiny_characters(), tmp_path / "models"
    folder = tmp_path / "run"
    options = Options(against=shipped_model())
    with pytest.raises(RecipeError, match="Only models of digits"):
        run(recipe, corpus_of_characters, Library(), folder, options)
    card = run(recipe, corpus_of_characters, Library(), folder, Options())
    assert card["labels"] == list(recipe.labels) and set(card["thresholds"]) == set(ALPHABETS)
    assert "kinds_loss" in history(folder)[0]
    ship(folder, models)
    assert sorted(path.name for path in models.iterdir()) == [
        f"characters.{kind}" for kind in ("json", "keras", "tflite")
    ]
    assert set(load_checkpoint(models / "characters.keras").output_names) == set(OUTPUTS)
    path = models / "characters.tflite"
    assert Recogniser(path, read_card(path.with_suffix(".json"), CHARACTERS)).card.metrics


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, corpus = tiny_mlp(), corpus_of_images()
    interrupted_in_epoch(2, recipe, corpus, tmp_path, monkeypatch)
    best = (tmp_path / "best.keras").read_bytes()
    broken = keras.models.load_model(tmp_path / "last.keras")
    broken.layers[-1].kernel.assign(np.full(broken.layers[-1].kernel.shape, np.nan))
    broken.save(tmp_path / "last.keras")
    with pytest.raises(DivergedError, match=r"epoch 2.*best\.keras.*learning-rate"):
        fit(recipe, corpus, tmp_path, Options(resume=True))
    assert (tmp_path / "best.keras").read_bytes() == best


def test_a_validation_loss_that_is_no_number_is_never_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(self: AveragedWeights, _logs: Any = None) -> None:
        kernel = self.model.layers[-1].kernel
        kernel.assign(np.full(kernel.shape, np.nan))

    monkeypatch.setattr(AveragedWeights, "on_test_begin", break_it)
    with pytest.raises(DivergedError, match=r"epoch 1\. Try a lower"):
        fit(tiny_mlp(), corpus_of_images(), tmp_path, Options())
    assert not (tmp_path / "best.keras").exists()


def test_weights_decay_and_biases_do_not() -> None:
    model = build(TINY)
    optimizer = optimizer_of(TINY, 7)
    optimizer.build(model.trainable_variables)
    decayed = {v.name for v in model.trainable_variables if optimizer._use_weight_decay(v)}
    assert decayed == {"kernel"}


def test_a_run_is_a_function_of_its_recipe(corpus: Corpus, tmp_path: Path) -> None:
    once = replace(TINY, epochs=1)
    output = []
    for name in ("a", "b"):
        fit(once, corpus, tmp_path / name, Options())
        row = history(tmp_path / name)[0]
        output.append({k: v for k, v in row.items() if not k.endswith("seconds")})
    assert output[0] == output[1]


def test_loss_falls_and_accuracy_rises_on_what_can_be_learnt(tmp_path: Path) -> None:
    recipe = replace(tiny_mlp(), epochs=10, width=0.25)
    fit(recipe, corpus_of_images(), tmp_path, Options())
    first, *_, last = history(tmp_path)
    assert float(last["loss"]) < 0.5 * float(first["loss"])
    assert float(last["val_accuracy"]) > 0.9


def test_a_finished_run_ships_a_model_that_the_program_reads(
    corpus: Corpus, tmp_path: Path, data_folder: Path
) -> None:
    library = Library(data_folder)
    recipe, events = replace(TINY, epochs=1), list[str]()
    options = Options(resume=True, events=lambda event, **_values: events.append(event))
    card = run(recipe, lambda: corpus, library, tmp_path / "run", options)
    assert events[-1] == "finished"

    def never() -> Corpus:
        raise AssertionError("a finished run is not trained again")

    assert run(recipe, never, library, tmp_path / "run", options) == card
    assert events[-2:] == ["finished", "finished"]
    assert (tmp_path / "run" / "curves.png").stat().st_size > 10_000
    ship(tmp_path / "run", tmp_path / "models")
    recogniser = Recogniser(tmp_path / "models" / "digits.tflite")
    assert recogniser.card.json == json.loads(json.dumps(card))
    assert card["data"]["validation_writers"] == list(writers_of_split(0))
    assert not set(card["data"]["training_writers"]) & set(writers_of_split(0))
    assert set(card["metrics"]) >= {"mnist_test_accuracy", "pen_validation_accuracy"}
    litert = outputs_of(tmp_path / "models" / "digits.tflite", corpus.validation)
    kept = outputs_of(tmp_path / "models" / "digits.keras", corpus.validation)
    assert np.allclose(litert.logits, kept.logits, atol=0.02)
    assert np.allclose(litert.digit, kept.digit, atol=0.02)


def test_shipping_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InklingError, match="no finished run"):
        ship(tmp_path, tmp_path / "models")


def test_a_conversion_writes_nothing_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"none\.keras"):
        convert(tmp_path / "none.keras", tmp_path / "out", Library())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", ["units", "n"])
def test_a_network_too_large_for_memory_is_not_converted(key: str, tmp_path: Path) -> None:
    layers = keras.layers
    wide = [layers.Dense(3)]
    long = [layers.RepeatVector(3), layers.GlobalAveragePooling1D()]
    network = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), *(wide if key == "units" else long)]
    )
    network.add(layers.Dense(10))
    network.save(tmp_path / "small.keras")
    with (
        zipfile.ZipFile(tmp_path / "small.keras") as saved,
        zipfile.ZipFile(tmp_path / "huge.keras", "w") as changed,
    ):
        huge = f'"{key}": 2000000000'
        for name in saved.namelist():
            content = saved.read(name)
            changed.writestr(name, content.replace(f'"{key}": 3'.encode(), huge.encode()))
    with pytest.raises(ModelError, match="too large"):
        convert(tmp_path / "huge.keras", tmp_path / "out", Library())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"epoch,val_loss\n1\n",
        b"epoch\nx\n",
        b"\xff\0",
        b'a\n"',
        b"epoch\ninf\n",
        b"garbled\n",
        b"epoch,val_loss\n1,2\n",
    ],
)
def test_a_damaged_history_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "history.csv").write_bytes(content)
    with pytest.raises(StorageError, match="delete it"):
        read_history(tmp_path / "history.csv")


def test_temperature_and_thresholds_are_those_of_the_validation_digits() -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 10, 4000).astype(np.int16)
    honest = rng.normal(0, 1, (4000, 10))
    honest[np.arange(4000), labels] += 1.0  # the right class's odds, for unit-variance noise
    answers = ModelOutputs(3.0 * honest, rng.normal(4, 1, 4000), labels)
    with_others = ModelOutputs(
        np.concatenate([answers.logits, np.zeros((1000, 10))]),
        np.concatenate([answers.digit, np.full(1000, -9.0)]),
        np.concatenate([labels, np.full(1000, NOT_A_DIGIT, np.int16)]),
    )
    calibration = calibrate(with_others)
    assert calibration.temperature == pytest.approx(3.0, rel=0.1)
    scores = 1 / (1 + np.exp(-answers.digit))
    assert (scores < calibration.digit_threshold).mean() <= 0.005
    confidence = probabilities(answers.logits / calibration.temperature).max(axis=1)
    unsure = confidence < calibration.sure_threshold
    assert unsure.mean() == pytest.approx(0.01, abs=0.001)
    is_digit = with_others.is_digit
    separation = auroc(with_others.digit[is_digit], with_others.digit[~is_digit])
    assert separation == pytest.approx(1.0)


@pytest.mark.parametrize("surest_is_right", [True, False])
def test_where_sure_answers_are_never_right_enough_a_tenth_is_unsure(surest_is_right: bool) -> None:
    from training.export.model_card import _threshold

    certainty = np.linspace(0.3, 0.999, 1_000)
    right = np.arange(1_000) % 10 > 0
    right[-1] = surest_is_right
    assert (certainty < _threshold(certainty, right)).mean() == pytest.approx(0.1)


def test_the_verbs_fail_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "none"]) == 1
    assert main(["evaluate", str(tmp_path / "none.tflite")]) == 1
    assert main(["ship", str(tmp_path)]) == 1
    output = capsys.readouterr().err.splitlines()
    assert len(output) == 3 and all(line.startswith("inkling: ") for line in output)
