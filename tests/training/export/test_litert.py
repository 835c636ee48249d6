"""Export to LiteRT: the same weights give the same bytes, however often a process exports."""

from collections.abc import Callable
from pathlib import Path

import keras
import pytest

from training.export.litert import export_litert
from training.fitting.checkpoint import load_network
from training.networks.heads import DIGIT, EMBEDDING, LOGITS


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
