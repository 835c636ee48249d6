"""An output file is whole at every moment, and an interrupted one is gone on with."""

import csv
import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from app.__main__ import main
from app.batch.answerer import Answerer, Block, Options
from app.batch.items import Line
from app.batch.output import FileOutput
from app.batch.progress import Progress
from app.errors import StorageError
from app.formats.drawing_file import encode_drawing
from app.formats.strokes_file import strokes_from_json
from app.ink.drawing import Content

SEVEN = {"strokes": [[[0, 0], [60, 0], [25, 100]]]}
IDS = ["=a", "b,c", None, {"d": 1}, 4, "e\n", "\ud800"]


@pytest.fixture
def recognise(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run `inkling recognise - --out FILE` on drawings with these ids; return its status."""

    def run(path: Path, ids: list[Any], *words: str) -> int:
        lines = [json.dumps({"id": id_, **SEVEN}) for id_ in ids]
        stdin = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
        monkeypatch.setattr("sys.stdin", stdin)
        return main(["recognise", "-", "--out", str(path), *words])

    return run


def part_of(path: Path) -> Path:
    return path.with_name(path.name + ".part")


@pytest.mark.parametrize("suffix", ["json", "csv", "txt"])
@pytest.mark.parametrize("kept", [0, 1, 3, 7])
def test_an_interrupted_output_is_gone_on_with(
    recognise: Any, tmp_path: Path, suffix: str, kept: int
) -> None:
    path = tmp_path / f"out.{suffix}"
    assert recognise(path, IDS) == 0 and not part_of(path).exists()
    whole = path.read_bytes().splitlines(keepends=True)
    path.unlink()
    lines = kept + (suffix == "csv")
    part_of(path).write_bytes(b"".join(whole[:lines]) + b"half a li")
    assert recognise(path, IDS, "--resume") == 0 and not part_of(path).exists()
    again = path.read_bytes().splitlines(keepends=True)
    assert again[:lines] == whole[:lines] and len(again) == len(whole)
    if suffix == "json":
        assert [json.loads(line)["id"] for line in again] == IDS
    elif suffix == "csv":
        assert len(list(csv.DictReader(io.StringIO(path.read_text())))) == len(IDS)


def test_a_symbols_text_of_two_lines_is_on_one_line(recognise: Any, tmp_path: Path) -> None:
    path, ink = tmp_path / "out.csv", tmp_path / "a.ink"
    ink.write_bytes(encode_drawing(Content(strokes=strokes_from_json(SEVEN["strokes"]))))
    profile = ("--profile", str(tmp_path / "profile"))
    assert main(["symbols", "add", "=", str(ink), "--text", "=a\nb", *profile]) == 0
    assert recognise(path, [1, 2, 3], "--alphabet", "own", *profile) == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["label"], row["text"]) for row in rows] == [("=", r"'=a\nb")] * 3
    whole = path.read_bytes().splitlines(keepends=True)
    part_of(path).write_bytes(b"".join(whole[:-1]))
    assert recognise(path, [1, 2, 3], "--alphabet", "own", *profile, "--resume") == 0
    assert len(path.read_bytes().splitlines()) == 4


def test_answers_to_other_inputs_are_not_gone_on_with(
    recognise: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.json"
    part_of(path).write_text('{"id": 1, "text": "7"}\n')
    assert recognise(path, [2, 3], "--resume") == 1
    assert "other inputs" in capsys.readouterr().err
    assert recognise(path, [], "--resume") == 1
    assert part_of(path).read_text() == '{"id": 1, "text": "7"}\n'
    assert recognise(path, [2, 3]) == 0 and len(path.read_text().splitlines()) == 2


def test_parquet_has_the_columns_of_csv(recognise: Any, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    assert recognise(path, IDS) == 0
    table = pq.read_table(path).to_pylist()
    assert [row["id"] for row in table] == ["=a", "b,c", "null", '{"d": 1}', "4", "e\n", "\\ud800"]
    assert {row["label"] for row in table} == {"7"} and table[0]["p_7"] > 0.9
    assert {row["error"] for row in table} == {None}
    path.unlink()
    lines = [json.dumps({"id": id_, "error": "bad"}) for id_ in ("=a", "b,c")]
    part_of(path).write_text("\n".join(lines) + "\n")
    assert recognise(path, IDS, "--resume", "--number") == 0
    assert [row["error"] for row in pq.read_table(path).to_pylist()] == ["bad"] * 2 + [None] * 5
    assert not part_of(path).exists()


class FullDisk:
    """A file on a disk that has room for some bytes more."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = int(self._file.write(data[: self._room]))
        self._room -= written
        return written


def test_on_a_full_disk_whole_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    output = FileOutput(path, "json", "", resume=False)
    output._file = FullDisk(output._file, 15)  # type: ignore[assignment]
    with pytest.raises(StorageError, match="--resume"):
        output.write(Block("one line\nanother\n", 2, 0))
    output.close()
    assert part_of(path).read_text() == "one line\nanother\n"[:9] and not path.exists()
    again = FileOutput(path, "text", "", resume=True)
    assert again.done == 1
    again.write(Block("third\n", 1, 0))
    again.finish(())
    assert path.read_text() == "one line\nthird\n"


def test_a_folder_that_does_not_exist_is_one_sentence(
    recognise: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recognise(tmp_path / "none" / "out.json", [1]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["recognise", "-", "--resume"]) == 1
    assert "--out" in capsys.readouterr().err


def test_folders_and_devices_are_not_replaced(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(StorageError, match="folder or a device"):
            FileOutput(path, "json", "", resume=False)
    assert not Path(f"{os.devnull}.part").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither for everyone")
def test_links_and_permissions_stay(recognise: Any, tmp_path: Path) -> None:
    path, link = tmp_path / "there" / "out.json", tmp_path / "link.json"
    path.parent.mkdir()
    path.touch(0o600)
    link.symlink_to(path)
    assert recognise(link, [1, 2]) == 0
    assert link.is_symlink() and len(path.read_text().splitlines()) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_skipped_inputs_are_counted_across_groups(tmp_path: Path) -> None:
    part_of(tmp_path / "out").write_text("1: 7\n2: 7\n3: 7\n")
    output = FileOutput(tmp_path / "out", "text", "", resume=True)
    line = json.dumps(SEVEN).encode()
    groups = [[Line(line, number, False) for number in part] for part in ([1, 2], [3], [4, 5])]
    assert [[one.number for one in group] for group in output.rest(iter(groups))] == [[4, 5]]  # type: ignore[union-attr]
    output.close()


def test_progress_tells_rate_and_time_left() -> None:
    progress = Progress(10_000, done=1_000)
    progress.add(3_000)
    assert progress.text(2.0) == "4,000 of 10,000 answered, 1,500 a second, 0:04 left"
    assert Progress(None).text(1.0) == "0 answered, 0 a second"


def test_the_rows_of_parquet_are_flat() -> None:
    answerer = Answerer(Options(output="parquet"))
    row = json.loads(answerer.block([Line(json.dumps(SEVEN).encode(), 5, False)]).text)
    assert row["id"] == "5" and "p_0" in row and "probabilities" not in row
