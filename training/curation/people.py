"""Who wrote what in UNIPEN: some drawings are in it twice, by two writers who are one person."""

from collections.abc import Iterable

import numpy as np

from training.data.unipen import Written

_POINTS = 12
"""Drawings of fewer points, dots and dashes, may be the same by chance."""

Writer = tuple[str, int]


def people(unipen: Iterable[Written]) -> list[Written]:
    """Return the drawings, each once, by writers of whom no two have a drawing in common.

    A person who has several numbers gets the one that comes first. Without this, people from whom
    something is held out would be trained on under another number.
    """
    drawings = list(unipen)
    kept, person = [], dict[Writer, Writer]()
    first: dict[tuple[str, bytes], Writer] = {}

    def found(writer: Writer) -> Writer:
        while (before := person.get(writer, writer)) != writer:
            writer = before
        return writer

    for one in drawings:
        points = np.concatenate(one.lines)
        writer = found((one.site, one.writer))
        key = one.label, points.tobytes()
        if len(points) >= _POINTS and key in first:
            low, high = sorted((found(first[key]), writer))
            if low != high:
                person[high] = low
        else:
            first[key] = writer
            kept.append(one)
    return [_renamed(one, found((one.site, one.writer))) for one in kept]


def _renamed(one: Written, writer: Writer) -> Written:
    same = writer == (one.site, one.writer)
    return one if same else Written(one.label, *writer, one.lines)
