"""Owns what a recipe learns from and is chosen by: rasters and labels, put together from all sets.

Labels are 0 to 9, and NOT_A_DIGIT for drawings that are none. Rasters are kept as uint8.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.ink.raster import raster
from app.translation import _
from training.data.library import Library
from training.data.mnist import Mnist, load_mnist
from training.data.omniglot import Character, clear_non_digits, load_omniglot
from training.data.pendigits import PenDigit, load_pendigits
from training.data.source import DataError
from training.recipe import Ink, Recipe
from training.synthesis import Line, ink_lines, lines_of, not_a_digit, varied

NOT_A_DIGIT = -1
Images = NDArray[np.uint8]
Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Rasters uint8 (n, 28, 28) and their labels int8 (n,)."""

    images: Images
    labels: Labels

    def __post_init__(self) -> None:
        """Refuse what a network of digits cannot learn from; raises DataError."""
        if self.images.shape != (len(self.labels), 28, 28) or self.images.dtype != np.uint8:
            raise DataError(
                _(
                    "Images must be uint8 of 28 × 28 pixels, one for each label; these are {shape}."
                ).format(shape=self.images.shape)
            )
        if len(self.labels) and not (self.labels.min() >= NOT_A_DIGIT and self.labels.max() <= 9):
            raise DataError(
                _("Labels must be 0 to 9; these go from {low} to {high}.").format(
                    low=int(self.labels.min()), high=int(self.labels.max())
                )
            )

    def __add__(self, other: "Labelled") -> "Labelled":
        return Labelled(
            np.concatenate([self.images, other.images]),
            np.concatenate([self.labels, other.labels]),
        )

    def __len__(self) -> int:
        return len(self.labels)


NOTHING = Labelled(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int8))


@dataclass(frozen=True, slots=True)
class Corpus:
    """The parts that an epoch draws from, and the parts that choose the checkpoint."""

    mnist: Labelled
    validation_mnist: Labelled
    pen: Labelled = NOTHING
    negatives: Labelled = NOTHING
    validation_pen: Labelled = NOTHING
    validation_negatives: Labelled = NOTHING

    @property
    def validation(self) -> Labelled:
        """All that the checkpoint is chosen by."""
        return self.validation_mnist + self.validation_pen + self.validation_negatives

    def without_training_parts(self) -> "Corpus":
        """Return what is left when the training is over: the validation parts."""
        return replace(self, mnist=NOTHING, pen=NOTHING, negatives=NOTHING)


def build_corpus(recipe: Recipe, library: Library) -> Corpus:
    """Return the recipe's corpus: a function of the recipe and the data sets alone.

    Raises DataError if a data set that the recipe needs cannot be had.
    """
    mnist = load_mnist(library)
    split = len(mnist.x_train) - recipe.mnist_validation
    learnt, kept = _mnist_part(mnist, slice(None, split)), _mnist_part(mnist, slice(split, None))
    if recipe.ink is None:
        return Corpus(learnt, kept)
    return _with_ink(recipe.ink, recipe.seed, library, learnt, kept)


def _with_ink(
    ink: Ink, seed: int, library: Library, mnist: Labelled, validation_mnist: Labelled
) -> Corpus:
    digits = load_pendigits(library)
    characters = clear_non_digits(load_omniglot(library))
    unseen = set(ink.validation_writers)
    seen_digits = [digit for digit in digits if digit.writer not in unseen]
    unseen_digits = [digit for digit in digits if digit.writer in unseen]
    held_out = set(ink.held_out_alphabets)
    rng = np.random.default_rng(seed)
    return Corpus(
        mnist=mnist,
        pen=_pen_variations(seen_digits, ink.variations, rng),
        negatives=_negatives(
            [c for c in characters if c.alphabet not in held_out],
            seen_digits,
            6 * ink.variations * len(seen_digits) // 12,
            rng,
        ),
        validation_mnist=validation_mnist,
        validation_pen=as_written(unseen_digits),
        validation_negatives=_negatives(
            [c for c in characters if c.alphabet in held_out],
            unseen_digits,
            len(unseen_digits),
            np.random.default_rng(seed + 1),
            variations=1,
        ),
    )


def _mnist_part(mnist: Mnist, part: slice) -> Labelled:
    return Labelled(mnist.x_train[part], mnist.y_train[part].astype(np.int8))


def as_written(digits: list[PenDigit]) -> Labelled:
    """Return the rasters of pen digits without any variation."""
    images = [_as_bytes(raster(digit.strokes)) for digit in digits]
    return Labelled(np.stack(images), np.array([digit.label for digit in digits], np.int8))


def _pen_variations(digits: list[PenDigit], count: int, rng: np.random.Generator) -> Labelled:
    """Return every digit as it was written, and `count` - 1 variations of each."""
    originals = as_written(digits)
    images = [originals.images]
    lines = [lines_of(digit.strokes) for digit in digits]
    for _variation in range(count - 1):
        images.append(np.stack([_varied_image(line, rng) for line in lines]))
    return Labelled(np.concatenate(images), np.tile(originals.labels, count))


def _negatives(
    characters: list[Character],
    digits: list[PenDigit],
    synthetic: int,
    rng: np.random.Generator,
    variations: int = 6,
) -> Labelled:
    lines = [lines_of(character.strokes) for character in characters]
    images = [_varied_image(line, rng) for line in lines for _nth in range(variations)]
    digit_lines = [lines_of(digit.strokes) for digit in digits]
    for _drawing in range(synthetic):
        images.append(_as_bytes(ink_lines(*not_a_digit(digit_lines, rng))))
    return Labelled(np.stack(images), np.full(len(images), NOT_A_DIGIT, np.int8))


def _varied_image(lines: list[Line], rng: np.random.Generator) -> Images:
    return _as_bytes(ink_lines(*varied(lines, rng)))


def _as_bytes(image: NDArray[np.float32] | None) -> Images:
    assert image is not None
    return np.rint(image * 255).astype(np.uint8)
