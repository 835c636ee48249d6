"""`inkling recognise -` in a process of its own: its command, its input lines, its answers."""

import json
import subprocess
import sys
from typing import Any

from app.ink.stroke import Stroke

RECOGNISE_COMMAND = [sys.executable, "-m", "app", "recognise", "-", "--format", "json"]


def strokes_line(
    number: int, strokes: tuple[Stroke, ...], scale: float = 1.0, shift: float = 0.0
) -> str:
    """Return a drawing as an input line: scaled, then moved by (`shift`, -`shift`)."""
    points = [
        [[x * scale + shift, y * scale - shift, t] for x, y, t in stroke.points]
        for stroke in strokes
    ]
    return json.dumps({"id": number, "strokes": points})


def recognise(lines: list[str]) -> list[dict[str, Any]]:
    """Return the answers to input lines."""
    done = subprocess.run(
        RECOGNISE_COMMAND, input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(row) for row in done.stdout.splitlines()]
