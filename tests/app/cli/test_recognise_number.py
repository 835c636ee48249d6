"""`inkling recognise --number`: the public surface, line by line, with good and bad input."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.formats.drawing_file import encode_drawing
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from tests.app.cli.test_recognise import FIELDS, SEVEN, recognise

__all__ = ["recognise"]

ONE = [[100, 0], [100, 100]]
NUMBER = [*SEVEN, ONE, [[120, 99], [121, 100]], [[140, 0], [200, 0], [165, 100]]]
"""71.7"""
MARK = {"text", "box", "confidence", "probabilities", "is_digit", "digit_score", "strokes"}


def test_a_number_has_a_digits_keys_and_its_digits(recognise: Any) -> None:
    status, (row,) = recognise({"id": 5, "strokes": NUMBER}, words=["--number"])
    assert status == 0
    assert set(row) == FIELDS | {"digits"}
    assert row["text"] == row["label"] == "71.7" and row["is_digit"] is True
    assert row["probabilities"]["71.7"] == row["confidence"]
    assert sum(row["probabilities"].values()) <= 1 + 1e-9
    assert [mark["text"] for mark in row["digits"]] == ["7", "1", ".", "7"]
    assert [mark["strokes"] for mark in row["digits"]] == [[0], [1], [2], [3]]
    assert row["digits"][0]["box"] == [0, 0, 60, 100]
    assert row["digit_score"] == min(mark["digit_score"] for mark in row["digits"])
    for mark in row["digits"]:
        assert set(mark) == MARK
        assert mark["confidence"] == max(mark["probabilities"].values())


def test_one_digit_is_the_same_with_and_without(recognise: Any) -> None:
    _status, (plain,) = recognise({"strokes": SEVEN})
    _status, (number,) = recognise({"strokes": SEVEN}, words=["--number"])
    for key in ("text", "label", "is_digit"):
        assert number[key] == plain[key]
    for key in ("confidence", "digit_score"):
        assert number[key] == pytest.approx(plain[key])


def test_bad_lines_keep_their_place(recognise: Any) -> None:
    bad = ["{", {"id": 2, "strokes": []}, {"strokes": [[]]}, {"image": "/no/such.png"}]
    good = {"id": "good", "strokes": NUMBER, "label": "71.7"}
    status, rows = recognise(*bad, good, words=["--number"])
    assert status == 1
    assert ["error" in row for row in rows] == [True] * 4 + [False]
    assert rows[-1]["text"] == "71.7"


def test_files_and_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = Content(strokes=tuple(Stroke.of(points, 7.0) for points in NUMBER))
    (tmp_path / "a.ink").write_bytes(encode_drawing(content))
    render(content).save(tmp_path / "b.png")
    scribble = Stroke.of([(x * 7 % 61, x * 13 % 97) for x in range(60)], 3.0)
    (tmp_path / "c.ink").write_bytes(encode_drawing(Content(strokes=(scribble,))))
    words = ["recognise", "--number", str(tmp_path), "--format"]
    assert main([*words, "json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == ["71.7", "71.7", ""]
    for mark, of_picture in zip(rows[0]["digits"], rows[1]["digits"], strict=True):
        assert "strokes" not in of_picture
        assert mark["box"][0] == pytest.approx(of_picture["box"][0], abs=6)
    assert main([*words, "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["label"] for row in table[:2]] == ["71.7", "71.7"]
    assert "p_0" not in table[0]
    assert main([*words, "text"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "a.ink: 71.7" in lines[0] and "no number" in lines[2]


def test_a_number_cannot_be_taught(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recognise", "-", "--number", "--teach"])
    assert "not allowed" in capsys.readouterr().err
