"""The map: the samples that come with the program, their plane, a drawing's neighbours."""

from pathlib import Path

import numpy as np
import pytest

from app.errors import ModelError
from app.explanation import embedding_map as module
from app.explanation.embedding_map import (
    EmbeddingMap,
    MapBuilder,
    MapSamples,
    embedding_map,
    load_map_samples,
    pack_rasters,
    unpack_samples,
)
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


@pytest.fixture(scope="module")
def some(personal: PersonalRecogniser) -> EmbeddingMap:
    samples = load_map_samples()
    builder = MapBuilder(MapSamples(samples.rasters[::10], samples.labels[::10]))
    found, steps = None, 0
    while found is None:
        assert builder.progress < 1
        found = builder.step(personal)
        steps += 1
    assert steps == 4 and builder.progress == 1
    return found


def test_two_thousand_samples_come_with_the_program() -> None:
    samples = load_map_samples()
    assert samples.rasters.shape == (2000, 28, 28)
    assert np.bincount(samples.labels).tolist() == [200] * 10
    assert samples.rasters.min() == 0 and samples.rasters.max() == 1


def test_the_plane_shows_the_most_variance_and_labels_lie_apart(some: EmbeddingMap) -> None:
    np.testing.assert_allclose(some.axes.T @ some.axes, np.eye(2), atol=1e-5)
    assert 0.2 < some.shown <= 1
    points = some.points
    assert points.var(axis=0).sum() >= some.embeddings.var(axis=0).max()
    labels = some.samples.labels
    centres = np.stack([points[labels == label].mean(axis=0) for label in range(10)])
    spread = np.linalg.norm(points - centres[labels], axis=1).mean()
    assert np.linalg.norm(centres - points.mean(axis=0), axis=1).mean() > spread


def test_neighbours_of_a_drawing_have_its_label(
    some: EmbeddingMap, personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    raster = rasterize(four)
    assert raster is not None
    embedding = personal.recogniser.calibrated_outputs(raster).embedding
    neighbours = some.nearest(embedding, 5)
    cosines = [one.cosine for one in neighbours]
    assert cosines == sorted(cosines, reverse=True)
    assert some.samples.labels[neighbours[0].index] == 4
    assert some.place(embedding).shape == (2,)


def test_the_plane_is_the_same_whichever_way_its_axes_point() -> None:
    rng = np.random.default_rng(1)
    embeddings = (rng.random((50, 8)) * np.arange(1, 9)).astype(np.float32)
    samples = MapSamples(np.zeros((50, 28, 28), np.float32), np.zeros(50, np.int64))
    plane = embedding_map(samples, embeddings)
    again = embedding_map(samples, embeddings)
    np.testing.assert_array_equal(plane.axes, again.axes)


def test_rasters_are_packed_in_16_levels() -> None:
    rasters = np.random.default_rng(1).random((3, 28, 28)).astype(np.float32)
    packed = pack_rasters(rasters)
    assert packed.shape == (3, 392)
    found = unpack_samples(packed, np.arange(3))
    np.testing.assert_allclose(found.rasters, rasters, atol=0.5 / 15 + 1e-6)


def test_damaged_samples_are_a_model_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "asset", lambda name: tmp_path / name)
    with pytest.raises(ModelError, match="missing or damaged"):
        load_map_samples()
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "samples.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(ModelError, match="missing or damaged"):
        load_map_samples()
