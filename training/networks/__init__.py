"""The Keras networks by name; each builder returns an uncompiled model for a recipe."""

from collections.abc import Callable

import keras

from training.networks.articles import (
    cnn_2conv_logits,
    cnn_3conv_dense128,
    cnn_3conv_functional,
    mlp_512,
)
from training.networks.own import sprint, stem_28
from training.recipes.recipe import Recipe

BUILDERS: dict[str, Callable[[Recipe], keras.Model]] = {
    "cnn-3conv-dense128": cnn_3conv_dense128,
    "cnn-2conv-logits": cnn_2conv_logits,
    "cnn-3conv-functional": cnn_3conv_functional,
    "mlp-512": mlp_512,
    "sprint": sprint,
    "stem-28": stem_28,
}


def build(recipe: Recipe) -> keras.Model:
    """Return the recipe's network, uncompiled, its weights set by Keras' seed."""
    return BUILDERS[recipe.network](recipe)
