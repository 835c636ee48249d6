"""Archives, arrays and Parquet files: what is whole is answered, what is not is one error."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import make_archive
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray
from PIL import Image

from app.batch.answerer import Answerer, Options
from app.batch.items import Item
from app.batch.sources import count_inputs, read_groups
from app.formats.drawing_file import encode_drawing
from app.formats.strokes_file import MAX_STROKES_BYTES
from app.formats.svg_file import svg_of
from app.ink.drawing import Content
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke

POINTS = [[[0.0, 0.0], [60.0, 0.0], [25.0, 100.0]]]
STROKE = Stroke.of(POINTS[0])


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Options())


@pytest.fixture
def labels(answerer: Answerer) -> Callable[[Path], list[str]]:
    """Return each input's label, or its error."""

    def answers(path: Path) -> list[str]:
        groups = read_groups([str(path)], io.BytesIO())
        rows = [row for group in groups for row in answerer.rows(group)]
        return [row.get("error") or row["label"] for row in rows]

    return answers


def sevens(count: int, dtype: str = "u1") -> NDArray[Any]:
    raster = rasterize([STROKE])
    assert raster is not None
    return np.repeat((raster * 255).astype(dtype)[None], count, axis=0)


def png() -> bytes:
    stream = io.BytesIO()
    Image.fromarray(sevens(1)[0]).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "array",
    [
        sevens(2),
        sevens(2, "f4") / 255,
        sevens(2, "f8"),
        sevens(2).reshape(2, 784),
        sevens(2)[..., None],
        255 - sevens(2),
        np.pad(sevens(2), ((0, 0), (40, 40), (40, 40))),
        np.repeat(sevens(2)[..., None], 3, axis=3),
        sevens(2) > 127,
        (sevens(2) > 127).astype("i8"),
        sevens(70)[::35],
    ],
    ids=["u1", "f4", "to 255", "flat", "channel", "dark", "large", "rgb", "bool", "0/1", "steps"],
)
def test_arrays_of_any_kind(
    tmp_path: Path, labels: Callable[[Path], list[str]], array: NDArray[Any]
) -> None:
    path = tmp_path / "a.npy"
    np.save(path, array)
    assert labels(path) == ["7", "7"]
    assert count_inputs([str(path)]) == 2


def test_bad_rows_of_an_array_are_errors_in_their_place(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    array = sevens(5, "f8") / 255
    array[1, 5, 5] = np.nan
    array[2] = 0
    array[3, 5, 5] = 1e300
    np.save(tmp_path / "a.npy", array)
    first, bad, empty, large, last = labels(tmp_path / "a.npy")
    assert (first, last) == ("7", "7") and "no ink" in empty
    assert "0 to 255" in bad and bad == large


def test_an_npz_may_have_labels_beside_pictures(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "mnist.npz"
    np.savez_compressed(path, y=np.zeros(70), x=sevens(70))
    assert labels(path) == ["7"] * 70
    assert count_inputs([str(path), str(path)]) == 140
    np.savez(path, y=np.zeros(70))
    assert "no array of pictures" in labels(path)[0]


@pytest.mark.parametrize("write", [Path.write_bytes, lambda p, d: p.write_bytes(gzip.compress(d))])
def test_idx(tmp_path: Path, labels: Callable[[Path], list[str]], write: Any) -> None:
    head = b"\0\0\x08\x03" + struct.pack(">3I", 3, 28, 28)
    write(tmp_path / "t10k-images-idx3-ubyte", head + sevens(3).tobytes())
    assert labels(tmp_path / "t10k-images-idx3-ubyte") == ["7"] * 3
    write(tmp_path / "labels", b"\0\0\x08\x01" + struct.pack(">I", 3) + b"\1\2\3")
    assert "no array of pictures" in labels(tmp_path / "labels")[0]


def test_a_hundred_million_rows_in_a_file_of_a_kilobyte_are_one_error(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    idx = tmp_path / "a.idx3-ubyte"
    idx.write_bytes(b"\0\0\x08\x03" + struct.pack(">3I", 10**8, 28, 28) + sevens(1).tobytes())
    npy = tmp_path / "a.npy"
    with npy.open("wb") as file:
        head = {"descr": "|u1", "fortran_order": False, "shape": (10**8, 28, 28)}
        np.lib.format.write_array_header_1_0(file, head)
        file.write(sevens(1).tobytes())
    for path in (idx, npy):
        found, error = labels(path)
        assert found == "7" and "1 of 100,000,000" in error
    rows = tmp_path / "a.parquet"
    pq.write_table(pa.table({"image": pa.nulls(300_000, pa.binary())}), rows)
    (error,) = labels(rows)
    assert "announces 300,000 rows" in error


@pytest.mark.parametrize("name", ["a.npz", "a.npy.gz", "a.npy"])
def test_of_a_truncated_array_the_whole_rows_are_answered(
    tmp_path: Path, labels: Callable[[Path], list[str]], name: str
) -> None:
    noise = np.random.default_rng(1).integers(0, 3, (90, 28, 28), np.uint8) + sevens(90) // 2
    whole, path = io.BytesIO(), tmp_path / name
    if name == "a.npz":
        np.savez(whole, noise)
        path.write_bytes(whole.getvalue()[:30_000])
        assert labels(path) == ["The file is damaged or incomplete; copy it again."]
        return
    np.save(whole, noise)
    data = gzip.compress(whole.getvalue()) if name.endswith("gz") else whole.getvalue()
    path.write_bytes(data[: len(data) // 2])
    *found, error = labels(path)
    assert 20 < len(found) < 90 and set(found) == {"7"} and "of 90 pictures" in error


def write_zip(path: Path, names: list[str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            ink = encode_drawing(Content(strokes=(STROKE,)))
            archive.writestr(name, ink if name.endswith("ink") else png())


def test_a_zip_of_pictures_and_drawings(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "a.zip"
    write_zip(path, ["b.png", "folder/a.ink", "notes.txt", "__MACOSX/b.png", "._b.png", "c.png/"])
    assert labels(path) == ["7", "7"] and count_inputs([str(path)]) == 2
    write_zip(path, ["notes.txt"])
    assert "no pictures" in labels(path)[0]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_svgs_of_this_program_are_drawings(
    tmp_path: Path, labels: Callable[[Path], list[str]], kind: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "own.svg").write_text(svg_of(Content(strokes=(STROKE,))))
    (folder / "icon.svg").write_text("<svg/>")
    assert labels(Path(make_archive(str(folder), kind, folder))) == ["7"]


def test_a_damaged_file_in_a_zip_is_an_error_in_its_place(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "a.zip"
    write_zip(path, ["a.png", "b.png", "c.png"])
    data = bytearray(path.read_bytes())
    place = data.index(b"b.png") + 60
    data[place] ^= 0xFF
    path.write_bytes(data)
    first, bad, last = labels(path)
    assert (first, last) == ("7", "7") and "damaged" in bad
    path.write_bytes(data[:-40])
    (error,) = labels(path)
    assert error.startswith("The archive is damaged") and count_inputs([str(path)]) is None


def test_a_file_in_an_archive_may_be_as_large_as_any(
    tmp_path: Path, labels: Callable[[Path], list[str]]
) -> None:
    ink = encode_drawing(Content(strokes=(STROKE,))).ljust(MAX_STROKES_BYTES + 1)
    (tmp_path / "a.ink").write_bytes(ink)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "a.ink", "a.ink")
        archive.writestr("b.png", png())
    with tarfile.open(tmp_path / "a.tar", "w:gz", compresslevel=1) as packed:
        packed.add(tmp_path / "a.ink", "a.ink")
    (error,) = labels(tmp_path / "a.ink")
    assert "16 MB" in error
    assert labels(tmp_path / "a.zip") == [error, "7"] and labels(tmp_path / "a.tar") == [error]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_and_a_truncated_one(
    tmp_path: Path, labels: Callable[[Path], list[str]], mode: Any
) -> None:
    path = tmp_path / "pictures"
    with tarfile.open(path, mode) as archive:
        for index in range(40):
            info = tarfile.TarInfo(f"{index}.png")
            # Each is padded by what cannot be compressed.
            data = png() + np.random.default_rng(index).bytes(2_000)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert labels(path) == ["7"] * 40
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 5])
    *found, error = labels(path)
    assert 5 < len(found) < 40 and set(found) == {"7"} and error.startswith("The archive is dam")


@pytest.mark.parametrize(
    "columns",
    [
        {"id": ["a", "b"], "strokes": [POINTS, POINTS]},
        {"strokes": [json.dumps(POINTS)] * 2, "label": [7, 7]},
        {"image": [png(), png()]},
        {"image": [{"bytes": png(), "path": None}] * 2},
    ],
    ids=["lists", "json", "bytes", "struct"],
)
def test_parquet(
    tmp_path: Path, labels: Callable[[Path], list[str]], columns: dict[str, Any]
) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    assert labels(path) == ["7", "7"] and count_inputs([str(path)]) == 2


def test_parquet_of_paths(tmp_path: Path, labels: Callable[[Path], list[str]]) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(png())
    path = tmp_path / "a.parquet"
    name, struct = str(picture), {"bytes": None, "path": str(picture)}
    for images in ([name, name], [{"path": name}] * 2, [struct, {"bytes": png(), "path": "b"}]):
        pq.write_table(pa.table({"image": images}), path)
        assert labels(path) == ["7", "7"]
        (items,) = read_groups([str(path)], io.BytesIO())
        paths = [one.path for one in items if isinstance(one, Item)]
        assert paths[0] == name and paths[1] == (None if images[0] is struct else name)


def test_bad_parquet(tmp_path: Path, labels: Callable[[Path], list[str]]) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"picture": [1], "id": [2]}), path)
    (error,) = labels(path)
    assert error.endswith("only: picture, id.")
    pq.write_table(pa.table({"strokes": [POINTS, None, [[]], POINTS]}), path)
    first, empty, bad, last = labels(path)
    assert (first, last) == ("7", "7") and "empty" in empty and "no points" in bad
    path.write_bytes(path.read_bytes()[:-20])
    assert labels(path) == ["The Parquet file is damaged or incomplete; copy it again."]


def test_without_pyarrow_one_sentence_tells_how_to_get_it(
    tmp_path: Path, labels: Callable[[Path], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (error,) = labels(tmp_path / "a.parquet")
    assert "uv sync --extra parquet" in error
