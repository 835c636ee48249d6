"""`inkling symbols` and `recognise --alphabet own`: one profile to another, and bad input."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.formats.drawing_file import encode_drawing
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke

RING = [[[50, 0], [90, 20], [100, 60], [60, 100], [10, 80], [0, 30], [48, 2]]]
ARROW = [[[0, 50], [100, 50]], [[70, 20], [100, 50], [70, 80]]]


def content(strokes: list[list[list[int]]]) -> Content:
    return Content(strokes=tuple(Stroke.of(line) for line in strokes))


def run(
    capsys: pytest.CaptureFixture[str], *words: str, profile: Path
) -> tuple[int, list[str], str]:
    status = main([*words, "--profile", str(profile)])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def feed(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_make_recognise_share_and_remove(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, shared = tmp_path / "one", tmp_path / "two", tmp_path / "my.symbols"
    (tmp_path / "to.ink").write_bytes(encode_drawing(content(ARROW)))
    render(content(ARROW)).save(tmp_path / "to.png")
    words = ("symbols", "add", "to", str(tmp_path / "to.ink"), str(tmp_path / "to.png"))
    assert run(capsys, *words, "--text", "\\to", profile=one)[1] == ["to has 2 drawings now."]
    feed(monkeypatch, {"label": "ring", "strokes": RING}, {"strokes": RING}, {"label": "x"})
    status, out, err = run(capsys, "symbols", "add", "-", profile=one)
    assert (status, out) == (1, ["ring has 1 drawing now."])
    assert 'The line has no "label"' in err
    assert "3:" in err
    assert run(capsys, "symbols", "export", str(shared), profile=one)[0] == 0
    assert run(capsys, "symbols", "import", str(shared), profile=two)[1] == ["3 drawings imported."]
    status, out, _err = run(capsys, "symbols", profile=two)
    assert [line.split() for line in out] == [
        ["to", "2", "drawings", "\\to"],
        ["ring", "1", "drawing"],
    ]
    _status, out, _err = run(capsys, "symbols", "--json", "list", profile=two)
    assert json.loads(out[0])[0] == {"name": "to", "text": "\\to", "drawings": 2}
    feed(monkeypatch, {"id": 7, "strokes": ARROW})
    asked = ("recognise", "-", "--alphabet", "own", "--format", "json")
    answer = json.loads(run(capsys, *asked, profile=two)[1][0])
    assert (answer["id"], answer["label"], answer["text"]) == (7, "to", "\\to")
    assert list(answer["probabilities"]) == ["to", "ring"]
    assert answer["is_known"] is True
    assert run(capsys, "symbols", "remove", "to", profile=two)[1] == ["Deleted to."]
    assert run(capsys, "symbols", "remove", "to", profile=two)[0] == 1


def test_a_folder_names_its_symbols(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "folder"
    (folder / "ring").mkdir(parents=True)
    for path, strokes in (
        (folder / "ring" / "a.ink", RING),
        (folder / "to.ink", ARROW),
        (folder / "to 2.ink", ARROW[:1]),
    ):
        path.write_bytes(encode_drawing(content(strokes)))
    profile = tmp_path / "profile"
    assert run(capsys, "symbols", "import", str(folder), profile=profile)[0] == 0
    _status, out, _err = run(capsys, "symbols", profile=profile)
    assert sorted(line.split()[:2] for line in out) == [["ring", "1"], ["to", "2"]]


def test_teaching_makes_symbols(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"label": "to", "strokes": ARROW},
        {"label": "ring", "strokes": RING},
        {"label": "ring", "strokes": RING},
    ]
    feed(monkeypatch, *lines)
    words = ("recognise", "-", "--alphabet", "own", "--format", "json", "--teach")
    _status, out, _err = run(capsys, *words, profile=tmp_path)
    assert [json.loads(line)["learnt"] for line in out] == [True, True, False]


def test_bad_input_is_an_error_before_there_are_symbols(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, {"strokes": RING}, {"id": "bad", "image": "/none.png"}, {"strokes": []})
    words = ("recognise", "-", "--alphabet", "own", "--format", "json", "--teach")
    status, out, _err = run(capsys, *words, profile=tmp_path)
    good, *bad = map(json.loads, out)
    assert status == 1 and good["learnt"] is False and good["text"] == ""
    assert [list(row) for row in bad] == [["id", "error"]] * 2


@pytest.mark.parametrize("names", [(), tuple("0123456789")])
def test_a_table_has_the_columns_of_symbols(
    names: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ("recognise", "-", "--alphabet", "own", "--teach")
    feed(monkeypatch, *({"label": name, "strokes": RING} for name in names))
    run(capsys, *words, profile=tmp_path)
    feed(monkeypatch, {"strokes": RING})
    _status, out, _err = run(capsys, *words, "--format", "csv", profile=tmp_path)
    (row,) = csv.DictReader(out)
    assert {"alternatives", "is_known", "known_score"} <= set(row) and "is_digit" not in row


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "none.symbols"), "no symbols yet"),
        (("import", "none.symbols"), "no such file"),
        (("add", "name"), "then files"),
        (("add", "-", "file"), "leave the rest out"),
        (("add", " ", "pyproject.toml"), ""),
    ],
)
def test_bad_input_is_one_sentence(
    words: tuple[str, ...], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "symbols", *words, profile=tmp_path)
    assert (status, out) == (1, [])
    assert err.startswith("inkling: ")
    assert sentence in err
