"""`inkling recognise`: the public surface, line by line, with good and bad input."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.__main__ import main
from app.formats.drawing_file import encode_drawing
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.ink.viewport import fit_viewport
from app.recognition.model import Recogniser

SEVEN = [[[0, 0], [60, 0], [25, 100]]]
FIELDS = {
    "id",
    "text",
    "label",
    "confidence",
    "probabilities",
    "is_digit",
    "digit_score",
    "ms",
}


@pytest.fixture
def recognise(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `inkling recognise - --format json` on lines; return its status and its rows."""

    def run(
        *lines: str | dict[str, Any], words: Sequence[str] = ()
    ) -> tuple[int, list[dict[str, Any]]]:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr("sys.stdin", stdin)
        status = main(["recognise", "-", "--format", "json", *words])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_a_line_of_strokes_gives_all_fields(recognise: Any) -> None:
    status, (row,) = recognise({"id": {"any": 1}, "strokes": SEVEN})
    assert status == 0
    assert set(row) == FIELDS
    assert row["id"] == {"any": 1}
    assert row["text"] == row["label"] == "7"
    assert row["is_digit"] is True
    assert row["confidence"] == row["probabilities"]["7"] == max(row["probabilities"].values())
    assert list(row["probabilities"]) == list("0123456789")
    assert 0 <= row["digit_score"] <= 1 and row["ms"] > 0


def test_bad_lines_keep_their_place_and_the_others_are_answered(recognise: Any) -> None:
    bad = [
        "{",
        "[]",
        {"id": "none"},
        {"id": "both", "strokes": SEVEN, "image": "x.png"},
        {"id": "empty", "strokes": []},
        {"id": "no points", "strokes": [[]]},
        '{"id": "nan", "strokes": [[[NaN, 1]]]}',
        '{"id": "infinite", "strokes": [[[1e999, 1]]]}',
        {"id": "text", "strokes": [[["a", 1]]]},
        {"id": "million", "strokes": [[[1, 2]] * 1_000_000]},
        {"id": "no file", "image": "/no/such/file.png"},
        {"id": "number", "image": 5},
        '{"id": NaN, "strokes": []}',
    ]
    status, rows = recognise(*bad, {"id": "good", "strokes": SEVEN})
    assert status == 1
    assert len(rows) == len(bad) + 1
    for row in rows[:-1]:
        assert set(row) == {"id", "error"}
        assert row["error"].endswith(".") or "JSON" in row["error"]
    assert rows[0]["id"] == 1
    assert rows[-1]["id"] == "good" and rows[-1]["label"] == "7"


@pytest.mark.parametrize(
    "strokes",
    [
        [[[5, 5]]],
        [[[-60, -100], [0, -100], [-35, 0]]],
        [[[0, 0, 0], [60, 0, 10], [25, 100, 20]]],
        [[[1, 1]] * 100_000],
        [[[0.0, 0.0], [1e-9, 1e-9]]],
        [[[-1e7, -1e7], [1e7, 1e7]]],
    ],
    ids=["dot", "negative", "with times", "one place often", "tiny", "vast"],
)
def test_odd_but_good_strokes_are_answered(recognise: Any, strokes: Any) -> None:
    status, (row,) = recognise({"id": 1, "strokes": strokes})
    assert status == 0
    assert set(row) == FIELDS


def test_files_folders_and_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = Content(strokes=(Stroke.of(SEVEN[0]),))
    (tmp_path / "a.ink").write_bytes(encode_drawing(content))
    render(content).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_bytes(b"")
    Image.new("L", (50, 50), 255).save(tmp_path / "d.png")
    (tmp_path / "notes.txt").write_text("not looked at")
    assert main(["recognise", str(tmp_path), "--format", "json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(row["id"]).name for row in rows] == ["a.ink", "b.png", "c.png", "d.png"]
    assert [row.get("label") for row in rows] == ["7", "7", None, None]
    assert main(["recognise", "--format", "csv", str(tmp_path)]) == 1
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["label"] for row in table] == ["7", "7", "", ""]
    assert table[2]["error"]
    assert main(["--profile", str(tmp_path), "recognise", str(tmp_path / "a.ink")]) == 0
    assert "a.ink: 7" in capsys.readouterr().out


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recognise", str(tmp_path), "--format", "json"]) == 1
    assert "no pictures" in json.loads(capsys.readouterr().out)["error"]


def test_an_unexpected_failure_ends_no_other_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], recognise: Any
) -> None:
    sixteen = Image.fromarray(np.asarray(big_seven()).astype(np.uint16) * 257)
    sixteen.save(tmp_path / "a 16 bit.png")
    big_seven().convert("1").save(tmp_path / "b two-level.png")
    big_seven().convert("P").save(tmp_path / "c palette.png")
    Image.fromarray(np.full((50, 50), np.nan, np.float32)).save(tmp_path / "d not a number.tif")
    (tmp_path / "e postscript.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")
    (tmp_path / "f loop.png").symlink_to(tmp_path / "f loop.png")
    assert main(["recognise", str(tmp_path), "no" * 3000, "--format", "json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("label") for row in rows] == ["7", "7", "7", None, None, None, None]
    status, rows = recognise('{"image": "\\ud800"}', {"id": "\ud800", "strokes": SEVEN})
    assert status == 1 and rows[1]["label"] == "7"
    status, (row,) = recognise('{"strokes": [[[1e-320, 0], [0, 0]]]}')
    assert status == 0 and 0 <= row["confidence"] <= 1


def test_an_id_with_a_lone_surrogate_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recognise", "\udcff.png", "--format", "csv"]) == 1
    assert "no such file" in capsys.readouterr().out


@pytest.mark.parametrize("output", ["text", "csv"])
def test_names_and_ids_are_shown_on_one_line(
    output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": id_, "strokes": SEVEN}) for id_ in ("a\nb", "\x1b[2J", "\u202egpj")]
    stdin = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["recognise", "-", "no\rfile\u2066", "--format", output]) == 1
    shown = capsys.readouterr().out.splitlines()[output == "csv" :]
    names = [line.split(":" if output == "text" else ",")[0] for line in shown]
    assert names == [r"a\nb", r"\x1b[2J", r"\u202egpj", r"no\rfile\u2066"]


def test_a_csv_has_no_formulas(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = ["=1+1", "+cmd", "-x", "@a", "-5", -5, "a=1"]
    lines = [json.dumps({"id": id_, "strokes": SEVEN}) for id_ in ids]
    stdin = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["recognise", "-", "--format", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [row["id"] for row in rows] == ["'=1+1", "'+cmd", "'-x", "'@a", "-5", "-5", "a=1"]


def test_a_damaged_tiff_writes_nothing_on_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.tif"
    Image.new("L", (64, 64), 255).save(path, compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    content[12:20] = bytes(8)
    path.write_bytes(content)
    assert main(["recognise", str(path)]) == 1
    captured = capfd.readouterr()
    assert captured.out.startswith(str(path))
    assert captured.err == ""


def big_seven() -> Image.Image:
    """A thin seven on 3,000 × 3,000 pixels."""
    content = Content(strokes=(Stroke.of(SEVEN[0], width=0.3),))
    return render(content, fit_viewport(content.extent, 3000, 3000))


def test_lines_with_a_label_teach(recognise: Any) -> None:
    lines = [{"strokes": SEVEN, "label": label} for label in ("7", 1, 1, "", "1")]
    status, rows = recognise(*lines, words=["--teach"])
    assert status == 0
    assert [row["text"] for row in rows] == ["7", "7", "1", "1", ""]
    assert [row["learnt"] for row in rows] == [False, True, False, True, True]
    assert recognise({"strokes": SEVEN})[1][0]["text"] == "7"  # nothing was kept


def test_what_was_taught_stays_in_the_profile(recognise: Any, tmp_path: Path) -> None:
    words = ["--profile", str(tmp_path)]
    recognise({"strokes": SEVEN, "label": "1"}, words=["--teach", *words])
    assert len(list((tmp_path / "samples").iterdir())) == 1
    assert recognise({"strokes": SEVEN}, words=words)[1][0]["text"] == "1"
    alone = recognise({"strokes": SEVEN}, words=["--without-samples", *words])
    assert alone[1][0]["text"] == "7" and set(alone[1][0]) == FIELDS


@pytest.mark.parametrize("label", ["10", "seven", 3.5, True, [], {}])
def test_an_impossible_label_is_an_error(recognise: Any, label: Any) -> None:
    status, (row, good) = recognise({"strokes": SEVEN, "label": label}, {"strokes": SEVEN})
    assert status == 1 and "label" in row["error"] and good["text"] == "7"


@pytest.mark.parametrize("output", ["text", "json", "csv"])
def test_an_answer_that_is_not_finite_is_the_error_of_that_item_only(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    output: str,
) -> None:
    lines = [{"id": number, "strokes": SEVEN} for number in range(3)]
    text = "\n".join(map(json.dumps, lines)).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    whole, numbers = Recogniser.infer_many, iter(range(99))

    def infer_many(self: Recogniser, rasters: Any) -> Any:
        outputs = whole(self, rasters)
        for row in range(len(rasters)):
            if next(numbers) == 3:  # 0 and 1 are of the check at the start
                outputs[0][row] = np.nan
        return outputs

    monkeypatch.setattr(Recogniser, "infer_many", infer_many)
    assert main(["recognise", "-", "--format", output, "--profile", str(tmp_path)]) == 1
    rows = capsys.readouterr().out.splitlines()[-3:]
    assert ["no finite answer" in row for row in rows] == [False, True, False]
