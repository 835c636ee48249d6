"""Augmentation of rasters by TensorFlow ops: small random changes to each raster of a batch."""

from collections.abc import Callable

import tensorflow as tf

_SIDE = 28
_ELASTIC_GRID = 5


def warp(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Return float32 (b, 28, 28) images, each resampled (bilinear) under its own random map.

    Rotation ±8°, slant ±0.1, scale 0.9 to 1.1 along each axis, shift ±1 px, and an elastic
    field: 5 × 5 random displacements of 0.35 px standard deviation, upsampled to 28 × 28 by
    bicubic interpolation (after Simard, Steinkraus & Platt 2003). `seed` is int (2,).
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


def vary_ink(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Return float32 (b, 28, 28) images, some with strokes of other width and sharpness.

    15 % have thicker or thinner strokes (by 0.6 or 0.35 times one dilation or erosion), 8 % are
    blurred, 8 % have harder edges, up to two levels. More of it makes the network worse: a 1 of
    the pen set can have the shape of a 7 of MNIST, and only the look of the ink tells them apart.
    """
    count = tf.shape(images)[0]

    def sometimes(index: int, share: float, low: float, high: float, otherwise: float) -> tf.Tensor:
        shape = tf.stack([2, count, 1, 1])
        drawn = tf.random.stateless_uniform(shape, seed + tf.constant([7, 1_000_003 * index]))
        return tf.where(drawn[0] < share, low + (high - low) * drawn[1], otherwise)

    change = sometimes(1, 0.15, -0.35, 0.6, 0.0)
    added = _combined(images, tf.maximum) - images
    removed = images - _combined(images, tf.minimum)
    ink = images + tf.nn.relu(change) * added - tf.nn.relu(-change) * removed
    blurred = _combined(ink, lambda one, other: (one + other) / 2.0)
    ink = ink + sometimes(2, 0.08, 0.0, 1.0, 0.0) * (blurred - ink)
    return tf.clip_by_value((ink - 0.5) * sometimes(3, 0.08, 1.0, 4.0, 1.0) + 0.5, 0.0, 1.0)


def _combined(
    images: tf.Tensor, pairwise: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
) -> tf.Tensor:
    """Return images (b, 28, 28), every pixel combined with its eight neighbours; 0 outside.

    With the maximum that is a 3 × 3 dilation, with the minimum an erosion, with the mean of two a
    binomial blur.
    """
    x = tf.pad(images, [[0, 0], [1, 1], [1, 1]])
    x = pairwise(pairwise(x[:, :-2], x[:, 1:-1]), pairwise(x[:, 1:-1], x[:, 2:]))
    return pairwise(pairwise(x[..., :-2], x[..., 1:-1]), pairwise(x[..., 1:-1], x[..., 2:]))


def _sampled(images: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Return the images sampled at (x, y), each (b, 784) in pixels: bilinear, 0 outside."""
    count = tf.shape(images)[0]
    border = tf.pad(images, [[0, 0], [1, 1], [1, 1]])
    flat = tf.reshape(border, [count, -1])
    side = _SIDE + 2
    x = tf.clip_by_value(x + 1.0, 0.0, side - 1.001)
    y = tf.clip_by_value(y + 1.0, 0.0, side - 1.001)
    left, top = tf.floor(x), tf.floor(y)
    to_right, to_bottom = x - left, y - top
    corner = tf.cast(top * side + left, tf.int32)

    def at(offset: int) -> tf.Tensor:
        return tf.gather(flat, corner + offset, batch_dims=1)

    upper = at(0) * (1 - to_right) + at(1) * to_right
    lower = at(side) * (1 - to_right) + at(side + 1) * to_right
    return tf.reshape(upper * (1 - to_bottom) + lower * to_bottom, [count, _SIDE, _SIDE])
