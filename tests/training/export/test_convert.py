"""Conversion of a .keras: nothing is downloaded, and a diverged model gets the true reason."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from app.errors import ModelError
from app.recognition.model import Recogniser
from training.__main__ import main
from training.data import library as library_module
from training.data.library import Library
from training.evaluation.evaluate import outputs_of
from training.evaluation.test_sets import data_named
from training.export.convert import convert


def classifier(path: Path, weight: float | None = None, embedding: int = 8) -> Path:
    """Save a small classifier; `weight` becomes one of its biases."""
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Dense(embedding), keras.layers.Dense(10, "softmax")]
    network = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), *layers])
    if weight is not None:
        *others, bias = network.get_weights()
        bias[0] = weight
        network.set_weights([*others, bias])
    network.save(path)
    return path


@pytest.fixture
def no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of data; a download fails the test."""

    def download(*_arguments: object) -> None:
        raise AssertionError("a download that nobody asked for")

    monkeypatch.setattr(library_module, "download", download)
    monkeypatch.setenv("INKLING_PROFILE", str(tmp_path / "profile"))
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_without_mnist_nothing_is_downloaded_and_a_sentence_says_so(
    no_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, out = classifier(tmp_path / "half \udcff name.keras"), tmp_path / "out"
    words = ["convert", str(model), "--out", str(out), "--data-folder", str(no_data)]
    assert main(words) == 0
    assert "MNIST is not here" in capsys.readouterr().out
    card = json.loads((out / "digits.json").read_text())
    assert card["metrics"] == {} and card["temperature"] == 1.0
    assert Recogniser(out / "digits.tflite").card.name == "Keras model"


def test_the_card_has_the_accuracy_of_the_exported_model(tmp_path: Path, data_folder: Path) -> None:
    library, out = Library(data_folder), tmp_path / "out"
    card = convert(classifier(tmp_path / "wide.keras", embedding=256), out, library)
    test = data_named("mnist", library)
    kept, exported = (outputs_of(out / f"digits{suffix}", test) for suffix in (".keras", ".tflite"))
    assert kept.accuracy() != exported.accuracy()
    assert card["metrics"] == {"mnist_test_accuracy": exported.accuracy()}


@pytest.mark.parametrize("weight", [np.nan, np.inf])
def test_a_model_that_diverged_is_refused_for_that_reason(
    no_data: Path, tmp_path: Path, weight: float
) -> None:
    with pytest.raises(ModelError, match="not finite, so its training failed"):
        convert(
            classifier(tmp_path / "bad.keras", weight), tmp_path / "out", Library(no_data, tmp_path)
        )


@pytest.mark.parametrize("size", [1, 10])
def test_an_embedding_as_large_as_another_output_is_refused(
    no_data: Path, tmp_path: Path, size: int
) -> None:
    with pytest.raises(ModelError, match=rf"bad\.keras cannot be used.*\({size}\)"):
        convert(
            classifier(tmp_path / "bad.keras", embedding=size),
            tmp_path / "out",
            Library(no_data, tmp_path),
        )
    assert not (tmp_path / "out").exists()
