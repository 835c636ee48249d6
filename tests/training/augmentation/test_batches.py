"""Batches of the 94 characters: targets of four outputs, balanced labels, a few variations."""

import numpy as np
import tensorflow as tf

from app.recognition.alphabet import CHARACTERS
from tests.training.made_up import corpus_of_characters, tiny_characters
from training.augmentation.batches import (
    balanced,
    targets_of,
    training_batches,
    validation_batches,
)
from training.data.corpus import NOT_A_DIGIT
from training.networks.heads import DIGIT, KINDS, LOGITS, KindCrossentropy

ZERO, CAPITAL_O, A, PLAIN = 0, 24, 10, 94 + 4
UNCLEAR = 94 + 7


def test_a_symbol_has_its_kind_and_a_look_alike_a_share_of_the_target() -> None:
    assert CHARACTERS.labels[CAPITAL_O] == "O" and CHARACTERS.labels[A] == "A"
    make = targets_of(tiny_characters(), corpus_of_characters().kinds)
    labels = tf.constant([ZERO, A, PLAIN, UNCLEAR, NOT_A_DIGIT], tf.int16)
    targets, weights = make(labels)
    logits = np.asarray(targets[LOGITS])
    assert np.allclose(logits.sum(axis=1), 1.0, atol=1e-5)
    assert logits[0].argmax() == ZERO and logits[0, CAPITAL_O] > 0.04 > logits[0, A]
    assert logits[1, A] > 0.97 and np.ptp(logits[2]) == 0
    assert np.asarray(targets[DIGIT])[:, 0].tolist() == [1, 1, 0, 0, 0]
    # Nothing is learnt of an unclear one but its kind.
    assert np.asarray(weights[DIGIT]).tolist() == [1, 1, 1, 0, 1]
    assert np.asarray(weights[KINDS]).tolist() == [1, 1, 1, 1, 0]
    kinds = np.asarray(targets[KINDS])
    assert kinds[:4].argmax(axis=1).tolist() == [0, 1, 4, 7]
    assert kinds[2].tolist() == [-1, -1, -1, 0, 1, 0, -1, -1, -1, -1]


def test_only_kinds_of_the_same_set_are_told_apart() -> None:
    targets = tf.constant([[1.0, 0.0, -1.0]])
    loss = KindCrossentropy()
    low = float(loss(targets, tf.constant([[9.0, 0.0, 99.0]])))
    assert low < 0.01 < float(loss(targets, tf.constant([[0.0, 0.0, 0.0]])))


def test_rare_labels_are_drawn_more_often_than_they_are_there() -> None:
    labels = np.array([1] * 900 + [2] * 100, np.int16)
    chosen = labels[balanced(labels, 400, 0.5, np.random.default_rng(1))]
    assert np.unique(chosen, return_counts=True)[1].tolist() == [300, 100]


def test_a_drawing_has_two_variations_and_a_batch_is_a_function_of_its_step() -> None:
    recipe, corpus = tiny_characters(), corpus_of_characters()
    straight = [batch for batch, *_rest in training_batches(recipe, corpus).take(6)]
    later = [batch for batch, *_rest in training_batches(recipe, corpus, first_step=4).take(2)]
    assert all(np.array_equal(a, b) for a, b in zip(straight[4:], later, strict=True))


def test_symbols_count_for_nothing_in_the_validation_of_the_logits() -> None:
    (batch,) = validation_batches(tiny_characters(), corpus_of_characters())
    _images, _targets, weights = batch
    assert np.asarray(weights[LOGITS]).sum() == 20
