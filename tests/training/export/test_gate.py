"""Training on the user's samples, and the gate: better for the user, no worse for others."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.formats.sample import encode_sample, new_sample
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.resources import shipped_model
from app.storage.sample_store import SampleStore
from tests.training.made_up import corpus_with_ink, drawn, part, tiny_inkling
from training.cli.events import EVENTS
from training.data.corpus import (
    HELD_OUT,
    NO_RASTERS,
    Corpus,
    LabelledRasters,
    build_corpus,
    rasters_of,
)
from training.data.dataset import DataError
from training.data.library import Library
from training.data.pendigits import PenDigit
from training.export.gate import COMPARISON, Comparison, Score, gate
from training.fitting.checkpoint import load_checkpoint
from training.fitting.interpolation import SHARES, interpolate
from training.fitting.run import Options, fit, run, ship
from training.fitting.run_folder import INTERPOLATED
from training.networks.heads import LOGITS
from training.recipes.catalogue import CNN_3CONV_DENSE128, INKLING, OWN_HAND
from training.recipes.recipe import Recipe, RecipeError, overridden

NONE = Score(0, 0, 0.0, ((0, 0),) * 10)


def score(right: int, loss: float = 0.1, count: int = 10_000) -> Score:
    return Score(count, right, loss, ((0, 0),) * 10)


def reasons(
    own: tuple[Score, Score] = (NONE, NONE),
    validation: tuple[Score, Score] = (NONE, NONE),
    mnist: tuple[Score, Score] = (NONE, NONE),
) -> tuple[str, ...]:
    from training.export.gate import _reasons

    return tuple(_reasons(own, validation, mnist))


def test_a_model_that_is_better_for_its_user_passes() -> None:
    better = (score(5, count=10), score(9, count=10))
    assert reasons(better, (score(9950), score(9945)), (score(9950), score(9941))) == ()


def test_a_model_with_a_lower_loss_passes_where_both_are_right() -> None:
    assert reasons((score(10, 0.5, 10), score(10, 0.4, 10))) == ()


@pytest.mark.parametrize("after", [score(4, count=10), score(5, 0.2, 10), score(5, 0.1, 10)])
def test_a_model_that_is_no_better_for_its_user_fails(after: Score) -> None:
    (output,) = reasons((score(5, 0.1, 10), after))
    assert "not better" in output


def test_a_model_that_forgets_other_peoples_digits_fails() -> None:
    better = (score(5, count=10), score(9, count=10))
    forgotten = (score(9950), score(9930))
    assert "0.20 percentage points" in reasons(better, forgotten)[0]
    assert "MNIST" in reasons(better, (score(9950), score(9950)), forgotten)[0]


@pytest.fixture
def library(tmp_path: Path, data_folder: Path) -> Library:
    """The data sets, and eleven samples of two digits, one that is none, and a picture."""
    folder = SampleStore(tmp_path / "samples")
    for number, label in enumerate([*"44444444444", *"777", ""]):
        stroke = Stroke.of([(50, 50), (60 + 20 * number, 200), (50, 300)])
        sample = new_sample(Content(strokes=(stroke,)), label)
        folder.add(encode_sample(sample), sample.time)
    return Library(data_folder, tmp_path)


def test_of_each_label_every_fifth_sample_is_held_out(library: Library) -> None:
    corpus = build_corpus(replace(CNN_3CONV_DENSE128, data=("mnist", "samples")), library)
    assert corpus.own.labels.tolist().count(4) == 9 and corpus.own.labels.tolist().count(7) == 3
    assert corpus.validation_own.labels.tolist() == [4] * (11 // HELD_OUT)
    names = SampleStore(library.samples).names()
    assert set(corpus.validation_own_names) <= set(names)
    assert len(corpus.validation) == 12_000 + 2


def test_without_samples_there_is_an_error(data_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="You have no samples"):
        build_corpus(OWN_HAND, Library(data_folder, tmp_path))


def test_data_and_start_are_checked_and_come_back_from_json() -> None:
    recipe = overridden(INKLING, {"data": ["mnist", "samples"], "start": "shipped"})
    assert recipe.data == ("mnist", "samples")
    for changes in ({"data": ()}, {"data": ("mnits",)}, {"start": "elsewhere"}):
        with pytest.raises(RecipeError, match=r"data|start"):
            overridden(INKLING, changes)


def test_the_shipped_weights_need_the_shipped_network(tmp_path: Path) -> None:
    recipe: Recipe = replace(tiny_inkling(), start="shipped", width=0.5)
    with pytest.raises(RecipeError, match="different network"):
        fit(recipe, corpus_with_ink(), tmp_path, Options())


def own_corpus() -> Corpus:
    return replace(
        corpus_with_ink(),
        own=drawn(20, 8),
        validation_own=part(4, 9),
        validation_own_names=("a", "b", "c", "d"),
    )


def test_a_run_that_goes_on_from_the_shipped_model_is_compared_with_it(
    tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Comparison] = []

    def gate_once(*parts: Any) -> Comparison:
        made.append(made[0] if made else gate(*parts))  # it takes long
        return made[-1]

    monkeypatch.setattr("training.fitting.run.gate", gate_once)
    data = ("mnist", "pen", "samples")
    recipe = replace(tiny_inkling(), start="shipped", data=data, own_digits=40, epochs=1)
    events: list[tuple[str, dict[str, object]]] = []
    options = Options(
        events=lambda event, **values: events.append((event, values)), against=shipped_model()
    )
    run(recipe, own_corpus, Library(data_folder), tmp_path, options)
    comparison = json.loads((tmp_path / COMPARISON).read_bytes())
    (event,) = [values for name, values in events if name == "compared"]
    assert event == comparison and set(event) == set(EVENTS["compared"].split())
    (tmp_path / COMPARISON).unlink()  # as after an end before the comparison
    run(recipe, own_corpus, Library(data_folder), tmp_path, replace(options, resume=True))
    assert json.loads((tmp_path / COMPARISON).read_bytes()) == comparison
    assert [values for name, values in events if name == "compared"] == [event, event]
    assert len(made) == 2
    (share,) = [values["share"] for name, values in events if name == "interpolated"]
    assert share in SHARES
    ship(tmp_path, tmp_path / "models")
    chosen, kept = (
        load_checkpoint(path).get_weights()
        for path in (tmp_path / INTERPOLATED, tmp_path / "models" / "digits.keras")
    )
    assert all(map(np.array_equal, chosen, kept))
    assert [one["count"] for one in comparison["own"]] == [4, 4]
    assert comparison["mnist"][0]["right"] > 9_900  # the shipped model's
    assert comparison["passes"] == (not comparison["reasons"])
    assert sum(count for _right, count in comparison["mnist"][1]["by_digit"]) == 10_000


def test_interpolation_keeps_other_peoples_digits_right(tmp_path: Path) -> None:
    start, end, between = (tmp_path / f"{name}.keras" for name in ("start", "end", "between"))
    shutil.copy(shipped_model().with_suffix(".keras"), start)
    network = load_checkpoint(start)
    corpus = replace(own_corpus(), validation_mnist=real_digits(), validation_pen=NO_RASTERS)
    network.save(end)
    assert interpolate(start, end, between, corpus) == SHARES[0]
    logits = network.get_layer(LOGITS)
    logits.set_weights([np.roll(weights, 1, axis=-1) for weights in logits.get_weights()])
    network.save(end)  # it takes every digit for the next one
    share = interpolate(start, end, between, corpus)
    assert share < 0.5
    kept = [load_checkpoint(path).get_layer(LOGITS).get_weights() for path in (start, end, between)]
    for old, new, chosen in zip(*kept, strict=True):
        assert np.allclose(chosen, old + share * (new - old), atol=1e-6)


def real_digits() -> LabelledRasters:
    """A seven and a one, which the shipped model knows."""
    seven, one = [(0.0, 0.0), (60.0, 0.0), (25.0, 100.0)], [(0.0, 0.0), (0.0, 100.0)]
    return rasters_of(
        [PenDigit(label, 1, 1, (Stroke.of(points),)) for label, points in ((7, seven), (1, one))]
    )


def test_the_same_model_is_no_better_than_itself(data_folder: Path) -> None:
    comparison: Comparison = gate(
        shipped_model(), shipped_model(), own_corpus(), Library(data_folder)
    )
    assert not comparison.passes and comparison.changed == ()
    assert comparison.validation[0] == comparison.validation[1]
    assert np.sum([right for right, _count in comparison.mnist[0].by_digit]) == (
        comparison.mnist[0].right
    )
