"""Export to LiteRT: the same weights give the same bytes; an article's layers can be shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import keras
import numpy as np
import pytest

from app.explanation.layers import LayerViewer
from app.recognition.model import Recogniser, shipped_recogniser
from training.export.litert import export_litert
from training.fitting.checkpoint import load_network
from training.networks.builders import build
from training.networks.heads import DIGIT, EMBEDDING, LOGITS, with_heads
from training.recipes.catalogue import CNN_3CONV_FUNCTIONAL, MLP_512_RMSPROP
from training.recipes.recipe import Recipe


def plain_classifier(folder: Path) -> Path:
    """Save a classifier without the three outputs, and return its path."""
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Flatten(), keras.layers.Dense(8), keras.layers.Dense(10, "softmax")]
    path = folder / "plain.keras"
    keras.Sequential([keras.Input((28, 28)), *layers]).save(path)
    return path


def with_three_outputs(folder: Path) -> Path:
    """Save a network that has them, and return its path."""
    image = keras.Input((28, 28, 1))
    features = keras.layers.Dense(8)(keras.layers.Flatten()(image))
    outputs = {
        LOGITS: keras.layers.Dense(10, name=LOGITS)(features),
        EMBEDDING: keras.layers.UnitNormalization(name=EMBEDDING)(features),
        DIGIT: keras.layers.Dense(1, name=DIGIT)(features),
    }
    path = folder / "heads.keras"
    keras.Model(image, outputs).save(path)
    return path


@pytest.mark.parametrize("checkpoint", [plain_classifier, with_three_outputs])
def test_the_same_weights_give_the_same_bytes(
    tmp_path: Path, checkpoint: Callable[[Path], Path]
) -> None:
    path, exported = checkpoint(tmp_path), []
    for name in ("first.tflite", "again.tflite"):
        export_litert(load_network(path), tmp_path / name)
        exported.append((tmp_path / name).read_bytes())
        keras.Sequential([keras.Input((5,)), keras.layers.Dense(2), keras.layers.Reshape((2, 1))])
    assert exported[0] == exported[1]


@pytest.mark.parametrize("bias", [0.01, 0.0])  # a bias of 0 is left out
@pytest.mark.parametrize(("recipe", "side"), [(CNN_3CONV_FUNCTIONAL, 3), (MLP_512_RMSPROP, 28)])
def test_weights_times_inputs_are_the_value_of_an_articles_network(
    tmp_path: Path, recipe: Recipe, side: int, bias: float
) -> None:
    keras.utils.set_random_seed(1)
    network = with_heads(build(replace(recipe, width=0.25)))
    network.set_weights([one + bias for one in network.get_weights()])
    export_litert(network, tmp_path / "article.tflite")
    size = network.output[EMBEDDING].shape[-1]
    card = replace(shipped_recogniser().card, embedding_size=size)
    content = (tmp_path / "article.tflite").read_bytes()
    viewer = LayerViewer(cast(Recogniser, SimpleNamespace(card=card, content=content)))
    raster = np.random.default_rng(1).random((28, 28), np.float32)
    values = viewer.layers(raster)[1].values
    rows, columns, channels = values.shape
    assert (rows, columns) == (29 - side, 29 - side)  # without padding
    for row, column, channel in ((0, 0, 0), (rows - 1, columns // 2, channels - 1)):
        found = viewer.arithmetic(raster, row, column, channel)
        assert found.box == (column, row, column + side, row + side)
        assert found.inputs.shape == found.weights.shape == (side, side)
        assert found.is_of_a_unit == (side == 28)
        assert found.value == values[row, column, channel]
        # A dense layer's inputs are rounded to 256 levels.
        assert max(found.sum, 0.0) == pytest.approx(found.value, abs=0.02)
