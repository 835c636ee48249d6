"""Owns our own networks, uncompiled: convolutions with batch normalisation.

Input: rasters, float32 (n, 28, 28, 1) in [0, 1].
"""

import keras
from keras import layers

from training.networks.heads import DIGIT, EMBEDDING, LOGITS
from training.networks.scale import scaled
from training.recipes.recipe import Recipe

EMBEDDING_SIZE = 96


def stem_28(recipe: Recipe) -> keras.Model:
    """Return a network with three outputs that looks at all 28 × 28 once, then halves it twice.

    Strokes are 2.5 pixels wide: a first layer that skips pixels loses the small gaps that tell a 4
    from a 9 or a 5 from a 6; behind it half the resolution is enough, at a quarter of the cost.
    """
    image = keras.Input((28, 28, 1), name="raster")
    x = _convolved(image, scaled(24, recipe), 3)
    x = _convolved(x, scaled(64, recipe), 3, strides=2)
    x = _convolved(x, scaled(64, recipe), 3)
    x = _convolved(x, scaled(96, recipe), 3, strides=2)
    x = _convolved(x, scaled(96, recipe), 3)
    x = _convolved(x, scaled(96, recipe), 3)
    # Where a stroke lies tells a 7 from a 1: a mean over all places would forget it. Two learnt
    # weights for each place and channel remember (global depthwise convolution: Chen et al. 2018).
    x = layers.DepthwiseConv2D(7, depth_multiplier=2, use_bias=False)(x)
    x = layers.Flatten()(layers.BatchNormalization()(x))
    x = layers.Dropout(recipe.dropout)(x)
    x = layers.Dense(EMBEDDING_SIZE, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    embedding = layers.UnitNormalization(name=EMBEDDING)(x)
    logits = layers.Dense(10, name=LOGITS)(layers.Dropout(recipe.dropout)(x))
    digit = layers.Dense(1, name=DIGIT)(x)
    outputs = {LOGITS: logits, EMBEDDING: embedding, DIGIT: digit}
    return keras.Model(image, outputs, name="stem_28")


def sprint(recipe: Recipe) -> keras.Model:
    """Return a network, one output (n, 10) of logits, that learns most of MNIST in 430 steps.

    The first layer takes every second pixel, which saves three quarters of the cost; batch
    normalisation behind it bears a high learning rate. Its running means forget fast, since there
    are few steps to learn them in.
    """
    options = {"padding": "same", "use_bias": False}
    image = keras.Input((28, 28, 1), name="raster")
    x = layers.Conv2D(scaled(16, recipe), 5, strides=2, padding="same", activation="relu")(image)
    x = layers.Conv2D(scaled(40, recipe), 3, strides=2, **options)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Conv2D(scaled(32, recipe), 3, **options)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Dense(scaled(64, recipe), use_bias=False)(layers.Flatten()(x))
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = layers.Dropout(recipe.dropout)(x) if recipe.dropout else x
    return keras.Model(image, layers.Dense(10)(x), name="sprint")


def _convolved(
    x: keras.KerasTensor, filters: int, size: int, strides: int = 1
) -> keras.KerasTensor:
    x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
