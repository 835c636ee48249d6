"""Training and validation batches, as tf.data.

A training batch is a function of (seed, step), so that a resumed run sees the same batches as an
uninterrupted one.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.augmentation.images import vary_ink, warp
from training.augmentation.negatives import FAMILIES, synthetic_negative
from training.augmentation.polylines import Polyline, rasterize_polylines
from training.augmentation.strokes import vary_digit
from training.data.corpus import NOT_A_DIGIT, Corpus, LabelledRasters, to_uint8
from training.networks.heads import DIGIT, EMBEDDING, LOGITS
from training.recipes.recipe import Recipe

PEN_DIGITS = 30_000
"""Pen digits in an epoch of a recipe without `ink`."""

Targets = Callable[[tf.Tensor], tuple[Any, Any]]
"""From labels int8 (b,) to the targets of the network's outputs and their sample weights."""


def steps_per_epoch(recipe: Recipe, corpus: Corpus) -> int:
    """Return the number of batches in one epoch."""
    return math.ceil(sum(_epoch_counts(recipe, corpus).values()) / recipe.batch)


def training_batches(recipe: Recipe, corpus: Corpus, first_step: int = 0) -> tf.data.Dataset:
    """Return endless batches from `first_step` on: (float32 (b, 28, 28, 1), targets, weights)."""
    targets = targets_of(recipe)
    held_out = recipe.ink.held_out_families if recipe.ink else ()
    families = [family for family in FAMILIES if family not in held_out]

    def generate() -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int8], int]]:
        per_epoch = steps_per_epoch(recipe, corpus)
        step = first_step
        while True:
            order = _epoch_order(recipe, corpus, step // per_epoch)
            for within in range(step % per_epoch, per_epoch):
                indices = order[within * recipe.batch : (within + 1) * recipe.batch]
                rng = np.random.default_rng([recipe.seed, step])
                # Indexed here, not by TensorFlow, which would keep a second copy of all rasters.
                batch = _rasters_at(corpus, indices, families, rng)
                yield batch.images, batch.labels, step
                step += 1

    def prepare(
        images: tf.Tensor, labels: tf.Tensor, step: tf.Tensor
    ) -> tuple[tf.Tensor, Any, Any]:
        batch = tf.cast(images, tf.float32) / 255.0
        if recipe.augmentation:
            seed = tf.stack([recipe.seed, step])
            batch = warp(batch, seed)
            batch = vary_ink(batch, seed) if recipe.ink is not None else batch
        return batch[..., None], *targets(labels)

    signature = (
        tf.TensorSpec([None, 28, 28], tf.uint8),
        tf.TensorSpec([None], tf.int8),
        tf.TensorSpec([], tf.int32),
    )
    dataset = tf.data.Dataset.from_generator(generate, output_signature=signature)
    return dataset.map(prepare, num_parallel_calls=1).prefetch(4)


def validation_batches(recipe: Recipe, part: LabelledRasters) -> tf.data.Dataset:
    """Return `part` in its order, without augmentation, in batches of 500."""
    images, labels = tf.constant(part.images), tf.constant(part.labels)
    targets = targets_of(recipe, validating=True)

    def prepare(indices: tf.Tensor) -> tuple[tf.Tensor, Any, Any]:
        batch = tf.cast(tf.gather(images, indices), tf.float32) / 255.0
        return batch[..., None], *targets(tf.gather(labels, indices))

    return tf.data.Dataset.range(len(part)).batch(500).map(prepare).prefetch(2)


def targets_of(recipe: Recipe, validating: bool = False) -> Targets:
    """Return the function that makes the recipe's targets: one-hot, class numbers or three heads.

    With `validating`, negatives have no weight in the logits' loss. Labels are smoothed as in
    training: measured by hard labels, the loss would grow while the network learns smoothed ones.
    """
    smoothing = recipe.label_smoothing

    def one_hot(labels: tf.Tensor) -> tf.Tensor:
        return tf.one_hot(tf.cast(labels, tf.int32), 10) * (1.0 - smoothing) + smoothing / 10.0

    if recipe.ink is not None:
        negative_weight = 0.0 if validating else recipe.ink.negative_weight
        return lambda labels: _heads_targets(labels, one_hot(labels), negative_weight)
    if recipe.loss == "sparse":
        return lambda labels: (tf.cast(labels, tf.int32), tf.ones_like(labels, tf.float32))
    return lambda labels: (one_hot(labels), tf.ones_like(labels, tf.float32))


def _heads_targets(
    labels: tf.Tensor, one_hot: tf.Tensor, negative_weight: float
) -> tuple[dict[str, tf.Tensor], dict[str, tf.Tensor]]:
    """Return targets and sample weights by the outputs' names.

    For negatives the logits' target is the uniform distribution, with its own weight: outlier
    exposure (Hendrycks, Mazeika & Dietterich 2019).
    """
    is_digit = labels >= 0
    soft = tf.where(is_digit[:, None], one_hot, tf.fill(tf.shape(one_hot), 0.1))
    digit = tf.cast(is_digit, tf.float32)
    ones = tf.ones_like(digit)
    return (  # Keras wants an entry for every output; the embedding has no loss.
        {LOGITS: soft, DIGIT: digit[:, None], EMBEDDING: ones[:, None]},
        {LOGITS: digit + negative_weight * (1.0 - digit), DIGIT: ones, EMBEDDING: ones},
    )


def _epoch_counts(recipe: Recipe, corpus: Corpus) -> dict[str, int]:
    """Return how many rasters of each part an epoch has; "synthetic" is the last."""
    ink, all_mnist = recipe.ink, len(corpus.mnist)
    characters = round(ink.negatives * ink.drawn) if ink else 0
    has_strokes = bool(corpus.pen.lines or corpus.own.lines)  # some families are made from them
    return {
        "mnist": min(recipe.mnist_digits or all_mnist, all_mnist) if "mnist" in recipe.data else 0,
        "pen": (ink.pen_digits if ink else PEN_DIGITS) if len(corpus.pen) else 0,
        "own": recipe.own_digits if len(corpus.own) else 0,
        "characters": characters,
        "synthetic": ink.negatives - characters if ink and has_strokes else 0,
    }


def _epoch_order(recipe: Recipe, corpus: Corpus, epoch: int) -> NDArray[np.int32]:
    """Return the indices of one epoch's rasters, shuffled.

    They count through the corpus' parts in the order of _epoch_counts; every synthetic negative
    has the index after the last.
    """
    rng = np.random.default_rng([recipe.seed, epoch])
    counts = _epoch_counts(recipe, corpus)
    indices, first = [], 0
    for part in ("mnist", "pen", "own", "characters"):
        size = len(getattr(corpus, part))
        indices.append(first + _evenly(size, counts[part], rng))
        first += size
    indices.append(np.full(counts["synthetic"], first))
    return rng.permutation(np.concatenate(indices)).astype(np.int32)


def _evenly(size: int, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return `count` numbers below `size`, each as often as the others or once more."""
    return np.arange(size) if count == size else np.resize(rng.permutation(size), count)


def _rasters_at(
    corpus: Corpus, indices: NDArray[np.int32], families: Sequence[str], rng: np.random.Generator
) -> LabelledRasters:
    """Return the rasters at `indices` of _epoch_order; drawings are varied and rasterized."""
    first_drawing = len(corpus.mnist)
    images = np.empty((len(indices), 28, 28), np.uint8)
    labels = np.empty(len(indices), np.int8)
    is_mnist = indices < first_drawing
    images[is_mnist] = corpus.mnist.images[indices[is_mnist]]
    labels[is_mnist] = corpus.mnist.labels[indices[is_mnist]]
    for place in np.flatnonzero(~is_mnist):
        number = int(indices[place]) - first_drawing
        lines, pen, labels[place] = _drawing(corpus, number, families, rng)
        images[place] = to_uint8(rasterize_polylines(lines, pen))
    return LabelledRasters(images, labels)


def _drawing(
    corpus: Corpus, number: int, families: Sequence[str], rng: np.random.Generator
) -> tuple[list[Polyline], float, int]:
    """Return polylines, pen width and label: a varied drawing of the corpus, or synthetic."""
    for part in (corpus.pen, corpus.own, corpus.characters):
        if number < len(part):
            label = int(part.labels[number])
            return *vary_digit(part.lines[number], label, rng), label
        number -= len(part)
    family = families[int(rng.integers(len(families)))]
    return *synthetic_negative(family, corpus.pen.lines or corpus.own.lines, rng), NOT_A_DIGIT
