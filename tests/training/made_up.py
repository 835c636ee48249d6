"""Made-up data, small enough to learn in a second."""

from dataclasses import replace

import numpy as np

from training.data.corpus import (
    NO_RASTERS,
    NOT_A_DIGIT,
    Corpus,
    Kinds,
    LabelledDrawings,
    LabelledRasters,
)
from training.recipes.catalogue import CHARACTERS, INKLING, MLP_512_DROPOUT
from training.recipes.recipe import Recipe


def part(count: int, seed: int, labels: tuple[int, ...] = tuple(range(10))) -> LabelledRasters:
    """Return rasters: a bar at the label's position; noise for what is no digit."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 60, (count, 28, 28), dtype=np.uint8)
    chosen = rng.choice(labels, count).astype(np.int16)
    for image, label in zip(images, chosen, strict=True):
        if label != NOT_A_DIGIT:
            image[4:24, 4 + 2 * label : 6 + 2 * label] = 255
    return LabelledRasters(images, chosen)


def drawn(count: int, seed: int, labels: tuple[int, ...] = tuple(range(10))) -> LabelledDrawings:
    """Return drawings: hooks, bent further the higher the label."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(labels, count).astype(np.int16)
    lines = [[np.array([(0.0, 0.0), (0.1 * label, 0.5), (0.0, 1.0)])] for label in chosen]
    return LabelledDrawings(tuple(lines), chosen)


def corpus_with_ink() -> Corpus:
    """Return a corpus for recipes that learn from pen strokes too."""
    none = (NOT_A_DIGIT,)
    return Corpus(
        mnist=part(60, 1),
        pen=drawn(60, 2),
        characters=drawn(30, 3, none),
        validation_mnist=part(40, 4),
        validation_pen=part(40, 5),
        validation_negatives=part(20, 6, none),
    )


def corpus_of_characters() -> Corpus:
    """Return a corpus for the recipe of the 94 characters, with eight kinds of symbols.

    The first three kinds are the labels' own; the last one looks like a label.
    """
    return Corpus(
        mnist=NO_RASTERS,
        pen=drawn(60, 2, (0, 10, 11)),
        characters=drawn(30, 3, tuple(range(94 + 3, 94 + 8))),
        validation_mnist=NO_RASTERS,
        validation_unipen=part(20, 5, (1, 10, 36, 80)),  # a digit, a capital, a letter, a sign
        validation_negatives=part(20, 6, (NOT_A_DIGIT,)),
        kinds=Kinds(
            of_label=tuple(label % 3 for label in range(94)),
            sets=(0, 0, 0, 1, 1, 1, 2, 2),
            is_unclear=(False,) * 7 + (True,),
        ),
    )


def tiny_characters() -> Recipe:
    """Return the recipe of the 94 characters, cut down to 60 rasters an epoch."""
    assert CHARACTERS.ink is not None
    return replace(
        CHARACTERS,
        name="tiny",
        epochs=2,
        batch=20,
        ink=replace(CHARACTERS.ink, pen_digits=40, negatives=20, kinds=10, variants=2),
    )


def corpus_of_images() -> Corpus:
    """Return a corpus for the articles' recipes."""
    return Corpus(mnist=part(200, 1), validation_mnist=part(100, 4))


def tiny_inkling() -> Recipe:
    """Return the shipped network's recipe, cut down to 140 rasters an epoch."""
    assert INKLING.ink is not None
    return replace(
        INKLING,
        name="tiny",
        epochs=2,
        batch=20,
        warm_up_epochs=0.5,
        ink=replace(INKLING.ink, pen_digits=40, negatives=20),
    )


def tiny_mlp() -> Recipe:
    """Return an article's recipe with a twentieth of its units."""
    return replace(MLP_512_DROPOUT, name="tiny-mlp", epochs=3, batch=20, width=0.1)
