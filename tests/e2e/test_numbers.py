"""Whole numbers of real digits, by writers not in the training set, on the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.ink.drawing import Content
from app.ink.renderer import render
from training.data.library import Library
from training.evaluation.test_sets import unseen_pen_digits
from training.robustness.number_strings import NumberString, number_strings


@pytest.fixture(scope="module")
def strings(data_folder: Path) -> list[NumberString]:
    return number_strings(unseen_pen_digits(Library(data_folder)), 60, seed=4)


def read(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "app", "recognise", "-", "--format", "json", "--number"],
        input="\n".join(map(json.dumps, lines)),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_strings_of_real_digits_are_read(strings: list[NumberString]) -> None:
    rows = read([{"strokes": [s.points for s in string.strokes]} for string in strings])
    right = [row["text"] == string.text for row, string in zip(rows, strings, strict=True)]
    assert sum(right) >= 54
    for row, string in zip(rows, strings, strict=True):
        used = sorted(stroke for digit in row["digits"] for stroke in digit["strokes"])
        assert used == list(range(len(string.strokes)))


def test_pictures_of_strings_are_read(strings: list[NumberString], tmp_path: Path) -> None:
    lines = []
    for number, string in enumerate(strings[:30]):
        path = tmp_path / f"{number}.png"
        render(Content(strokes=string.strokes)).save(path)
        lines.append({"image": str(path)})
    rows = read(lines)
    assert sum(row["text"] == s.text for row, s in zip(rows, strings, strict=False)) >= 24


def test_a_single_digit_is_read_as_without_number(data_folder: Path) -> None:
    digits = unseen_pen_digits(Library(data_folder))[::25]
    lines = [{"strokes": [s.points for s in digit.strokes]} for digit in digits]
    alone = subprocess.run(
        [sys.executable, "-m", "app", "recognise", "-", "--format", "json"],
        input="\n".join(map(json.dumps, lines)),
        capture_output=True,
        text=True,
        check=True,
    )
    texts = [json.loads(line)["text"] for line in alone.stdout.splitlines()]
    assert [row["text"] for row in read(lines)] == texts
