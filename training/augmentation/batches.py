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

from app.recognition.alphabet import look_alikes
from training.augmentation.images import vary_ink, warp
from training.augmentation.negatives import FAMILIES, synthetic_negative
from training.augmentation.polylines import Polyline, rasterize_polylines
from training.augmentation.strokes import vary_digit
from training.data.corpus import (
    NOT_A_DIGIT,
    Corpus,
    Kinds,
    LabelledDrawings,
    LabelledRasters,
    to_uint8,
)
from training.networks.heads import DIGIT, EMBEDDING, KINDS, LOGITS
from training.recipes.recipe import Recipe

PEN_DIGITS = 30_000
"""Pen digits in an epoch of a recipe without `ink`."""

Targets = Callable[[tf.Tensor], tuple[Any, Any]]
"""From labels int16 (b,) to the targets of the network's outputs and their sample weights."""


def steps_per_epoch(recipe: Recipe, corpus: Corpus) -> int:
    """Return the number of batches in one epoch."""
    return math.ceil(sum(_epoch_counts(recipe, corpus).values()) / recipe.batch)


def training_batches(recipe: Recipe, corpus: Corpus, first_step: int = 0) -> tf.data.Dataset:
    """Return endless batches from `first_step` on: (float32 (b, 28, 28, 1), targets, weights)."""
    targets = targets_of(recipe, corpus.kinds)
    held_out = recipe.ink.held_out_families if recipe.ink else ()
    families = [family for family in FAMILIES if family not in held_out]
    rasters_at = _Rasters(recipe, corpus, families)

    def generate() -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int16], int]]:
        per_epoch = steps_per_epoch(recipe, corpus)
        step = first_step
        while True:
            order = _epoch_order(recipe, corpus, step // per_epoch)
            for within in range(step % per_epoch, per_epoch):
                indices = order[within * recipe.batch : (within + 1) * recipe.batch]
                rng = np.random.default_rng([recipe.seed, step])
                # Indexed here, not by TensorFlow, which would keep a second copy of all rasters.
                batch = rasters_at(indices, rng, step // per_epoch)
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
        tf.TensorSpec([None], tf.int16),
        tf.TensorSpec([], tf.int32),
    )
    dataset = tf.data.Dataset.from_generator(generate, output_signature=signature)
    return dataset.map(prepare, num_parallel_calls=1).prefetch(4)


def validation_batches(recipe: Recipe, corpus: Corpus) -> tf.data.Dataset:
    """Return the validation parts in their order, without augmentation, in batches of 500."""
    part = corpus.validation
    images, labels = tf.constant(part.images), tf.constant(part.labels)
    targets = targets_of(recipe, corpus.kinds, validating=True)

    def prepare(indices: tf.Tensor) -> tuple[tf.Tensor, Any, Any]:
        batch = tf.cast(tf.gather(images, indices), tf.float32) / 255.0
        return batch[..., None], *targets(tf.gather(labels, indices))

    return tf.data.Dataset.range(len(part)).batch(500).map(prepare).prefetch(2)


def targets_of(recipe: Recipe, kinds: Kinds, validating: bool = False) -> Targets:
    """Return the function that makes the recipe's targets: one-hot, class numbers or three heads.

    With `validating`, negatives have no weight in the logits' loss. Labels are smoothed as in
    training: measured by hard labels, the loss would grow while the network learns smoothed ones.
    """
    soft = tf.constant(_smoothed(recipe), tf.float32)

    def smoothed(labels: tf.Tensor) -> tf.Tensor:
        """Return the targets of the logits; uniform where there is no label."""
        return tf.gather(soft, tf.where(labels < 0, len(soft) - 1, tf.cast(labels, tf.int32)))

    if recipe.ink is not None:
        negative_weight = 0.0 if validating else recipe.ink.negative_weight
        if recipe.ink.kinds:
            return _kind_targets(recipe, kinds, smoothed, negative_weight)
        return lambda labels: _heads_targets(labels, smoothed(labels), negative_weight)
    if recipe.loss == "sparse":
        return lambda labels: (tf.cast(labels, tf.int32), tf.ones_like(labels, tf.float32))
    return lambda labels: (smoothed(labels), tf.ones_like(labels, tf.float32))


def _smoothed(recipe: Recipe) -> NDArray[np.float64]:
    """Return the target of every label, and as the last row the uniform one, (n + 1, n)."""
    labels, count = recipe.labels, len(recipe.labels)
    targets = np.eye(count)
    for row, label in enumerate(labels):
        if others := look_alikes(label, labels):
            targets[row, row] -= recipe.look_alike_smoothing
            targets[row, [labels.index(o) for o in others]] = recipe.look_alike_smoothing / len(
                others
            )
    smoothing = recipe.label_smoothing
    uniform = np.full((1, count), 1.0 / count)
    return np.concatenate([targets * (1.0 - smoothing) + smoothing * uniform, uniform])


def _heads_targets(
    labels: tf.Tensor, soft: tf.Tensor, negative_weight: float
) -> tuple[dict[str, tf.Tensor], dict[str, tf.Tensor]]:
    """Return targets and sample weights by the outputs' names.

    For negatives the logits' target is the uniform distribution, with its own weight: outlier
    exposure (Hendrycks, Mazeika & Dietterich 2019).
    """
    digit = tf.cast(labels >= 0, tf.float32)
    ones = tf.ones_like(digit)
    return (  # Keras wants an entry for every output; the embedding has no loss.
        {LOGITS: soft, DIGIT: digit[:, None], EMBEDDING: ones[:, None]},
        {LOGITS: digit + negative_weight * (1.0 - digit), DIGIT: ones, EMBEDDING: ones},
    )


def _kind_targets(
    recipe: Recipe,
    kinds: Kinds,
    smoothed: Callable[[tf.Tensor], tf.Tensor],
    negative_weight: float,
) -> Targets:
    """Return the function that makes targets of four outputs, that of the kinds among them.

    Its targets are those of networks.heads.KindCrossentropy. A symbol that looks like one of the
    labels has a kind alone: no weight in the other losses.
    """
    assert recipe.ink is not None
    count, size = len(recipe.labels), recipe.ink.kinds
    # A label of the corpus is one of the recipe's labels, `count` plus a kind, or NOT_A_DIGIT.
    kind_of = tf.constant([*kinds.of_label, *range(len(kinds.sets)), -1], tf.int32)
    is_unclear = tf.constant([*[False] * count, *kinds.is_unclear, False])
    last = len(kind_of) - 1
    sets = tf.constant([*kinds.sets, *[-1] * (size - len(kinds.sets))], tf.int32)

    def make(labels: tf.Tensor) -> tuple[dict[str, tf.Tensor], dict[str, tf.Tensor]]:
        index = tf.where(labels < 0, last, tf.cast(labels, tf.int32))
        kind = tf.gather(kind_of, index)
        label = tf.where(labels >= count, tf.cast(NOT_A_DIGIT, tf.int16), labels)
        targets, weights = _heads_targets(label, smoothed(label), negative_weight)
        clear = 1.0 - tf.cast(tf.gather(is_unclear, index), tf.float32)
        of_set = tf.gather(sets, tf.maximum(kind, 0))
        others = tf.where(sets[None] == of_set[:, None], 0.0, -1.0)
        targets[KINDS] = tf.where(tf.one_hot(kind, size) > 0, 1.0, others)
        weights = {name: weight * clear for name, weight in weights.items()}
        weights[KINDS] = tf.cast(kind >= 0, tf.float32)
        return targets, weights

    return make


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
        drawings = getattr(corpus, part)
        if part == "pen" and recipe.ink is not None and recipe.ink.balance != 1.0:
            chosen = balanced(drawings.labels, counts[part], recipe.ink.balance, rng)
        else:
            chosen = _evenly(len(drawings), counts[part], rng)
        indices.append(first + chosen)
        first += len(drawings)
    indices.append(np.full(counts["synthetic"], first))
    return rng.permutation(np.concatenate(indices)).astype(np.int32)


def _evenly(size: int, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return `count` numbers below `size`, each as often as the others or once more."""
    return np.arange(size) if count == size else np.resize(rng.permutation(size), count)


def balanced(
    labels: NDArray[np.int16], count: int, power: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return about `count` indices of labels, of each in proportion to its number to a power."""
    places = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    shares = np.array([len(place) for place in places]) ** power
    numbers = np.rint(count * shares / shares.sum()).astype(int)
    return np.concatenate(
        [
            place[_evenly(len(place), number, rng)]
            for place, number in zip(places, numbers, strict=True)
        ]
    )


class _Rasters:
    """The rasters at indices of _epoch_order; drawings are varied and rasterized."""

    def __init__(self, recipe: Recipe, corpus: Corpus, families: Sequence[str]) -> None:
        self._recipe, self._corpus, self._families = recipe, corpus, families
        self._variants = recipe.ink.variants if recipe.ink else 0
        self._made: dict[tuple[int, int], NDArray[np.uint8]] = {}

    def __call__(
        self, indices: NDArray[np.int32], rng: np.random.Generator, epoch: int
    ) -> LabelledRasters:
        corpus = self._corpus
        first_drawing = len(corpus.mnist)
        images = np.empty((len(indices), 28, 28), np.uint8)
        labels = np.empty(len(indices), np.int16)
        is_mnist = indices < first_drawing
        images[is_mnist] = corpus.mnist.images[indices[is_mnist]]
        labels[is_mnist] = corpus.mnist.labels[indices[is_mnist]]
        for place in np.flatnonzero(~is_mnist):
            number = int(indices[place]) - first_drawing
            labels[place] = _label(corpus, number)
            images[place] = self._raster(number, rng, epoch)
        return LabelledRasters(images, labels)

    def _raster(self, number: int, rng: np.random.Generator, epoch: int) -> NDArray[np.uint8]:
        """Return the raster of a drawing: a new variation, or the next one of a fixed number."""
        if not self._variants:
            return to_uint8(rasterize_polylines(*self._varied(number, rng)))
        key = number, epoch % self._variants
        if key not in self._made:
            own = np.random.default_rng([self._recipe.seed, *key])
            self._made[key] = to_uint8(rasterize_polylines(*self._varied(number, own)))
        return self._made[key]

    def _varied(self, number: int, rng: np.random.Generator) -> tuple[list[Polyline], float]:
        """Return polylines and pen width: a varied drawing of the corpus, or synthetic."""
        for part in _drawn_parts(self._corpus):
            if number < len(part):
                return vary_digit(part.lines[number], int(part.labels[number]), rng)
            number -= len(part)
        family = self._families[int(rng.integers(len(self._families)))]
        lines = self._corpus.pen.lines or self._corpus.own.lines
        return synthetic_negative(family, lines, rng)


def _drawn_parts(corpus: Corpus) -> tuple[LabelledDrawings, ...]:
    return corpus.pen, corpus.own, corpus.characters


def _label(corpus: Corpus, number: int) -> int:
    for part in _drawn_parts(corpus):
        if number < len(part):
            return int(part.labels[number])
        number -= len(part)
    return NOT_A_DIGIT
