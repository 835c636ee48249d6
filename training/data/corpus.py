"""Owns what a recipe learns from and is chosen by: rasters and labels, put together from all sets.

Labels are 0 to 9, and NOT_A_DIGIT for drawings that are none. MNIST's rasters are kept as uint8,
drawings as lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.i18n import _
from app.ink.rasterize import Raster, rasterize
from training.augmentation.negatives import synthetic_negative
from training.augmentation.polylines import Polyline, polylines_of, polylines_raster
from training.data.dataset import DataError
from training.data.library import Library
from training.data.mnist import Mnist, load_mnist
from training.data.omniglot import Character, clear_non_digits, load_omniglot
from training.data.pendigits import PenDigit, load_pendigits
from training.data.samples import load_named_samples
from training.recipes.recipe import Ink, Recipe, writers_of_split

NOT_A_DIGIT = -1
HELD_OUT = 5
"""Of the user's samples of one label, every so manieth is held out."""
Images = NDArray[np.uint8]
Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class LabelledRasters:
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

    def __add__(self, other: "LabelledRasters") -> "LabelledRasters":
        return LabelledRasters(
            np.concatenate([self.images, other.images]),
            np.concatenate([self.labels, other.labels]),
        )

    def __len__(self) -> int:
        return len(self.labels)


NO_RASTERS = LabelledRasters(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int8))


@dataclass(frozen=True, slots=True)
class LabelledDrawings:
    """Drawings as lines, inked anew whenever they are seen, and their labels int8 (n,)."""

    lines: tuple[list[Polyline], ...]
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)


NO_DRAWINGS = LabelledDrawings((), np.zeros(0, np.int8))


@dataclass(frozen=True, slots=True)
class Corpus:
    """The parts that an epoch draws from, and the parts that choose the checkpoint."""

    mnist: LabelledRasters
    validation_mnist: LabelledRasters
    pen: LabelledDrawings = NO_DRAWINGS
    own: LabelledDrawings = NO_DRAWINGS
    """The user's samples, but for those held out."""
    characters: LabelledDrawings = NO_DRAWINGS
    """Characters that are no digit; the families of made-up ones are made as they are needed."""
    validation_pen: LabelledRasters = NO_RASTERS
    validation_negatives: LabelledRasters = NO_RASTERS
    validation_own: LabelledRasters = NO_RASTERS
    """The user's samples that are held out."""
    validation_own_names: tuple[str, ...] = ()
    """What these are called in the samples' folder."""

    @property
    def validation(self) -> LabelledRasters:
        """All that the checkpoint is chosen by."""
        built_in = self.validation_mnist + self.validation_pen + self.validation_negatives
        return built_in + self.validation_own

    def without_training_parts(self) -> "Corpus":
        """Return what is left when the training is over: the validation parts."""
        return replace(
            self,
            mnist=NO_RASTERS,
            pen=NO_DRAWINGS,
            own=NO_DRAWINGS,
            characters=NO_DRAWINGS,
        )


def build_corpus(recipe: Recipe, library: Library) -> Corpus:
    """Return the recipe's corpus: a function of the recipe and the data sets alone.

    Raises DataError if a data set that the recipe needs cannot be had.
    """
    mnist = load_mnist(library)
    split = len(mnist.x_train) - recipe.mnist_validation
    corpus = Corpus(
        mnist=_mnist_part(mnist, slice(None, split)),
        validation_mnist=_mnist_part(mnist, slice(split, None)),
    )
    if "samples" in recipe.data:
        corpus = _with_own(corpus, load_named_samples(library.samples))
    if recipe.ink is not None or "pen" in recipe.data:
        corpus = _with_pen(corpus, recipe, load_pendigits(library))
    if recipe.ink is not None:
        corpus = _with_characters(corpus, recipe.ink, recipe, library)
    return corpus


def _with_pen(corpus: Corpus, recipe: Recipe, digits: Sequence[PenDigit]) -> Corpus:
    unseen = writers_of_split(recipe.split)
    seen_digits = [digit for digit in digits if digit.writer not in unseen]
    return replace(
        corpus,
        pen=_drawn(seen_digits) if "pen" in recipe.data else NO_DRAWINGS,
        validation_pen=rasters_of([digit for digit in digits if digit.writer in unseen]),
    )


def _with_characters(corpus: Corpus, ink: Ink, recipe: Recipe, library: Library) -> Corpus:
    characters = clear_non_digits(load_omniglot(library))
    unseen = writers_of_split(recipe.split)
    digits = [digit for digit in load_pendigits(library) if digit.writer in unseen]
    return replace(
        corpus,
        characters=_drawn([c for c in characters if c.alphabet not in ink.held_out_alphabets]),
        validation_negatives=held_out_negatives(ink, characters, digits),
    )


def _with_own(corpus: Corpus, samples: Sequence[tuple[str, PenDigit]]) -> Corpus:
    """Return the corpus with the user's samples, of each label every fifth held out."""
    learnt: list[tuple[str, PenDigit]] = []
    held_out: list[tuple[str, PenDigit]] = []
    seen = [0] * 10
    for name, digit in samples:
        seen[digit.label] += 1
        (held_out if seen[digit.label] % HELD_OUT == 0 else learnt).append((name, digit))
    if not learnt:
        raise DataError(_("There are too few samples of yours to learn from."))
    return replace(
        corpus,
        own=_drawn([digit for _name, digit in learnt]),
        validation_own=rasters_of([digit for _name, digit in held_out]) if held_out else NO_RASTERS,
        validation_own_names=tuple(name for name, _digit in held_out),
    )


def rasters_of(digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the rasters of pen digits without any variation."""
    images = [to_uint8(rasterize(digit.strokes)) for digit in digits]
    return LabelledRasters(np.stack(images), np.array([digit.label for digit in digits], np.int8))


def held_out_negatives(
    ink: Ink, characters: Sequence[Character], digits: Sequence[PenDigit]
) -> LabelledRasters:
    """Return drawings that are no digit, of alphabets and families that the recipe holds out.

    As many are made up as there are characters in the alphabets; `digits` is what some are made of.
    """
    images = [
        to_uint8(rasterize(c.strokes)) for c in characters if c.alphabet in ink.held_out_alphabets
    ]
    rng = np.random.default_rng(1)
    lines = [polylines_of(digit.strokes) for digit in digits]
    for index in range(len(images)):
        family = ink.held_out_families[index % len(ink.held_out_families)]
        images.append(to_uint8(polylines_raster(*synthetic_negative(family, lines, rng))))
    return LabelledRasters(np.stack(images), np.full(len(images), NOT_A_DIGIT, np.int8))


def to_uint8(image: Raster | None) -> Images:
    """Return a raster as it is kept, uint8; there must be ink."""
    assert image is not None
    return np.rint(image * 255).astype(np.uint8)


def _mnist_part(mnist: Mnist, part: slice) -> LabelledRasters:
    return LabelledRasters(mnist.x_train[part], mnist.y_train[part].astype(np.int8))


def _drawn(drawings: Sequence[PenDigit | Character]) -> LabelledDrawings:
    labels = [d.label if isinstance(d, PenDigit) else NOT_A_DIGIT for d in drawings]
    return LabelledDrawings(
        tuple(polylines_of(d.strokes) for d in drawings), np.array(labels, np.int8)
    )
