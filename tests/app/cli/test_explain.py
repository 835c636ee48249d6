"""`inkling explain`: its lines, what they can be used for, bad input, figures."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.explanation import counterfactual
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke

SEVEN = [[[3 * i, 0] for i in range(21)] + [[60 - 1.5 * i, 5 * i] for i in range(1, 21)]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a verb on lines of standard input; return its status and its rows."""
    monkeypatch.setattr(counterfactual, "_SHRINK", 60)

    def run(verb: str, *lines: Any, words: Sequence[str] = ()) -> tuple[int, list[dict[str, Any]]]:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status = main([verb, "-", "--format", "json", *words])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_a_line_of_strokes_gives_all_fields(run: Any) -> None:
    status, (row,) = run("explain", {"id": {"any": 1}, "strokes": SEVEN})
    assert status == 0
    assert list(row) == ["id", "label", "confidence", "pieces", "instead", "ms"]
    assert row["id"] == {"any": 1} and row["label"] == "7"
    assert 0.5 < row["confidence"] <= 1 and row["ms"] > 0
    for piece in row["pieces"]:
        assert list(piece) == ["stroke", "from", "to", "weight"]
    assert (row["pieces"][0]["from"], row["pieces"][-1]["to"]) == (0, 40)
    assert max(piece["weight"] for piece in row["pieces"]) > 0


def test_the_changed_strokes_are_recognised_as_the_label_asked_for(run: Any) -> None:
    status, (row,) = run("explain", {"id": 1, "strokes": SEVEN}, words=["--label", "9"])
    change = row["instead"]
    assert status == 0 and row["label"] == "7"
    assert list(change) == ["label", "confidence", "strokes", "moved"]
    assert change["label"] == "9" and 0 < change["moved"] < 1
    _status, (answer,) = run("recognise", {"id": 1, "strokes": change["strokes"]})
    assert answer["text"] == "9"
    assert answer["confidence"] == pytest.approx(change["confidence"], abs=1e-6)


def test_its_own_label_needs_no_change(run: Any) -> None:
    _status, (row,) = run("explain", {"strokes": SEVEN}, words=["--label", "7"])
    assert row["instead"]["moved"] == 0


def test_bad_lines_keep_their_place(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counterfactual, "_CLIMB", 0)
    bad = ["{", "[]", {"id": "none"}, {"id": "empty", "strokes": []}, {"id": "x", "image": 5}]
    status, rows = run("explain", *bad, {"id": "good", "strokes": SEVEN})
    assert status == 1
    assert [set(row) for row in rows[:-1]] == [{"id", "error"}] * len(bad)
    assert rows[-1]["label"] == "7"


def test_a_picture_has_patches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "seven.png"
    render(Content(strokes=(Stroke.of(SEVEN[0]),))).save(path)
    assert main(["explain", str(path), "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["label"] == "7" and row["pieces"] == [] and row["instead"] is None
    for patch in row["patches"]:
        left, top, right, bottom = patch["box"]
        assert 0 <= left < right <= 28 and 0 <= top < bottom <= 28


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_figure_is_written(run: Any, tmp_path: Path, suffix: str) -> None:
    figure = tmp_path / f"seven{suffix}"
    status, _rows = run("explain", {"strokes": SEVEN}, words=["--figure", str(figure)])
    assert status == 0 and figure.stat().st_size > 1000


def test_what_cannot_be_done_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterfactual, "_CLIMB", 0)
    line = {"strokes": SEVEN}
    for words, lines, message in (
        (["--figure", str(tmp_path / "x.jpg")], [line], ".png or an .svg"),
        (["--figure", str(tmp_path / "x.png")], [line, line], "one input"),
        (["--label", "x"], [line], "no label x"),
    ):
        text = "\n".join(json.dumps(one) for one in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert main(["explain", "-", *words]) == 1
        assert message in capsys.readouterr().err


def test_text_is_one_line_for_each_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(counterfactual, "_SHRINK", 60)
    text = json.dumps({"id": "a", "strokes": SEVEN})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["explain", "-", "--label", "9"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("a: 7  (") and "9 if points move by" in out and out.count("\n") == 1
