"""UNIPEN's characters: the original and its JSON Lines have the same, and damage is a sentence."""

import gzip
import json
import shutil
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.__main__ import main
from training.data import unpack
from training.data.dataset import DataError
from training.data.library import Library
from training.data.unipen import UNIPEN, Written, read_unipen

DIGIT = "1a"
DATA = b'.VERSION 1.0\n.INCLUDE abc/one.dat\n.SEGMENT CHARACTER 0-2 OK "4"\n'
INK = (
    b".WRITER_ID x\n.PEN_DOWN\n10 90\n20 80\n.PEN_UP\n15 70\n.PEN_DOWN\n.PEN_DOWN\n 30 90\n 30 70\n"
)


@pytest.fixture(scope="module")
def snapshot(data_folder: Path) -> list[Written]:
    """The digits alone: the letters take long to read."""
    return read_unipen([data_folder / "unipen" / "digits.jsonl.gz"])


def original(folder: Path, data: bytes, ink: bytes) -> Path:
    """Return a folder with one file of digits and what it includes."""
    for name, content in ((f"data/{DIGIT}/abc/one.dat", data), ("include/abc/one.dat", ink)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_digits_are_by_many_writers(snapshot: list[Written]) -> None:
    assert len(snapshot) == 13_266 and all(one.label.isdigit() for one in snapshot)
    assert len({(one.site, one.writer) for one in snapshot}) == 205
    assert Counter(one.site for one in snapshot)["syn"] == 4_530


def test_the_original_has_the_same_characters(data_folder: Path, snapshot: list[Written]) -> None:
    everything = read_unipen([data_folder / "unipen" / "raw-sample.tar.gz"])
    characters = [one for one in everything if one.label.isdigit()]
    ours = Counter((one.label, one.writer, len(one.strokes)) for one in characters)
    theirs = [one for one in snapshot if one.site == "pri"]
    assert ours == Counter((one.label, one.writer, len(one.strokes)) for one in theirs)
    sides = [max(p.x for s in one.strokes for p in s.points) for one in characters]
    assert max(sides) == pytest.approx(255) and min(sides) >= 0


def test_the_original_has_the_same_letters_and_signs(data_folder: Path, tmp_path: Path) -> None:
    ours = read_unipen([data_folder / "unipen" / "raw-sample.tar.gz"])
    files = []
    for part in ("capitals", "small", "signs"):
        lines = gzip.decompress((data_folder / "unipen" / f"{part}.jsonl.gz").read_bytes())
        files.append(tmp_path / f"{part}.jsonl")
        of_site = [line for line in lines.splitlines() if b"unipen-pri" in line]
        files[-1].write_bytes(b"\n".join(of_site))
    theirs = Counter((one.label, one.writer, len(one.strokes)) for one in read_unipen(files))
    assert theirs == Counter(
        (one.label, one.writer, len(one.strokes)) for one in ours if not one.label.isdigit()
    )


def test_a_writer_has_one_number_in_all_categories(tmp_path: Path) -> None:
    folder = original(tmp_path, DATA, INK)
    for name, writer in (("two", b"y"), ("three", b"x")):
        (folder / "include" / "abc" / f"{name}.dat").write_bytes(
            INK.replace(b"ID x", b"ID " + writer)
        )
        other = folder / "data" / "1c" / "abc" / f"{name}.dat"
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(DATA.replace(b"one", name.encode()).replace(b'"4"', b'"q"'))
    read = [(one.label, one.writer) for one in read_unipen([folder])]
    assert read == [("4", 1), ("q", 1), ("q", 2)]


@pytest.mark.parametrize("name", ["unipen-CDROM-train_r01_v07.tgz", "unipen.zip"])
def test_an_archive_in_the_data_folder_is_found_under_its_own_name(
    name: str, tmp_path: Path
) -> None:
    folder = original(tmp_path / "disc" / "CDROM" / "train_r01_v07", DATA, INK)
    kind = "gztar" if name.endswith("tgz") else "zip"
    made = shutil.make_archive(str(tmp_path / "made"), kind, folder.parent.parent)
    data = tmp_path / "data"
    data.mkdir()
    Path(made).rename(data / name)
    (one,) = Library(data, tmp_path).load(UNIPEN)
    assert one.label == "4" and UNIPEN.mirrors[0].files == ("unipen-CDROM-train_r01_v07.tgz",)


def test_a_folder_is_read_and_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    folder = original(tmp_path / "unipen", DATA, INK)
    (one,) = read_unipen([folder])
    assert (one.label, one.site, one.writer) == ("4", "abc", 1)
    assert [[point[:2] for point in stroke.points] for stroke in one.strokes] == [
        [(0, 0), (127.5, 127.5)],
        [(255, 0), (255, 255)],
    ]
    profile = tmp_path / "profile"
    assert main(["data", "import", str(folder), "--profile", str(profile)]) == 0
    assert Library(profile=profile).load(UNIPEN) == [one]


@pytest.mark.parametrize(
    ("data", "ink"),
    [
        (DATA.replace(b"0-2", b"0-9"), INK),
        (DATA.replace(b"0-2", b"2-0"), INK),
        (DATA.replace(b"0-2", b"0:1-2:3"), INK),
        (DATA.replace(b"0-2", b"99999999999"), INK),
        (DATA, b""),
        (DATA, INK.replace(b"10 90", b"ten ninety").replace(b"30", b"x")),
        (b"", INK),
    ],
)
def test_a_damaged_segment_is_left_out(data: bytes, ink: bytes, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none of UNIPEN"):
        read_unipen([original(tmp_path, data, ink)])


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"{",
        b'{"label": "4", "writer": "unipen-abc001"}',
        b'{"label": "4", "writer": "nobody", "strokes": [[[0, 0]]]}',
        b'{"label": 4, "writer": "unipen-abc001", "strokes": [[[0, 0]]]}',
        b'{"label": "4", "writer": "unipen-abc001", "strokes": [[["a", 0]]]}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_line_is_named(line: bytes, tmp_path: Path) -> None:
    good = json.dumps({"label": "4", "writer": "unipen-abc001", "strokes": [[[0, 0], [1, 1]]]})
    path = tmp_path / "digits.jsonl.gz"
    path.write_bytes(gzip.compress(good.encode() + b"\n" + line))
    with pytest.raises(DataError, match="line 2"):
        read_unipen([path])


@given(data=st.binary(max_size=200), ink=st.binary(max_size=200))
def test_any_bytes_are_characters_or_a_sentence(
    data: bytes, ink: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = original(tmp_path_factory.mktemp("unipen"), DATA + data, INK + ink)
    assert read_unipen([folder])


def test_a_tar_that_is_cut_off_or_holds_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "unipen.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(original(tmp_path / "data", DATA, INK * 100), "unipen")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="damaged or cut off"):
        read_unipen([path])
    path.write_bytes(whole)
    monkeypatch.setattr(unpack, "MAX_TAR_BYTES", 100)
    with pytest.raises(DataError, match="more than any data set"):
        read_unipen([path])
