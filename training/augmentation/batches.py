"""Owns the input pipeline: batches that are a function of (seed, step), so a run can be resumed.

Every step chooses its rasters, warps each of them where the recipe augments, and gives the targets
of the network's outputs.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.augmentation.images import vary_ink, warp
from training.augmentation.negatives import FAMILIES, synthetic_negative
from training.augmentation.polylines import Polyline, polylines_raster
from training.augmentation.strokes import vary_digit
from training.data.corpus import NOT_A_DIGIT, Corpus, LabelledRasters, to_uint8
from training.networks.heads import DIGIT, EMBEDDING, LOGITS
from training.recipes.recipe import Recipe

PEN_DIGITS = 30_000
"""Pen digits in an epoch of a recipe that was not made for them."""

Targets = Callable[[tf.Tensor], tuple[Any, Any]]
"""From labels (b,) to what the network's outputs should say, and what each weighs."""


def steps_per_epoch(recipe: Recipe, corpus: Corpus) -> int:
    """Return the number of batches in one epoch: all of MNIST's part, and shares of the others."""
    return math.ceil(sum(_shares(recipe, corpus)) / recipe.batch)


def training_batches(recipe: Recipe, corpus: Corpus, first_step: int = 0) -> tf.data.Dataset:
    """Return endless batches from `first_step` on: ((b, 28, 28, 1), targets, weights)."""
    wanted = targets_of(recipe)
    held_out = recipe.ink.held_out_families if recipe.ink else ()
    families = [family for family in FAMILIES if family not in held_out]

    def chosen() -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int8], int]]:
        per_epoch = steps_per_epoch(recipe, corpus)
        step = first_step
        while True:
            order = _epoch_order(recipe, corpus, step // per_epoch)
            for within in range(step % per_epoch, per_epoch):
                places = order[within * recipe.batch : (within + 1) * recipe.batch]
                # Taken here, not by TensorFlow: it would keep a second copy of all rasters.
                batch = _taken(corpus, places, families, np.random.default_rng([recipe.seed, step]))
                yield batch.images, batch.labels, step
                step += 1

    def prepared(
        images: tf.Tensor, labels: tf.Tensor, step: tf.Tensor
    ) -> tuple[tf.Tensor, Any, Any]:
        batch = tf.cast(images, tf.float32) / 255.0
        if recipe.augmentation:
            seed = tf.stack([recipe.seed, step])
            batch = warp(batch, seed)
            batch = vary_ink(batch, seed) if recipe.ink is not None else batch
        return batch[..., None], *wanted(labels)

    signature = (
        tf.TensorSpec([None, 28, 28], tf.uint8),
        tf.TensorSpec([None], tf.int8),
        tf.TensorSpec([], tf.int32),
    )
    dataset = tf.data.Dataset.from_generator(chosen, output_signature=signature)
    return dataset.map(prepared, num_parallel_calls=1).prefetch(4)


def validation_batches(recipe: Recipe, part: LabelledRasters) -> tf.data.Dataset:
    """Return the part in its own order, not warped, in batches of 500."""
    images, labels = tf.constant(part.images), tf.constant(part.labels)
    wanted = targets_of(recipe, validating=True)

    def prepared(indices: tf.Tensor) -> tuple[tf.Tensor, Any, Any]:
        batch = tf.cast(tf.gather(images, indices), tf.float32) / 255.0
        return batch[..., None], *wanted(tf.gather(labels, indices))

    return tf.data.Dataset.range(len(part)).batch(500).map(prepared).prefetch(2)


def targets_of(recipe: Recipe, validating: bool = False) -> Targets:
    """Return how the recipe turns labels into targets: one-hot vectors, numbers, or three heads.

    `validating`: drawings that are no digit are only asked whether they are one. Labels are
    smoothed then too: a network that learns to be modest would look worse and worse by hard ones.
    """
    smooth = recipe.label_smoothing

    def one_hot(labels: tf.Tensor) -> tf.Tensor:
        return tf.one_hot(tf.cast(labels, tf.int32), 10) * (1.0 - smooth) + smooth / 10.0

    if recipe.ink is not None:
        negative_weight = 0.0 if validating else recipe.ink.negative_weight
        return lambda labels: heads_targets(labels, one_hot(labels), negative_weight)
    if recipe.loss == "sparse":
        return lambda labels: (tf.cast(labels, tf.int32), _every(labels))
    return lambda labels: (one_hot(labels), _every(labels))


def heads_targets(
    labels: tf.Tensor, one_hot: tf.Tensor, negative_weight: float
) -> tuple[dict[str, tf.Tensor], dict[str, tf.Tensor]]:
    """Return what the three heads should say, and how much it weighs.

    Drawings that are no digit ask the logits for no opinion (all ten alike), at their own weight:
    outlier exposure (Hendrycks, Mazeika & Dietterich 2019).
    """
    is_digit = labels >= 0
    soft = tf.where(is_digit[:, None], one_hot, tf.fill(tf.shape(one_hot), 0.1))
    digit = tf.cast(is_digit, tf.float32)
    every = tf.ones_like(digit)
    return (  # Keras wants an entry for every output; the embedding has no loss.
        {LOGITS: soft, DIGIT: digit[:, None], EMBEDDING: every[:, None]},
        {LOGITS: digit + negative_weight * (1.0 - digit), DIGIT: every, EMBEDDING: every},
    )


def _every(labels: tf.Tensor) -> tf.Tensor:
    return tf.ones(tf.shape(labels), tf.float32)


class _Shares(NamedTuple):
    """How many rasters of each kind an epoch sees."""

    mnist: int
    pen: int
    own: int
    characters: int
    made_up: int


def _shares(recipe: Recipe, corpus: Corpus) -> _Shares:
    ink, all_mnist = recipe.ink, len(corpus.mnist)
    characters = ink.negatives // 2 if ink else 0
    return _Shares(
        mnist=min(recipe.mnist_digits or all_mnist, all_mnist) if "mnist" in recipe.data else 0,
        pen=(ink.pen_digits if ink else PEN_DIGITS) if len(corpus.pen) else 0,
        own=recipe.own_digits if len(corpus.own) else 0,
        characters=characters,
        # Two of these families are made of digits' strokes.
        made_up=ink.negatives - characters if ink and (corpus.pen.lines or corpus.own.lines) else 0,
    )


def _taken(
    corpus: Corpus, places: NDArray[np.int32], families: Sequence[str], rng: np.random.Generator
) -> LabelledRasters:
    """Return the rasters at these places; drawings are varied and inked anew."""
    first_pen = len(corpus.mnist)
    images = np.empty((len(places), 28, 28), np.uint8)
    labels = np.empty(len(places), np.int8)
    is_mnist = places < first_pen
    images[is_mnist] = corpus.mnist.images[places[is_mnist]]
    labels[is_mnist] = corpus.mnist.labels[places[is_mnist]]
    for index in np.flatnonzero(~is_mnist):
        lines, pen, labels[index] = _drawing(corpus, int(places[index]) - first_pen, families, rng)
        images[index] = to_uint8(polylines_raster(lines, pen))
    return LabelledRasters(images, labels)


def _drawing(
    corpus: Corpus, number: int, families: Sequence[str], rng: np.random.Generator
) -> tuple[list[Polyline], float, int]:
    """Return the lines, pen and label of a drawing: of the corpus' drawings, then made up."""
    for part in (corpus.pen, corpus.own, corpus.characters):
        if number < len(part):
            label = int(part.labels[number])
            return *vary_digit(part.lines[number], label, rng), label
        number -= len(part)
    family = families[int(rng.integers(len(families)))]
    return *synthetic_negative(family, corpus.pen.lines or corpus.own.lines, rng), NOT_A_DIGIT


def _epoch_order(recipe: Recipe, corpus: Corpus, epoch: int) -> NDArray[np.int32]:
    """Return the places in the pool that one epoch sees, shuffled."""
    rng = np.random.default_rng([recipe.seed, epoch])
    shares = _shares(recipe, corpus)
    sizes = (len(corpus.mnist), len(corpus.pen), len(corpus.own), len(corpus.characters))
    chosen, first = [], 0
    for size, share in zip(sizes, shares[:4], strict=True):
        chosen.append(first + _evenly(size, share, rng))
        first += size
    chosen.append(np.full(shares.made_up, first))
    return rng.permutation(np.concatenate(chosen)).astype(np.int32)


def _evenly(size: int, wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return `wanted` numbers below `size`, each as often as the others or once more."""
    return np.arange(size) if wanted == size else np.resize(rng.permutation(size), wanted)
