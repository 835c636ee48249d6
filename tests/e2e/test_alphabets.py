"""Letters and signs by real people, on the command line and in the window."""

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.recognition.alphabet import ALPHABETS
from tests.app.ui.conftest import Driver

FILES = {"capitals": ["capitals"], "small": ["small"], "letters": ["capitals", "small"]}
FILES["characters"] = ["digits", "capitals", "small", "signs"]
Written = dict[str, Any]


def written(folder: Path, alphabet: str, count: int) -> list[Written]:
    """Return random characters of an alphabet, {"label", "strokes"}."""
    lines: list[str] = []
    for name in FILES[alphabet]:
        with gzip.open(folder / "unipen" / f"{name}.jsonl.gz", "rt") as file:
            lines += file
    labels = ALPHABETS[alphabet].labels
    chosen = map(json.loads, random.Random(1).sample(lines, 2 * count))
    return [one for one in chosen if one["label"] in labels][:count]


def recognised(drawings: list[Written], alphabet: str) -> list[dict[str, Any]]:
    """Return what `inkling recognise -` answers, from a process of its own."""
    lines = [json.dumps({"strokes": drawing["strokes"]}) for drawing in drawings]
    command = [sys.executable, "-m", "app", "recognise", "-", "--format", "json"]
    done = subprocess.run(
        [*command, "--alphabet", alphabet],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("alphabet", FILES)
def test_strangers_characters_are_recognised(data_folder: Path, alphabet: str) -> None:
    drawings = written(data_folder, alphabet, 150)
    rows = recognised(drawings, alphabet)
    meant = [{row["label"], *row["alternatives"]} for row in rows]
    right = [one["label"] in labels for one, labels in zip(drawings, meant, strict=True)]
    assert sum(right) >= 0.8 * len(drawings)
    assert sum(row["is_known"] for row in rows) >= 0.9 * len(drawings)


def test_the_window_answers_as_the_command_line_does(driver: Driver, data_folder: Path) -> None:
    driver.window.preferences.change(alphabet="letters")
    drawings, answers, shown = written(data_folder, "letters", 12), [], []
    for drawing in drawings:
        zoom = driver.canvas.winfo_height() / 300
        for index, stroke in enumerate(drawing["strokes"]):
            places = [(20 + point[0] * zoom, 20 + point[1] * zoom) for point in stroke]
            driver.stroke(places if len(places) > 1 else places * 2, start_ms=index * 1000)
        driver.settle()
        strokes = driver.window.document.content.strokes
        shown.append({"strokes": [[list(point) for point in one.points] for one in strokes]})
        answers.append(driver.window.selection.prediction)
        driver.key("<Escape>")
        driver.settle()
    for answer, row in zip(answers, recognised(shown, "letters"), strict=True):
        assert answer is not None
        assert (answer.label, answer.is_known) == (row["label"], row["is_known"])
        assert list(answer.alternatives) == row["alternatives"]
        assert dict(answer.ranked[:10]) == pytest.approx(row["probabilities"], abs=1e-4)
