"""The Keras networks by name, and our own: convolutions with batch normalisation.

Input: rasters, float32 (n, 28, 28, 1) in [0, 1]. The models are not compiled.
"""

from collections.abc import Callable
from typing import Any

import keras
from keras import layers

from training.networks import articles
from training.networks.heads import DIGIT, EMBEDDING, KINDS, LOGITS
from training.recipes.recipe import Recipe

EMBEDDING_SIZE = 96
_WIDE_EMBEDDING = 128
_KIND_SCALE = 16.0
"""The logit of a kind whose prototype an embedding equals. With 900 kinds it must be well above the
logarithm of their number, or the loss cannot become small."""


def build(recipe: Recipe) -> keras.Model:
    """Return the recipe's network, uncompiled, initialised from Keras' global seed."""
    return BUILDERS[recipe.network](recipe)


def stem_28(recipe: Recipe) -> keras.Model:
    """Return a network with the three outputs of `heads`: one layer at 28 × 28, then two halvings.

    Strokes are 2.5 pixels wide: a first layer with stride 2 would lose the small gaps that tell a 4
    from a 9 or a 5 from a 6. After it half the resolution is enough, at a quarter of the cost.
    """
    image = keras.Input((28, 28, 1), name="raster")
    x = _convolution(image, recipe.scaled(24))
    x = _convolution(x, recipe.scaled(64), strides=2)
    x = _convolution(x, recipe.scaled(64))
    x = _convolution(x, recipe.scaled(96), strides=2)
    x = _convolution(x, recipe.scaled(96))
    x = _convolution(x, recipe.scaled(96))
    # Position tells a 7 from a 1 and a global mean would discard it: two weights for each position
    # and channel instead (global depthwise convolution: Chen et al. 2018).
    x = layers.DepthwiseConv2D(7, depth_multiplier=2, use_bias=False)(x)
    x = layers.Flatten()(layers.BatchNormalization()(x))
    x = layers.Dropout(recipe.dropout)(x)
    x = layers.Dense(EMBEDDING_SIZE, use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    embedding = layers.UnitNormalization(name=EMBEDDING)(x)
    logits = layers.Dense(10, name=LOGITS)(layers.Dropout(recipe.dropout)(x))
    digit = layers.Dense(1, name=DIGIT)(x)
    outputs = {LOGITS: logits, EMBEDDING: embedding, DIGIT: digit}
    return keras.Model(image, outputs, name="stem_28")


def stem_14(recipe: Recipe) -> keras.Model:
    """Return a network with the three outputs of `heads`, and for training that of the kinds.

    Stride 2 in the first layer, 4 × 4: a quarter of the cost of `stem_28`. The embedding has a
    layer of its own, without activation. Its loss: kinds have prototypes of length 1, which are
    learnt; the logits are the cosines to them (Movshovitz-Attias et al. 2017; Wang et al. 2017).
    """
    assert recipe.ink is not None
    image = keras.Input((28, 28, 1), name="raster")
    x = _convolution(image, recipe.scaled(32), strides=2, size=4)
    x = _convolution(x, recipe.scaled(48))
    x = _convolution(x, recipe.scaled(96), strides=2)
    x = _convolution(x, recipe.scaled(96))
    x = _convolution(x, recipe.scaled(96))
    x = layers.DepthwiseConv2D(7, depth_multiplier=2, use_bias=False)(x)
    x = layers.Flatten()(layers.BatchNormalization()(x))
    features = layers.Dropout(recipe.dropout)(x)
    x = layers.Dense(2 * EMBEDDING_SIZE, use_bias=False)(features)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    logits = layers.Dense(len(recipe.labels), name=LOGITS)(layers.Dropout(recipe.dropout)(x))
    digit = layers.Dense(1, name=DIGIT)(x)
    embedding = layers.Dense(_WIDE_EMBEDDING)(features)
    embedding = layers.UnitNormalization(name=EMBEDDING)(embedding)
    cosines = layers.Dense(
        recipe.ink.kinds, use_bias=False, kernel_constraint="unit_norm", name="prototypes"
    )(embedding)
    kinds = layers.Rescaling(_KIND_SCALE, name=KINDS)(cosines)
    outputs = {LOGITS: logits, EMBEDDING: embedding, DIGIT: digit, KINDS: kinds}
    return keras.Model(image, outputs, name="stem_14")


def sprint(recipe: Recipe) -> keras.Model:
    """Return a network with one output, logits (n, 10), that learns most of MNIST in 430 steps.

    Stride 2 in the first layer saves three quarters of the cost; batch normalisation allows a high
    learning rate. Its moving averages have a low momentum because there are few steps.
    """
    options: dict[str, Any] = {"padding": "same", "use_bias": False}
    image = keras.Input((28, 28, 1), name="raster")
    x = layers.Conv2D(recipe.scaled(16), 5, strides=2, padding="same", activation="relu")(image)
    x = layers.Conv2D(recipe.scaled(40), 3, strides=2, **options)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Conv2D(recipe.scaled(32), 3, **options)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Dense(recipe.scaled(64), use_bias=False)(layers.Flatten()(x))
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Dropout(recipe.dropout)(x) if recipe.dropout else x
    return keras.Model(image, layers.Dense(10)(x), name="sprint")


def _convolution(
    x: keras.KerasTensor, filters: int, strides: int = 1, size: int = 3
) -> keras.KerasTensor:
    x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))


BUILDERS: dict[str, Callable[[Recipe], keras.Model]] = {
    "stem-28": stem_28,
    "stem-14": stem_14,
    "sprint": sprint,
    "cnn-3conv-dense128": articles.cnn_3conv_dense128,
    "cnn-2conv-logits": articles.cnn_2conv_logits,
    "cnn-3conv-functional": articles.cnn_3conv_functional,
    "mlp-512": articles.mlp_512,
}
