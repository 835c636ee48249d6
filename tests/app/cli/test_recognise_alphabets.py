"""`inkling recognise --alphabet`: its fields, what it learns, and that digits are as before."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.batch.answerer import labels_named
from app.recognition.alphabet import ALPHABETS

SEVEN = [[[0, 0], [60, 0], [25, 100]]]
ZED = [[[0, 0], [60, 0], [0, 100], [60, 100]]]
FIELDS = [
    *("id", "text", "label", "confidence", "probabilities"),
    *("alternatives", "is_known", "known_score", "ms"),
]
Recognise = Callable[..., tuple[int, str]]


pytestmark = pytest.mark.usefixtures("characters")


@pytest.fixture
def recognise(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Recognise:
    """Run `inkling recognise -` on lines of JSON; return its status and its output."""

    def run(*lines: dict[str, Any], words: Sequence[str]) -> tuple[int, str]:
        text = "\n".join(map(json.dumps, lines)).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        status = main(["recognise", "-", *words])
        return status, capsys.readouterr().out

    return run


@pytest.mark.parametrize("alphabet", [name for name in ALPHABETS if name != "digits"])
def test_another_alphabet_has_its_own_fields(recognise: Recognise, alphabet: str) -> None:
    words = ["--format", "json", "--alphabet", alphabet]
    status, output = recognise({"id": 1, "strokes": ZED}, words=words)
    row = json.loads(output)
    assert status == 0 and list(row) == FIELDS
    shares = list(row["probabilities"].values())
    assert shares == sorted(shares, reverse=True) and len(shares) == 10
    assert row["label"] == next(iter(row["probabilities"])) and row["confidence"] == shares[0]
    assert set(row["probabilities"]) | {*row["alternatives"]} <= set(ALPHABETS[alphabet].labels)


def test_without_an_alphabet_it_is_the_digits(recognise: Recognise) -> None:
    plain = recognise({"strokes": SEVEN}, words=["--format", "csv"])[1]
    named = recognise({"strokes": SEVEN}, words=["--format", "csv", "--alphabet", "digits"])[1]

    def timeless(text: str) -> list[list[str]]:
        return [row[:6] + row[7:] for row in csv.reader(io.StringIO(text))]

    assert timeless(plain) == timeless(named)


def test_a_table_has_a_column_for_every_label(recognise: Recognise) -> None:
    words = ["--format", "csv", "--alphabet", "characters"]
    (row,) = csv.DictReader(io.StringIO(recognise({"id": 1, "strokes": ZED}, words=words)[1]))
    assert {f"p_{label}" for label in ALPHABETS["characters"].labels} <= set(row)
    assert sum(bool(row[f"p_{label}"]) for label in ALPHABETS["characters"].labels) == 10


def test_labels_of_the_alphabet_teach_and_stay_in_it(recognise: Recognise, tmp_path: Path) -> None:
    def answers(alphabet: str, *words: str, label: str | None = None) -> dict[str, Any]:
        line = {"strokes": SEVEN} | ({} if label is None else {"label": label})
        profile = ["--profile", str(tmp_path), "--format", "json", "--alphabet", alphabet]
        row: dict[str, Any] = json.loads(recognise(line, words=[*profile, *words])[1])
        return row

    before = answers("small")["probabilities"]
    label = "Z" if answers("letters")["text"] == "Y" else "Y"
    assert answers("letters", "--teach", label=label)["learnt"] is True
    assert answers("letters")["text"] == label
    assert answers("digits")["text"] == "7"
    assert answers("small")["probabilities"] == before
    assert "character of the alphabet" in answers("letters", "--teach", label="7")["error"]
    assert answers("letters", "--teach", label="")["learnt"] is True
    assert answers("letters")["text"] == ""
    assert answers("letters", "--without-samples")["text"] not in ("", label)


def test_whole_numbers_are_of_digits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recognise", "-", "--number", "--alphabet", "small"]) == 1
    assert "made of digits" in capsys.readouterr().err


def test_an_answer_that_names_a_look_alike_is_not_wrong() -> None:
    assert labels_named({"text": "O", "alternatives": ["o", "0"]}) == {"O", "o", "0"}
    assert labels_named({"text": "", "alternatives": ["o"]}) == {""}
    assert labels_named({"text": "7"}) == {"7"}
