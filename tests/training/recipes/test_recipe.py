"""Recipes: as published, listed, overridden, and refused in a sentence."""

import keras
import numpy as np
import pytest

from training.__main__ import main
from training.fitting.compilation import optimizer_of
from training.fitting.run_folder import overrides_of
from training.networks.builders import build
from training.networks.heads import DIGIT, EMBEDDING, LOGITS, with_heads
from training.recipes.catalogue import (
    ARTICLES,
    CHARACTERS,
    INKLING,
    MLP_512_DROPOUT,
    RECIPES,
    recipe_named,
)
from training.recipes.recipe import OPTIMIZERS, RecipeError, overridden

PUBLISHED = {
    # layers with weights, optimizer, epochs, batch, validation share, parameters
    "cnn-3conv-dense128": ("Conv Conv Conv Dense Dense", "adam", 5, 64, 12_000, 130_890),
    "cnn-2conv-logits": ("Conv Conv Dense Dense", "adam", 10, 32, 5_000, 121_930),
    "mlp-512-dropout": ("Dense Dense", "adam", 8, 128, 5_000, 407_050),
    "mlp-512-rmsprop": ("Dense Dense", "rmsprop", 10, 32, 5_000, 407_050),
    "cnn-3conv-functional": ("Conv Conv Conv Dense", "rmsprop", 10, 32, 5_000, 104_202),
    "mlp-512-long": ("Dense Dense", "rmsprop", 20, 128, 5_000, 407_050),
}


@pytest.mark.parametrize("recipe", ARTICLES, ids=lambda recipe: recipe.name)
def test_the_articles_recipes_are_as_published(recipe) -> None:  # type: ignore[no-untyped-def]
    layers, optimizer, epochs, batch, validation, parameters = PUBLISHED[recipe.name]
    model = build(recipe)
    weighty = [type(layer).__name__[:5] for layer in model.layers if layer.weights]
    assert " ".join(weighty).replace("Conv2", "Conv") == layers
    actual = (recipe.optimizer, recipe.epochs, recipe.batch, recipe.mnist_validation)
    assert actual == (optimizer, epochs, batch, validation)
    assert recipe.learning_rate == 1e-3  # Keras' own, for both of them
    assert recipe.schedule == "constant" and not recipe.augmentation and not recipe.ema
    assert model.count_params() == recipe.parameters == parameters


def test_the_shipped_recipe_has_its_networks_size() -> None:
    for recipe in (INKLING, CHARACTERS):
        assert build(recipe).count_params() == recipe.parameters


def test_only_one_article_has_logits_and_only_one_drops_out() -> None:
    linear = [
        r.name for r in ARTICLES if build(r).layers[-1].activation is keras.activations.linear
    ]
    assert linear == ["cnn-2conv-logits"]
    assert [(r.name, r.dropout) for r in ARTICLES if r.dropout] == [("mlp-512-dropout", 0.2)]


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_every_network_gets_three_outputs_that_agree_with_its_own(recipe) -> None:  # type: ignore[no-untyped-def]
    model = build(recipe)
    rasters = np.random.default_rng(1).random((5, 28, 28, 1), dtype=np.float32)
    network = with_heads(model, len(recipe.labels))
    output = {name: np.asarray(value) for name, value in network(rasters).items()}
    assert set(output) == {LOGITS, EMBEDDING, DIGIT}
    assert output[LOGITS].shape == (5, len(recipe.labels))
    assert np.allclose(np.linalg.norm(output[EMBEDDING], axis=1), 1.0, atol=1e-5)
    powers = np.exp(output[LOGITS] - output[LOGITS].max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    if recipe.ink is None:
        own = np.asarray(model(rasters))
        has_logits = recipe.name in ("cnn-2conv-logits", "sprint")
        expected = output[LOGITS] if has_logits else probabilities
        assert np.allclose(own, expected, atol=1e-6)
        score = 1 / (1 + np.exp(-output[DIGIT][:, 0]))
        assert np.allclose(score, probabilities.max(axis=1), atol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_can_be_chosen_and_brings_its_rate(name: str) -> None:
    recipe = overridden(MLP_512_DROPOUT, {"optimizer": name.upper()})
    optimizer = optimizer_of(recipe, 10)
    assert type(optimizer).__name__.lower() == name
    default = type(optimizer)()
    assert float(optimizer.learning_rate) == pytest.approx(float(default.learning_rate))
    both = overridden(INKLING, {"optimizer": name, "learning_rate": 0.5})
    assert both.learning_rate == 0.5 and optimizer_of(both, 10).use_ema


def test_overrides_are_named_and_nothing_else_changes() -> None:
    changes = {"epochs": 3, "dropout": 0.4, "augmentation": True, "seed": 9}
    recipe = overridden(MLP_512_DROPOUT, changes)
    assert overrides_of(recipe) == changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"optimizer": "rmspop"}, "Did you mean rmsprop"),
        ({"epochs": 0}, "epochs"),
        ({"batch": -1}, "batch"),
        ({"learning_rate": float("nan")}, "learning_rate"),
        ({"learning_rate": 0.0}, "learning_rate"),
        ({"learning_rate": 1000.0}, "< 1000"),
        ({"dropout": 1.0}, "dropout"),
        ({"network": "stem-28"}, "network"),
    ],
)
def test_numbers_that_cannot_work_are_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence):
        overridden(MLP_512_DROPOUT, changes)


def test_an_unknown_recipe_suggests_the_nearest() -> None:
    with pytest.raises(RecipeError, match="Did you mean cnn-3conv-functional"):
        recipe_named("cnn-3conv-funtional")


def test_the_list_names_every_recipe_with_its_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--list"]) == 0
    output = capsys.readouterr().out
    for recipe in RECIPES.values():
        assert recipe.name in output and f"{recipe.parameters:,}" in output
    assert "99.10%" in output
