"""The networks of well-known MNIST articles, layer by layer as published.

Input: rasters, float32 (n, 28, 28, 1) in [0, 1]. One output, (n, 10): probabilities, or logits
where the article has logits. They are as published with `width` 1 and the recipe's own dropout;
where the article has none, an override of `dropout` adds a Dropout before the last layer.
"""

import keras
from keras import layers

from training.recipes.recipe import Recipe


def cnn_3conv_dense128(recipe: Recipe) -> keras.Model:
    """Return Conv32-pool-Conv64-pool-Conv64-Flatten-Dense128-softmax, all kernels 3 × 3."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="raster"),
            layers.Conv2D(recipe.scaled(32), 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(recipe.scaled(64), 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(recipe.scaled(64), 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(recipe.scaled(128), activation="relu"),
            *_dropout(recipe),
            layers.Dense(10, activation="softmax"),
        ],
        name="cnn_3conv_dense128",
    )


def cnn_2conv_logits(recipe: Recipe) -> keras.Model:
    """Return Conv32-pool-Conv64-pool-Flatten-Dense64-Dense10; its output are logits."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="raster"),
            layers.Conv2D(recipe.scaled(32), 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(recipe.scaled(64), 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(recipe.scaled(64), activation="relu"),
            *_dropout(recipe),
            layers.Dense(10),
        ],
        name="cnn_2conv_logits",
    )


def mlp_512(recipe: Recipe) -> keras.Model:
    """Return Flatten-Dense512-softmax, with the recipe's dropout between the two."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="raster"),
            layers.Flatten(),
            layers.Dense(recipe.scaled(512), activation="relu"),
            *_dropout(recipe),
            layers.Dense(10, activation="softmax"),
        ],
        name="mlp_512",
    )


def cnn_3conv_functional(recipe: Recipe) -> keras.Model:
    """Return Conv32-pool-Conv64-pool-Conv128-Flatten-softmax, written with the functional API."""
    image = keras.Input((28, 28, 1), name="raster")
    x = layers.Conv2D(recipe.scaled(32), 3, activation="relu")(image)
    x = layers.MaxPooling2D(pool_size=2)(x)
    x = layers.Conv2D(recipe.scaled(64), 3, activation="relu")(x)
    x = layers.MaxPooling2D(pool_size=2)(x)
    x = layers.Conv2D(recipe.scaled(128), 3, activation="relu")(x)
    x = layers.Flatten()(x)
    for layer in _dropout(recipe):
        x = layer(x)
    output = layers.Dense(10, activation="softmax")(x)
    return keras.Model(image, output, name="cnn_3conv_functional")


def _dropout(recipe: Recipe) -> list[keras.layers.Layer]:
    return [layers.Dropout(recipe.dropout)] if recipe.dropout else []
