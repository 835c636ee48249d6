"""The drawings of UNIPEN, Detexify and texnolatin of one share, as many of each kind and writer.

One writer of UNIPEN gave 900 digits, most gave fewer than 50: without a limit a few hands would
be most of what is learnt.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

import numpy as np

from training.curation.left_out import LEFT_OUT, drawing_id
from training.curation.look_alikes import is_clear, is_clear_symbol
from training.curation.shares import Share, share_of, share_of_kind, share_of_writer
from training.data.symbols import Symbol
from training.data.unipen import Written

DIGITS_OF_A_WRITER = 12
"""Of each digit."""
CHARACTERS_OF_A_WRITER = 12
"""Of each of the 94 labels, where they are what is learnt."""
LETTERS_OF_A_WRITER = 2
"""Of each letter and sign; the labels of those after it were not checked."""
SYMBOLS_OF_A_KIND = 12
"""Likewise."""

T = TypeVar("T")


def digits(unipen: Iterable[Written], share: Share) -> list[Written]:
    """Return UNIPEN's digits of a share, at most DIGITS_OF_A_WRITER of each by a writer."""
    mine = [
        one
        for one in unipen
        if one.label.isdigit() and share_of_writer(one.site, one.writer) == share
    ]
    limited = _limited(
        ((one, (one.site, one.writer, one.label)) for one in mine), DIGITS_OF_A_WRITER
    )
    return [one for one in limited if not is_left_out(one.label, one)]


def characters(
    unipen: Iterable[Written], of_a_writer: int = CHARACTERS_OF_A_WRITER
) -> Iterator[Written]:
    """Yield UNIPEN's characters, at most `of_a_writer` of each by a writer."""
    mine = ((one, (one.site, one.writer, one.label)) for one in unipen)
    return _limited(mine, of_a_writer)


def letters_and_signs(unipen: Iterable[Written], share: Share, of_a_kind: int) -> list[Written]:
    """Return UNIPEN's letters and signs of a share that look like no digit."""
    mine = [
        one
        for one in clear_by_writer(unipen)
        if share_of(one.label, one.site, one.writer) == share and not is_left_out(one.label, one)
    ]
    return list(_limited(((one, one.label) for one in _mixed(mine)), of_a_kind))


def clear_by_writer(unipen: Iterable[Written]) -> Iterator[Written]:
    """Yield the clear letters and signs, at most LETTERS_OF_A_WRITER of each by a writer."""
    clear = ((one, (one.site, one.writer, one.label)) for one in unipen if is_clear(one.label))
    return _limited(clear, LETTERS_OF_A_WRITER)


def symbols(every: Iterable[Symbol], share: Share, of_a_kind: int) -> list[Symbol]:
    """Return the symbols of a share that look like no digit, at most `of_a_kind` of each."""
    mine = [
        one
        for one in by_kind(every)
        if share_of_kind(one.name) == share
        and is_clear_symbol(one.name)
        and not is_left_out(one.name, one)
    ]
    return list(_limited(((one, one.name) for one in mine), of_a_kind))


def by_kind(every: Iterable[Symbol]) -> Iterator[Symbol]:
    """Yield the first SYMBOLS_OF_A_KIND of each symbol."""
    return of_each_kind(every, SYMBOLS_OF_A_KIND)


def of_each_kind(every: Iterable[Symbol], most: int) -> Iterator[Symbol]:
    """Yield the first `most` of each symbol."""
    return _limited(((one, one.name) for one in every), most)


def is_left_out(label: str, one: Written | Symbol) -> bool:
    """Return whether the drawing is on the list of `left_out`."""
    return drawing_id(label, one.lines) in LEFT_OUT.drawings


def _mixed(drawings: list[T]) -> list[T]:
    """Return the drawings in an order without meaning, always the same one."""
    return [drawings[index] for index in np.random.default_rng(1).permutation(len(drawings))]


def _limited(drawings: Iterable[tuple[T, Hashable]], most: int) -> Iterator[T]:
    """Yield the first `most` drawings of each key."""
    seen: Counter[Hashable] = Counter()
    for drawing, key in drawings:
        seen[key] += 1
        if seen[key] <= most:
            yield drawing
