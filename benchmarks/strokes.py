"""The real strokes that the benchmarks use: those of writers whom the shipped model never saw."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from app.ink.stroke import Stroke
from app.recognition.model_card import read_card
from app.resources import shipped_model
from training.data.library import Library
from training.data.pendigits import PenDigit, load_pendigits

RECOGNISE = [sys.executable, "-m", "app", "recognise", "-", "--format", "json"]


def unseen_digits() -> list[PenDigit]:
    """Return all digits of the writers from whom, by its card, the shipped model did not learn."""
    unseen = read_card(shipped_model().with_suffix(".json")).validation_writers
    return [digit for digit in load_pendigits(Library()) if digit.writer in unseen]


def by_writer(digits: Iterable[PenDigit]) -> Iterator[tuple[int, list[PenDigit]]]:
    """Return each writer's digits in the order written."""
    for writer, own in groupby(
        sorted(digits, key=attrgetter("writer", "order")), attrgetter("writer")
    ):
        yield writer, list(own)


def line(number: int, strokes: tuple[Stroke, ...], scale: float = 1.0, shift: float = 0.0) -> str:
    """Return a drawing as a line for `inkling recognise -`."""
    points = [
        [[x * scale + shift, y * scale - shift, t] for x, y, t in stroke.points]
        for stroke in strokes
    ]
    return json.dumps({"id": number, "strokes": points})


def recognised(lines: list[str]) -> list[dict[str, Any]]:
    """Return what `inkling recognise -` answers to lines, in a process of its own."""
    done = subprocess.run(
        RECOGNISE, input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(row) for row in done.stdout.splitlines()]
