"""The real strokes that the benchmarks use: the validation writers', whom no training saw."""

import json
import subprocess
import sys
from typing import Any

from app.ink.stroke import Stroke
from training.data.library import Library
from training.data.pendigits import PenDigit
from training.datasets import unseen_pen_digits

RECOGNISE = [sys.executable, "-m", "app", "recognise", "-", "--format", "json"]


def unseen_digits() -> list[PenDigit]:
    """Return all digits of the validation writers."""
    return unseen_pen_digits(Library())


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
