"""Layers: their shapes, the first one's arithmetic, and which part of the raster a value sees."""

import numpy as np
import pytest

from app.errors import ModelError
from app.explanation import layers as module
from app.explanation.layers import LayerViewer
from app.ink.rasterize import Raster, rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


@pytest.fixture(scope="module")
def viewer(personal: PersonalRecogniser) -> LayerViewer:
    return LayerViewer(personal.recogniser)


@pytest.fixture
def raster(four: tuple[Stroke, ...]) -> Raster:
    found = rasterize(four)
    assert found is not None
    return found


def test_the_layers_go_from_the_raster_to_the_outputs(
    viewer: LayerViewer, raster: Raster, personal: PersonalRecogniser
) -> None:
    layers = viewer.layers(raster)
    assert [layer.kind for layer in layers] == [
        "raster",
        *["features"] * 7,
        "units",
        "embedding",
        "logits",
        "digit",
    ]
    assert [layer.values.shape[:2] for layer in layers[:7]] == [
        *[(28, 28)] * 2,
        *[(14, 14)] * 2,
        *[(7, 7)] * 3,
    ]
    logits, embedding, digit = personal.recogniser.infer(raster)
    for layer, expected in zip(layers[-3:], (embedding, logits, digit), strict=True):
        np.testing.assert_allclose(layer.values[0, 0], expected, atol=1e-3)


def test_weights_times_inputs_are_the_value(viewer: LayerViewer, raster: Raster) -> None:
    values = viewer.layers(raster)[1].values
    for row, column, channel in ((0, 0, 0), (10, 12, 5), (14, 20, 15), (27, 27, 7)):
        found = viewer.arithmetic(raster, row, column, channel)
        assert found.value == values[row, column, channel]
        assert max(found.sum, 0.0) == pytest.approx(found.value, abs=1e-4)
        assert found.box == (column - 1, row - 1, column + 2, row + 2)
        assert found.inputs.shape == found.weights.shape == (3, 3)
    with pytest.raises(IndexError):
        viewer.arithmetic(raster, 0, 0, 99)


def test_a_value_depends_on_its_receptive_field_alone(viewer: LayerViewer, raster: Raster) -> None:
    changed = raster.copy()
    place = 6, 20  # row, column
    changed[place] = 1.0 - changed[place]
    before, after = viewer.layers(raster), viewer.layers(changed)
    # From the third layer on all places share the 256 levels of their activations.
    for layer in (1, 2):
        rows, columns = np.nonzero((before[layer].values != after[layer].values).any(axis=2))
        assert len(rows)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            left, top, right, bottom = viewer.receptive_field(layer, row, column)
            assert left <= place[1] < right and top <= place[0] < bottom
    assert viewer.receptive_field(0, 3, 4) == (4, 3, 5, 4)
    assert viewer.receptive_field(1, 3, 4) == (3, 2, 6, 5)
    assert viewer.receptive_field(7, 0, 0)[2] >= 28
    assert viewer.receptive_field(8, 0, 0) == (0, 0, 28, 28)


def test_a_model_with_unknown_operators_says_so(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: bytes) -> None:
        raise ValueError("operator 999 is not known")

    monkeypatch.setattr(module, "NumpyNetwork", refuse)
    with pytest.raises(ModelError, match="layers of this model"):
        LayerViewer(personal.recogniser)
