"""Owns the input pipeline: batches that are a function of (seed, step), so a run can be resumed.

Every step chooses its rasters, warps each by its own affine map and a smooth elastic field, and
gives the targets of both heads.
"""

from collections.abc import Iterator

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.corpus import Corpus, Labelled
from training.recipes import Recipe

_SIDE = 28
_ELASTIC_GRID = 5


def steps_per_epoch(recipe: Recipe, corpus: Corpus) -> int:
    """Return the number of batches in one epoch: all of MNIST's part, and shares of the others."""
    return (len(corpus.mnist) + recipe.pen_digits + recipe.negatives) // recipe.batch


def training_batches(recipe: Recipe, corpus: Corpus, first_step: int = 0) -> tf.data.Dataset:
    """Return endless batches from `first_step` on: ((b, 28, 28, 1), targets, weights)."""
    pool = corpus.mnist + corpus.pen + corpus.negatives
    images, labels = tf.constant(pool.images), tf.constant(pool.labels)

    def chosen() -> Iterator[tuple[NDArray[np.int32], int]]:
        per_epoch = steps_per_epoch(recipe, corpus)
        step = first_step
        while True:
            order = _epoch_order(recipe, corpus, step // per_epoch)
            for within in range(step % per_epoch, per_epoch):
                yield order[within * recipe.batch : (within + 1) * recipe.batch], step
                step += 1

    def prepared(indices: tf.Tensor, step: tf.Tensor) -> tuple[tf.Tensor, dict, dict]:  # type: ignore[type-arg]
        batch = tf.cast(tf.gather(images, indices), tf.float32) / 255.0
        batch = warped(batch, tf.stack([recipe.seed, step]))
        return batch[..., None], *targets(
            tf.gather(labels, indices), recipe.label_smoothing, recipe.negative_weight
        )

    signature = (tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.int32))
    dataset = tf.data.Dataset.from_generator(chosen, output_signature=signature)
    return dataset.map(prepared, num_parallel_calls=1).prefetch(4)


def validation_batches(part: Labelled, negative_weight: float) -> tf.data.Dataset:
    """Return the part in its own order, not warped, in batches of 500."""
    images = tf.constant(part.images)
    labels = tf.constant(part.labels)

    def prepared(indices: tf.Tensor) -> tuple[tf.Tensor, dict, dict]:  # type: ignore[type-arg]
        batch = tf.cast(tf.gather(images, indices), tf.float32) / 255.0
        return batch[..., None], *targets(tf.gather(labels, indices), 0.0, negative_weight)

    return tf.data.Dataset.range(len(part)).batch(500).map(prepared).prefetch(2)


def targets(labels: tf.Tensor, smoothing: float, negative_weight: float) -> tuple[dict, dict]:  # type: ignore[type-arg]
    """Return what the heads should say, and how much it weighs.

    Drawings that are no digit ask the logits for no opinion (all ten alike), at their own weight:
    outlier exposure (Hendrycks, Mazeika & Dietterich 2019).
    """
    is_digit = labels >= 0
    hard = tf.one_hot(tf.cast(labels, tf.int32), 10) * (1.0 - smoothing) + smoothing / 10.0
    soft = tf.where(is_digit[:, None], hard, tf.fill(tf.shape(hard), 0.1))
    digit = tf.cast(is_digit, tf.float32)
    every = tf.ones_like(digit)
    return (  # Keras wants an entry for every output; the embedding has no loss.
        {"logits": soft, "digit": digit[:, None], "embedding": every[:, None]},
        {"logits": digit + negative_weight * (1.0 - digit), "digit": every, "embedding": every},
    )


def warped(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Return float32 (b, 28, 28) images, each under its own random map, bilinear.

    Rotation ±8°, slant ±0.1, scale 0.9 to 1.1 in each direction, shift ±1 px, and an elastic
    field of 5 × 5 random displacements (0.35 px sd, smoothed to 28 × 28; after Simard 2003).
    """
    count = tf.shape(images)[0]

    def uniform(index: int, low: float, high: float, width: int = 1) -> tf.Tensor:
        shape = tf.stack([count, width])
        return tf.random.stateless_uniform(
            shape, seed + tf.constant([0, 1_000_003 * index]), low, high
        )

    angle, slant = uniform(1, -0.14, 0.14), uniform(2, -0.1, 0.1)
    scale = uniform(3, 0.9, 1.1, 2)
    shift = uniform(4, -1.0, 1.0, 2)
    axis = tf.range(_SIDE, dtype=tf.float32) - 14.0
    ys, xs = tf.meshgrid(axis, axis, indexing="ij")
    x, y = tf.reshape(xs, [1, -1]), tf.reshape(ys, [1, -1])
    x, y = x + slant * y, y
    x, y = (
        (tf.cos(angle) * x - tf.sin(angle) * y) * scale[:, :1] + shift[:, :1],
        (tf.sin(angle) * x + tf.cos(angle) * y) * scale[:, 1:] + shift[:, 1:],
    )
    grid = tf.stack([count, _ELASTIC_GRID, _ELASTIC_GRID, 2])
    field = tf.random.stateless_normal(grid, seed + tf.constant([0, 5_000_015]), stddev=0.35)
    field = tf.reshape(tf.image.resize(field, [_SIDE, _SIDE], "bicubic"), [count, -1, 2])
    return _sampled(images, x + field[..., 0] + 14.0, y + field[..., 1] + 14.0)


def _sampled(images: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Return the images read at (x, y), each (b, 784) in pixels, bilinear, 0 outside."""
    count = tf.shape(images)[0]
    border = tf.pad(images, [[0, 0], [1, 1], [1, 1]])
    flat = tf.reshape(border, [count, -1])
    side = _SIDE + 2
    x = tf.clip_by_value(x + 1.0, 0.0, side - 1.001)
    y = tf.clip_by_value(y + 1.0, 0.0, side - 1.001)
    left, top = tf.floor(x), tf.floor(y)
    right_share, low_share = x - left, y - top
    corner = tf.cast(top * side + left, tf.int32)

    def at(offset: int) -> tf.Tensor:
        return tf.gather(flat, corner + offset, batch_dims=1)

    upper = at(0) * (1 - right_share) + at(1) * right_share
    lower = at(side) * (1 - right_share) + at(side + 1) * right_share
    return tf.reshape(upper * (1 - low_share) + lower * low_share, [count, _SIDE, _SIDE])


def _epoch_order(recipe: Recipe, corpus: Corpus, epoch: int) -> NDArray[np.int32]:
    """Return the places in the pool that one epoch sees, shuffled."""
    rng = np.random.default_rng([recipe.seed, epoch])
    first_pen = len(corpus.mnist)
    first_negative = first_pen + len(corpus.pen)
    pen = first_pen + _share(len(corpus.pen), recipe.pen_digits, rng)
    negatives = first_negative + _share(len(corpus.negatives), recipe.negatives, rng)
    order = np.concatenate([np.arange(first_pen), pen, negatives])
    return rng.permutation(order).astype(np.int32)


def _share(size: int, wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.choice(size, wanted, replace=wanted > size)
