"""Owns the networks: functions that build an uncompiled Keras model with three named outputs.

Input: rasters, float32 (n, 28, 28, 1) in [0, 1]. Outputs: "logits" (n, 10); "embedding", the layer
before the logits at length 1, (n, 96); "digit" (n, 1), the logit of "this is a digit at all".
"""

from collections.abc import Callable

import keras
from keras import layers

EMBEDDING = 96


def stem_28(dropout: float) -> keras.Model:
    """Return a batch-normalised network that looks at all 28 × 28 once, then halves it twice.

    Strokes are 2.5 pixels wide: a first layer that skips pixels loses the small gaps that tell a 4
    from a 9 or a 5 from a 6; behind it half the resolution is enough, at a quarter of the cost.
    """
    image = keras.Input((28, 28, 1), name="raster")
    x = _convolved(image, 24, 3)
    x = _convolved(x, 64, 3, strides=2)
    x = _convolved(x, 64, 3)
    x = _convolved(x, 96, 3, strides=2)
    x = _convolved(x, 96, 3)
    x = _convolved(x, 96, 3)
    # Where a stroke lies tells a 7 from a 1: a mean over all places would forget it. Two learnt
    # weights for each place and channel remember (global depthwise convolution: Chen et al. 2018).
    x = layers.DepthwiseConv2D(7, depth_multiplier=2, use_bias=False)(x)
    x = layers.Flatten()(layers.BatchNormalization()(x))
    x = layers.Dropout(dropout)(x)
    x = layers.Dense(EMBEDDING, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    embedding = layers.UnitNormalization(name="embedding")(x)
    logits = layers.Dense(10, name="logits")(layers.Dropout(dropout)(x))
    digit = layers.Dense(1, name="digit")(x)
    outputs = {"logits": logits, "embedding": embedding, "digit": digit}
    return keras.Model(image, outputs, name="stem_28")


def _convolved(
    x: keras.KerasTensor, filters: int, size: int, strides: int = 1
) -> keras.KerasTensor:
    x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))


BUILDERS: dict[str, Callable[[float], keras.Model]] = {"stem-28": stem_28}
