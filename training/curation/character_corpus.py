"""What the recipe of the 94 characters trains on and is chosen by.

Its labels are those of UNIPEN and of the pen set's digits. The embedding also learns the kinds of
symbols of Detexify, texnolatin and Omniglot; those that look like no character are negatives.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from app.recognition.alphabet import CHARACTERS, look_alike_group
from training.augmentation.polylines import Polyline, polylines_of, scaled_to_one
from training.curation import selection
from training.curation.left_out import LEFT_OUT_CHARACTERS, drawing_id
from training.curation.look_alikes import CHARACTERS as LIKE_CHARACTERS
from training.curation.look_alikes import is_barred_zero
from training.curation.people import people
from training.curation.shares import Share, is_greek, share_of_kind, share_of_writer
from training.data.corpus import (
    NO_RASTERS,
    NOT_A_DIGIT,
    Corpus,
    Kinds,
    LabelledDrawings,
    build_corpus,
    drawings_of,
    rasterized,
    rasters_of,
)
from training.data.library import Library
from training.data.omniglot import OMNIGLOT, Character
from training.data.pendigits import PENDIGITS
from training.data.symbols import SYMBOLS, Symbol
from training.data.unipen import UNIPEN, Written
from training.recipes.recipe import Recipe, RecipeError, writers_of_split

VALIDATION_OF_A_WRITER = 2
"""Of each label: a checkpoint is chosen by 7,000 drawings."""
OF_A_SYMBOL = 40
"""Drawings of each symbol that the embedding learns from, at most."""
NUMBER_OF = {label: number for number, label in enumerate(CHARACTERS.labels)}
_SETS = ("unipen", "symbols", "Early_Aramaic", "Korean", "Latin", "Balinese", "Greek")
"""Symbols of different sets may be the same; see Kinds."""


def corpus_of(recipe: Recipe, library: Library) -> Corpus:
    """Return the corpus of any recipe; raises DataError if a data set that it needs is missing."""
    if recipe.alphabet == CHARACTERS.name:
        return _character_corpus(recipe, library)
    return build_corpus(recipe, library)


def characters(
    unipen: Iterable[Written],
    share: Share,
    of_a_writer: int = selection.CHARACTERS_OF_A_WRITER,
    are_left_out: bool = False,
) -> list[Written]:
    """Return UNIPEN's characters of the share's writers that are not on the list, or that are."""
    return [
        one
        for one in selection.characters(unipen, of_a_writer)
        if share_of_writer(one.site, one.writer) == share
        and (drawing_id(one.label, one.lines) in LEFT_OUT_CHARACTERS.drawings) == are_left_out
    ]


def as_drawings(drawings: Iterable[Written]) -> LabelledDrawings:
    """Return UNIPEN's characters, labelled by their number among the 94."""
    chosen = list(drawings)
    labels = np.array([NUMBER_OF[one.label] for one in chosen], np.int16)
    return LabelledDrawings(tuple(scaled_to_one(one.lines) for one in chosen), labels)


def clear_symbols(symbols: Iterable[Symbol], share: Share, of_a_kind: int) -> list[Symbol]:
    """Return symbols of a share's kinds that look like no character."""
    return [
        one
        for one in selection.of_each_kind(symbols, of_a_kind)
        if share_of_kind(one.name) == share and not is_like_a_character(one)
    ]


def is_like_a_character(symbol: Symbol) -> bool:
    """Return whether a symbol's kind, or this drawing of it, can be read as one of the 94."""
    key = drawing_id(symbol.name, symbol.lines)
    return is_kind_like_a_character(symbol.name) or key in LEFT_OUT_CHARACTERS.drawings


def is_kind_like_a_character(name: str) -> bool:
    """Return whether a symbol of this name can be read as one of the 94."""
    plain = name.split(":")[-1]
    return name in LEFT_OUT_CHARACTERS.symbols or is_barred_zero(name) or plain in LIKE_CHARACTERS


def _character_corpus(recipe: Recipe, library: Library) -> Corpus:
    assert recipe.ink is not None
    unipen = people(library.load(UNIPEN))
    training = as_drawings(characters(unipen, "training"))
    validation = as_drawings(characters(unipen, "validation", VALIDATION_OF_A_WRITER))
    pen = library.load(PENDIGITS)
    unseen = writers_of_split(recipe.split)
    symbols = library.load(SYMBOLS)
    strangers = clear_symbols(symbols, "validation", selection.SYMBOLS_OF_A_KIND)
    lines = tuple(scaled_to_one(one.lines) for one in strangers)
    negatives = LabelledDrawings(lines, np.full(len(lines), NOT_A_DIGIT, np.int16))
    corpus = Corpus(
        mnist=NO_RASTERS,
        validation_mnist=NO_RASTERS,
        pen=training + drawings_of([digit for digit in pen if digit.writer not in unseen]),
        validation_pen=rasters_of([digit for digit in pen if digit.writer in unseen]),
        validation_unipen=rasterized(validation),
        validation_negatives=rasterized(negatives),
    )
    held_out = (*recipe.ink.held_out_alphabets, *recipe.ink.tested_alphabets)
    omniglot = [one for one in library.load(OMNIGLOT) if one.alphabet not in held_out]
    corpus = _with_kinds(corpus, symbols, omniglot)
    if len(corpus.kinds.sets) > recipe.ink.kinds:
        raise RecipeError(f"{len(corpus.kinds.sets)} kinds of symbols")
    return corpus


def _with_kinds(corpus: Corpus, symbols: Iterable[Symbol], omniglot: Iterable[Character]) -> Corpus:
    """Return the corpus with the kinds that are trained on, and their drawings."""
    groups = list(dict.fromkeys(map(look_alike_group, CHARACTERS.labels)))
    numbers = {("unipen", group): number for number, group in enumerate(groups)}
    unclear = [False] * len(groups)
    lines, labels = [], []

    def add(kind: tuple[str, str], drawn: list[Polyline], is_unclear: bool) -> None:
        if kind not in numbers:
            numbers[kind] = len(numbers)
            unclear.append(is_unclear)
        lines.append(drawn)
        labels.append(len(CHARACTERS.labels) + numbers[kind])

    for symbol in selection.of_each_kind(symbols, OF_A_SYMBOL):
        if share_of_kind(symbol.name) == "training" and not is_greek(symbol.name):
            is_unclear = is_kind_like_a_character(symbol.name)
            add(("symbols", symbol.name), scaled_to_one(symbol.lines), is_unclear)
    for one in omniglot:  # many are the same as some letter
        add((one.alphabet, str(one.number)), polylines_of(one.strokes), True)
    return replace(
        corpus,
        characters=LabelledDrawings(tuple(lines), np.array(labels, np.int16)),
        kinds=Kinds(
            of_label=tuple(numbers["unipen", look_alike_group(x)] for x in CHARACTERS.labels),
            sets=tuple(_SETS.index(name) for name, _kind in numbers),
            is_unclear=tuple(unclear),
        ),
    )
