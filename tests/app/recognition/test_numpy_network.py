"""The network in numpy: LiteRT's outputs from the same file, and errors for damaged ones."""

import random

import numpy as np
import pytest
from scipy.special import softmax

from app.errors import ModelError
from app.ink.rasterize import line_segments, rasterize_many
from app.ink.stroke import Stroke
from app.recognition import runtime
from app.recognition.model import Recogniser, shipped_recogniser
from app.recognition.numpy_network import NumpyNetwork
from app.recognition.tflite_file import read_graph
from app.resources import shipped_model

DRAWINGS = (
    [Stroke.of([(0, 0), (60, 0), (25, 100)])],
    [Stroke.of([(50, 0), (0, 50), (50, 100), (100, 50), (50, 0)])],
    [Stroke.of([(0, 0), (0, 50), (60, 50)]), Stroke.of([(45, 0), (45, 100)])],
    [Stroke.of([(5, 5)])],
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return shipped_model().read_bytes()


@pytest.fixture(scope="module")
def rasters() -> runtime.Floats:
    drawn = rasterize_many([line_segments(strokes) for strokes in DRAWINGS])
    noise = np.random.default_rng(1).random((16, 28, 28), np.float32)
    return np.concatenate([drawn, drawn[0] * noise])


@pytest.mark.parametrize(("name", "sizes"), [("digits", (10, 96, 1)), ("characters", (94, 128, 1))])
def test_numpy_gives_the_outputs_of_litert(
    name: str, sizes: tuple[int, ...], rasters: runtime.Floats
) -> None:
    content = shipped_model(name).read_bytes()
    expected = runtime.load_runtime(content, sizes).run(rasters)
    found = runtime._Numpy(content, sizes).run(rasters)
    # Activations are rounded to whole numbers; a sum in another order may round one differently.
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-2)
    of_found, of_expected = (softmax(outputs[0], axis=1) for outputs in (found, expected))
    np.testing.assert_allclose(of_found, of_expected, atol=1e-3)
    assert np.array_equal(of_found.argmax(axis=1), of_expected.argmax(axis=1))


def test_numpy_answers_where_litert_is_missing(
    monkeypatch: pytest.MonkeyPatch, rasters: runtime.Floats
) -> None:
    expected = [shipped_recogniser().predict(raster) for raster in rasters[:4]]
    assert runtime.runtime_name() == "LiteRT"
    monkeypatch.setattr(runtime, "Interpreter", None)
    assert runtime.runtime_name() == "numpy"
    recogniser = shipped_recogniser()
    for raster, prediction in zip(rasters, expected, strict=False):
        found = recogniser.predict(raster)
        assert found.text == prediction.text
        assert found.probabilities == pytest.approx(prediction.probabilities, abs=1e-3)


def test_other_outputs_are_an_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="other tensors"):
        runtime._Numpy(content, (10, 64, 1))


def test_no_damage_raises_anything_but_value_errors(
    content: bytes, rasters: runtime.Floats
) -> None:
    chance = random.Random(1)
    head = 20_000  # tables, not weights
    for trial in range(200):
        damaged = bytearray(content)
        for _change in range(1 + trial % 4):
            place = chance.choice((chance.randrange(64), -1 - chance.randrange(head)))
            damaged[place] = chance.randrange(256)
        if trial % 10 == 0:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            NumpyNetwork(bytes(damaged)).run(rasters[:1])
        except (ValueError, MemoryError):
            continue


def test_a_model_that_cannot_be_run_in_numpy_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_content: bytes) -> None:
        raise ValueError("operator 999 is not known")

    monkeypatch.setattr(runtime, "Interpreter", None)
    monkeypatch.setattr(runtime, "NumpyNetwork", refuse)
    with pytest.raises(ModelError, match="is not a recogniser"):
        Recogniser(shipped_model())


def test_the_graph_has_every_tensor_with_its_shape(content: bytes) -> None:
    graph = read_graph(content)
    assert graph.tensors[graph.input].shape == (1, 28, 28, 1)
    assert sorted(graph.tensors[index].shape for index in graph.outputs) == [
        (1, 1),
        (1, 10),
        (1, 96),
    ]
    assert [one.name for one in graph.operators[:7]] == ["conv"] * 6 + ["depthwise"]
