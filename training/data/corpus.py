"""What a recipe trains on and what its checkpoint is chosen by: rasters, polylines and labels.

Labels are 0 to 9, or numbers of the recipe's other labels, and NOT_A_DIGIT for negatives (drawings
of anything else). MNIST is kept as uint8
rasters; drawings are kept as polylines, which augmentation varies before they are rasterized.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.i18n import _
from app.ink.rasterize import Raster, rasterize
from training.augmentation.negatives import synthetic_negative
from training.augmentation.polylines import (
    Polyline,
    polylines_of,
    rasterize_polylines,
    scaled_to_one,
)
from training.curation import selection
from training.curation.people import people
from training.curation.shares import Share
from training.data.dataset import DataError
from training.data.library import Library
from training.data.mnist import MNIST, Mnist
from training.data.omniglot import OMNIGLOT, Character, clear_non_digits
from training.data.pendigits import PENDIGITS, PenDigit
from training.data.samples import load_samples
from training.data.symbols import SYMBOLS, Symbol
from training.data.unipen import UNIPEN, Written
from training.recipes.recipe import Ink, Recipe, writers_of_split

NOT_A_DIGIT = -1
CHOSEN_BY: tuple[Share, Share] = ("training", "validation")
HELD_OUT = 5
"""Every HELD_OUT-th of the user's samples of each label is held out for validation."""
OF_A_LETTER: dict[Share, int] = {"training": 150, "validation": 30, "test": 60}
"""Drawings of one letter or sign of UNIPEN that are negatives of a share, at most."""
OF_A_SYMBOL: dict[Share, int] = {"training": 12, "validation": 6, "test": 12}
"""The same of one symbol: there are 1,100 of them."""
Images = NDArray[np.uint8]
Labels = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class LabelledRasters:
    """Rasters uint8 (n, 28, 28), ink 255 on 0, and their labels int16 (n,)."""

    images: Images
    labels: Labels

    def __post_init__(self) -> None:
        """Check shapes, types and labels; raises DataError."""
        if self.images.shape != (len(self.labels), 28, 28) or self.images.dtype != np.uint8:
            wrong = _(
                "Images must be uint8 of 28 × 28 pixels, one for each label; these are {shape}."
            )
            raise DataError(wrong.format(shape=self.images.shape))
        if len(self.labels) and self.labels.min() < NOT_A_DIGIT:
            wrong = _("Labels must be 0 or more; these go from {low} to {high}.")
            raise DataError(wrong.format(low=self.labels.min(), high=self.labels.max()))

    @classmethod
    def of(cls, rasters: Iterable[Raster | None], labels: Iterable[int]) -> "LabelledRasters":
        """Return float32 rasters, 0 to 1 and none of them None, as uint8, and their labels."""
        return cls(np.stack([to_uint8(one) for one in rasters]), np.array([*labels], np.int16))

    def __add__(self, other: "LabelledRasters") -> "LabelledRasters":
        return LabelledRasters(
            np.concatenate([self.images, other.images]),
            np.concatenate([self.labels, other.labels]),
        )

    def __len__(self) -> int:
        return len(self.labels)


NO_RASTERS = LabelledRasters(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int16))


@dataclass(frozen=True, slots=True)
class LabelledDrawings:
    """Drawings as polylines whose longest side is 1, and their labels int16 (n,)."""

    lines: tuple[list[Polyline], ...]
    labels: Labels

    def __add__(self, other: "LabelledDrawings") -> "LabelledDrawings":
        return LabelledDrawings(
            self.lines + other.lines, np.concatenate([self.labels, other.labels])
        )

    def __len__(self) -> int:
        return len(self.labels)


NO_DRAWINGS = LabelledDrawings((), np.zeros(0, np.int16))


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of symbols, which the embedding learns to tell apart.

    A drawing of a kind that is no label of the recipe has the number of its labels plus the kind
    for a label.
    """

    of_label: tuple[int, ...] = ()
    """The kind of each of the recipe's labels; those that look alike are one."""
    sets: tuple[int, ...] = ()
    """The data set that each kind is of, as a number."""
    is_unclear: tuple[bool, ...] = ()
    """Whether each kind looks like one of the labels, though it has none."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The training parts, from which an epoch draws, and the validation parts."""

    mnist: LabelledRasters
    validation_mnist: LabelledRasters
    pen: LabelledDrawings = NO_DRAWINGS
    """Of the pen set and of UNIPEN."""
    own: LabelledDrawings = NO_DRAWINGS
    """The user's samples that are not held out."""
    characters: LabelledDrawings = NO_DRAWINGS
    """Negatives of Omniglot, UNIPEN and symbols; synthetic ones are made batch by batch."""
    validation_pen: LabelledRasters = NO_RASTERS
    validation_unipen: LabelledRasters = NO_RASTERS
    validation_negatives: LabelledRasters = NO_RASTERS
    validation_own: LabelledRasters = NO_RASTERS
    """The user's samples that are held out."""
    validation_own_names: tuple[str, ...] = ()
    """Their file names in the samples' folder."""
    kinds: Kinds = Kinds()

    @property
    def validation(self) -> LabelledRasters:
        """All validation parts together; the checkpoint is chosen by the loss on them."""
        digits = self.validation_mnist + self.validation_pen + self.validation_unipen
        return digits + self.validation_negatives + self.validation_own

    def without_training_parts(self) -> "Corpus":
        """Return the validation parts alone, so that the memory of the others can be freed."""
        none = NO_DRAWINGS
        return replace(self, mnist=NO_RASTERS, pen=none, own=none, characters=none)


def build_corpus(recipe: Recipe, library: Library) -> Corpus:
    """Return the recipe's corpus: a function of the recipe and the data sets alone.

    Raises DataError if a data set that the recipe needs is missing.
    """
    mnist = library.load(MNIST)
    split = len(mnist.x_train) - recipe.mnist_validation
    corpus = Corpus(
        mnist=_mnist_part(mnist, slice(None, split)),
        validation_mnist=_mnist_part(mnist, slice(split, None)),
    )
    if "samples" in recipe.data:
        corpus = _with_samples(corpus, load_samples(library.samples))
    if recipe.ink is not None or "pen" in recipe.data:
        digits = library.load(PENDIGITS)
        unseen = writers_of_split(recipe.split)
        held_out = [digit for digit in digits if digit.writer in unseen]
        corpus = replace(corpus, validation_pen=rasters_of(held_out))
        if "pen" in recipe.data:
            seen = [digit for digit in digits if digit.writer not in unseen]
            corpus = replace(corpus, pen=drawings_of(seen))
        if recipe.ink is not None:
            characters = clear_non_digits(library.load(OMNIGLOT))
            corpus = _with_negatives(corpus, recipe.ink, characters, held_out)
    if "unipen" in recipe.data:
        corpus = _with_unipen(corpus, people(library.load(UNIPEN)))
    if "symbols" in recipe.data:
        training, validation = (symbol_drawings(library, share) for share in CHOSEN_BY)
        corpus = _with_characters(corpus, training, validation)
    return corpus


def _with_unipen(corpus: Corpus, unipen: Sequence[Written]) -> Corpus:
    """Return the corpus with UNIPEN's digits, and with its clear letters and signs as negatives."""
    seen, held_out = (labelled(selection.digits(unipen, share)) for share in CHOSEN_BY)
    corpus = replace(corpus, pen=corpus.pen + seen, validation_unipen=rasterized(held_out))
    training, validation = (letter_drawings(unipen, share) for share in CHOSEN_BY)
    return _with_characters(corpus, training, validation)


def letter_drawings(unipen: Sequence[Written], share: Share) -> LabelledDrawings:
    """Return UNIPEN's clear letters and signs of a share, as negatives."""
    return labelled(selection.letters_and_signs(unipen, share, OF_A_LETTER[share]))


def symbol_drawings(library: Library, share: Share) -> LabelledDrawings:
    """Return the clear symbols of a share, as negatives."""
    return labelled(selection.symbols(library.load(SYMBOLS), share, OF_A_SYMBOL[share]))


def _with_characters(
    corpus: Corpus, training: LabelledDrawings, validation: LabelledDrawings
) -> Corpus:
    """Return the corpus with more negatives."""
    return replace(
        corpus,
        characters=corpus.characters + training,
        validation_negatives=corpus.validation_negatives + rasterized(validation),
    )


def _with_samples(corpus: Corpus, samples: Sequence[tuple[str, PenDigit]]) -> Corpus:
    """Return the corpus with the user's samples, every HELD_OUT-th of each label held out."""
    for_training: list[PenDigit] = []
    held_out: list[tuple[str, PenDigit]] = []
    seen = [0] * 10
    for name, digit in samples:
        seen[digit.label] += 1
        if seen[digit.label] % HELD_OUT == 0:
            held_out.append((name, digit))
        else:
            for_training.append(digit)
    if not for_training:
        raise DataError(_("You have too few samples to train on."))
    return replace(
        corpus,
        own=drawings_of(for_training),
        validation_own=rasters_of([digit for _name, digit in held_out]) if held_out else NO_RASTERS,
        validation_own_names=tuple(name for name, _digit in held_out),
    )


def _with_negatives(
    corpus: Corpus, ink: Ink, characters: Sequence[Character], digits: Sequence[PenDigit]
) -> Corpus:
    """Return the corpus with negatives; the recipe's held-out kinds are for validation.

    For each character of a held-out alphabet one negative of a held-out family is made; some
    families are made of `digits`.
    """
    characters = [c for c in characters if c.alphabet not in ink.tested_alphabets]
    held_out = [c for c in characters if c.alphabet in ink.held_out_alphabets]
    rasters = [rasterize(character.strokes) for character in held_out]
    rng = np.random.default_rng(1)
    lines = [polylines_of(digit.strokes) for digit in digits]
    for index in range(len(held_out)):
        family = ink.held_out_families[index % len(ink.held_out_families)]
        rasters.append(rasterize_polylines(*synthetic_negative(family, lines, rng)))
    return replace(
        corpus,
        characters=drawings_of([c for c in characters if c.alphabet not in ink.held_out_alphabets]),
        validation_negatives=negative_rasters(rasters),
    )


def rasters_of(digits: Sequence[PenDigit]) -> LabelledRasters:
    """Return the rasters of the digits as they were written."""
    rasters = (rasterize(digit.strokes) for digit in digits)
    return LabelledRasters.of(rasters, (digit.label for digit in digits))


def negative_rasters(rasters: Sequence[Raster | None]) -> LabelledRasters:
    """Return rasters, none of them None, labelled NOT_A_DIGIT."""
    return LabelledRasters.of(rasters, [NOT_A_DIGIT] * len(rasters))


def to_uint8(image: Raster | None) -> Images:
    """Return a raster as uint8, 0 to 255; it must not be None (a drawing without ink)."""
    assert image is not None
    return np.rint(image * 255).astype(np.uint8)


def _mnist_part(mnist: Mnist, part: slice) -> LabelledRasters:
    return LabelledRasters(mnist.x_train[part], mnist.y_train[part].astype(np.int16))


def labelled(drawings: Sequence[Written | Symbol]) -> LabelledDrawings:
    """Return drawings of UNIPEN or of symbols; what is no digit is a negative."""
    labels = [
        int(one.label) if isinstance(one, Written) and one.label.isdigit() else NOT_A_DIGIT
        for one in drawings
    ]
    lines = tuple(scaled_to_one(one.lines) for one in drawings)
    return LabelledDrawings(lines, np.array(labels, np.int16))


def rasterized(drawings: LabelledDrawings) -> LabelledRasters:
    """Return the rasters of drawings as they are."""
    if not len(drawings):
        return NO_RASTERS
    return LabelledRasters.of(map(rasterize_polylines, drawings.lines), drawings.labels)


def drawings_of(drawings: Sequence[PenDigit | Character]) -> LabelledDrawings:
    labels = [d.label if isinstance(d, PenDigit) else NOT_A_DIGIT for d in drawings]
    lines = tuple(polylines_of(drawing.strokes) for drawing in drawings)
    return LabelledDrawings(lines, np.array(labels, np.int16))
