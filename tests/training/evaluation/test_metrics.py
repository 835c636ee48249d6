"""Metrics of answers that are known beforehand, and the data sets by name."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from app.resources import shipped_model
from training.__main__ import main
from training.data.corpus import NOT_A_DIGIT
from training.data.dataset import DataError
from training.data.library import Library
from training.evaluation.evaluate import ModelOutputs
from training.evaluation.metrics import calibration_error, metrics_of, wilson_interval
from training.evaluation.test_sets import DATA, data_named


def answers(predicted: list[int], labels: list[int], logit: float) -> ModelOutputs:
    logits = np.zeros((len(labels), 10))
    logits[np.arange(len(labels)), predicted] = logit
    return ModelOutputs(logits, np.zeros(len(labels)), np.array(labels, np.int16))


def test_what_is_no_digit_is_not_counted() -> None:
    metrics = metrics_of(answers([1, 2, 3, 3], [1, 2, 3, NOT_A_DIGIT], 5.0))
    assert metrics.count == 3
    assert metrics.accuracy == 1.0


def test_one_mistake_is_where_it_belongs() -> None:
    metrics = metrics_of(answers([1, 1, 4, 9], [1, 1, 4, 4], 5.0))
    assert metrics.accuracy == 0.75
    assert metrics.confusion[4][9] == 1 and metrics.confusion[4][4] == 1
    assert metrics.classes["4"].recall == 0.5
    assert metrics.classes["4"].precision == 1.0
    assert metrics.classes["4"].f1 == pytest.approx(2 / 3)
    assert metrics.classes["9"].precision == 0.0
    sure = np.exp(5) / (np.exp(5) + 9)
    unsure = 1 / (np.exp(5) + 9)
    assert metrics.loss == pytest.approx(-(3 * np.log(sure) + np.log(unsure)) / 4)
    assert metrics.calibration_error == pytest.approx(sure - 0.75)


def test_a_temperature_changes_sureness_and_not_the_answers() -> None:
    given = answers([1, 1, 4, 9], [1, 1, 4, 4], 5.0)
    surer, plain = metrics_of(given, 0.5), metrics_of(given, 1.0)
    assert surer.accuracy == plain.accuracy
    assert surer.calibration_error > plain.calibration_error  # right only three times in four


def test_wilsons_interval_against_published_values() -> None:
    # Newcombe (1998), table I: 81 of 263, and 0 of 20.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_perfectly_calibrated_answers_have_no_error() -> None:
    right = np.array([True] * 80 + [False] * 20)
    assert calibration_error(np.full(100, 0.8), right) == pytest.approx(0.0)


def test_an_unknown_data_set_suggests_the_nearest() -> None:
    with pytest.raises(DataError, match="Did you mean mnist"):
        data_named("minst", Library())


@pytest.mark.parametrize("name", sorted(set(DATA) - {"samples"}))
def test_data_sets_are_rasters_with_labels(
    name: str, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKLING_DATA", str(data_folder))
    part = data_named(name, Library())
    assert part.images.shape == (len(part), 28, 28) and part.images.dtype == np.uint8
    assert set(part.labels.tolist()) == set(range(10))
    assert 20 < part.images.mean() < 50  # MNIST's own mean is 33


def test_both_files_of_a_model_give_the_same_numbers_and_figures(
    tmp_path: Path,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INKLING_DATA", str(data_folder))
    output = []
    for suffix in (".tflite", ".keras"):
        model = str(shipped_model().with_suffix(suffix))
        figures = ["--figures", str(tmp_path)] if suffix == ".tflite" else []
        assert main(["evaluate", model, "--data", "skahl", "--json", *figures]) == 0
        output.append(json.loads(capsys.readouterr().out))
    assert output[0]["accuracy"] == output[1]["accuracy"]
    assert output[0]["confusion"] == output[1]["confusion"]
    assert output[0]["loss"] == pytest.approx(output[1]["loss"], abs=1e-3)
    assert {path.stem for path in tmp_path.iterdir()} == {
        "confusion",
        "reliability",
        "predictions",
        "mistakes",
        "samples",
    }


def keras_file(folder: Path, *layers: keras.layers.Layer) -> str:
    path = folder / "notebook.keras"
    keras.Sequential(layers).save(path)
    return str(path)


@pytest.mark.parametrize("kind", ["flat", "softmax layer", "no channel"])
def test_a_network_from_a_notebook_can_be_measured(
    kind: str, tmp_path: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = {
        "flat": [keras.Input((784,)), keras.layers.Dense(10, "softmax")],
        "softmax layer": [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ],
        "no channel": [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)],
    }[kind]
    model = keras_file(tmp_path, *layers)
    words = ["evaluate", model, "--data", "skahl", "--data-folder", str(data_folder), "--json"]
    assert main(words) == 0
    output = json.loads(capsys.readouterr().out)
    assert output["count"] == 473 and 0.0 <= output["accuracy"] < 0.5


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([keras.Input((32, 32, 1)), keras.layers.Flatten(), keras.layers.Dense(10)], "32 × 32"),
        ([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(26)], "ten"),
        ([keras.Input((784,)), keras.layers.Dense(10, "tanh")], "softmax"),
    ],
)
def test_other_networks_are_refused_in_a_sentence(
    layers: list[keras.layers.Layer],
    sentence: str,
    tmp_path: Path,
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    model = keras_file(tmp_path, *layers)
    assert main(["evaluate", model, "--data", "skahl", "--data-folder", str(data_folder)]) == 1
    output = capsys.readouterr().err
    assert sentence in output and output.count("\n") == 1


def test_damaged_and_foreign_files_are_refused_in_a_sentence(
    tmp_path: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Path(keras_file(tmp_path, keras.Input((784,)), keras.layers.Dense(10))).read_bytes()
    for name, content in (
        ("cut.keras", whole[:-200]),
        ("flipped.keras", whole[:200] + bytes([whole[200] ^ 255]) + whole[201:]),
        ("empty.keras", b""),
        ("weights.h5", b"\x89HDF"),
        ("alone.tflite", b"TFL3"),
    ):
        (tmp_path / name).write_bytes(content)
        words = ["evaluate", str(tmp_path / name), "--data", "skahl"]
        status = main([*words, "--data-folder", str(data_folder)])
        output = capsys.readouterr().err
        assert (status, output.count("\n")) == (1, 1) and name in output, output
    assert main(["evaluate", str(tmp_path), "--data-folder", str(data_folder)]) == 1
