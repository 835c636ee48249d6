"""The digits that the benchmarks use: by writers on whom the shipped model was not trained."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from app.recognition.model_card import read_card
from app.resources import shipped_model
from training.data.library import Library
from training.data.pendigits import PENDIGITS, PenDigit


def unseen_digits() -> list[PenDigit]:
    """Return all pen digits of the validation writers that the shipped model's card names."""
    unseen = read_card(shipped_model().with_suffix(".json")).validation_writers
    return [digit for digit in Library().load(PENDIGITS) if digit.writer in unseen]


def by_writer(digits: Iterable[PenDigit]) -> Iterator[tuple[int, list[PenDigit]]]:
    """Yield each writer's number and digits in the order of writing."""
    ordered = sorted(digits, key=attrgetter("writer", "order"))
    for writer, own in groupby(ordered, attrgetter("writer")):
        yield writer, list(own)
