"""Kinds of drawings that somebody could make symbols of: Omniglot's, Detexify's, a writer's own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from app.ink.stroke import Stroke
from app.recognition.alphabet import look_alike_group
from training.augmentation.polylines import Polyline
from training.curation.people import people
from training.curation.selection import LETTERS_OF_A_WRITER
from training.curation.shares import Share, share_of_kind, share_of_writer
from training.data.library import Library
from training.data.omniglot import OMNIGLOT
from training.data.symbols import SYMBOLS
from training.data.unipen import UNIPEN, Written

Strokes = tuple[Stroke, ...]
Kinds = dict[str, list[Strokes]]
"""The drawings of each kind, by its name."""

ALPHABETS: Mapping[Share, Sequence[str]] = {
    "training": ("Korean", "Latin", "Early_Aramaic"),
    "validation": ("Balinese",),
    "test": ("Greek",),
}
"""Of Omniglot, whole."""
UNSIZED = frozenset(".,'`\":;-_")
"""Signs that are told apart by their size and place, which the data do not have."""
_OF_A_SYMBOL = 20
_OF_A_CHARACTER = 60
T = TypeVar("T")


def alphabet_kinds(library: Library, share: Share) -> Kinds:
    """Return the characters of Omniglot's alphabets of a share; raises DataError."""
    found = defaultdict[str, list[Strokes]](list)
    for one in library.load(OMNIGLOT):
        if one.alphabet in ALPHABETS[share]:
            found[f"{one.alphabet} {one.number}"].append(one.strokes)
    return dict(found)


def symbol_kinds(library: Library, share: Share, least: int) -> Kinds:
    """Return the symbols of Detexify and texnolatin of a share with `least` drawings or more.

    Each has at most 20. Raises DataError.
    """
    found = defaultdict[str, list[Strokes]](list)
    for one in library.load(SYMBOLS):
        if share_of_kind(one.name) == share and len(found[one.name]) < _OF_A_SYMBOL:
            found[one.name].append(_strokes(one.lines))
    return {name: drawings for name, drawings in found.items() if len(drawings) >= least}


def character_kinds(library: Library, share: Share) -> Kinds:
    """Return UNIPEN's characters by the writers of a share; raises DataError."""
    found = defaultdict[str, list[Strokes]](list)
    for kinds in writer_kinds(library, share):
        for name, drawings in kinds.items():
            found[name] += drawings[:LETTERS_OF_A_WRITER]
    return {name: _mixed(drawings)[:_OF_A_CHARACTER] for name, drawings in found.items()}


def writer_kinds(library: Library, share: Share) -> list[Kinds]:
    """Return the characters of each of UNIPEN's writers of a share; raises DataError."""
    found = defaultdict[tuple[str, int], Kinds](lambda: defaultdict(list))
    for one in _written(library, share):
        found[one.site, one.writer][one.label].append(one.strokes)
    return [dict(kinds) for kinds in found.values()]


def whole_drawings(kinds: Kinds) -> Kinds:
    """Return a writer's drawings without those of fewer strokes than most of the same label.

    In UNIPEN some characters lack strokes: a bar of an f, the stem of a k.
    """
    found = {}
    for name, drawings in kinds.items():
        ((usual, _count),) = Counter(map(len, drawings)).most_common(1)
        found[name] = [one for one in drawings if len(one) >= usual]
    return found


def own_symbols_of(kinds: Kinds, least: int, most: int = 50) -> tuple[list[str], list[str]]:
    """Return the names of a writer's small letters and signs that can be their symbols, and others.

    UNSIZED signs are neither.

    Each of the first has `least` drawings or more, and of labels that look alike there is one. The
    others look like none of them.
    """
    names = [n for n in sorted(kinds) if n.islower() or not (n.isalnum() or n in UNSIZED)]
    chosen: dict[str, str] = {}
    for name in names:
        if len(kinds[name]) >= least:
            chosen.setdefault(look_alike_group(name), name)
    own = list(chosen.values())[:most]
    groups = {look_alike_group(name) for name in own}
    others = [name for name in sorted(kinds) if look_alike_group(name) not in groups]
    return own, [name for name in others if name not in UNSIZED]


def _written(library: Library, share: Share) -> Iterator[Written]:
    for one in people(library.load(UNIPEN)):
        if share_of_writer(one.site, one.writer) == share:
            yield one


def _strokes(lines: Iterable[Polyline]) -> Strokes:
    return tuple(Stroke.of(line.tolist()) for line in lines)


def _mixed(values: list[T]) -> list[T]:
    order = np.random.default_rng(1).permutation(len(values))
    return [values[index] for index in order]
