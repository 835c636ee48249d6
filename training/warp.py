"""Owns augmentation: each raster of a batch under its own small random map, as TensorFlow ops."""

import tensorflow as tf

_SIDE = 28
_ELASTIC_GRID = 5


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
