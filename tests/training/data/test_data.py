"""The readers of the data sets: any packaging is read, other content is refused."""

import gzip
import json
import zipfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.__main__ import main
from training.data.corpus import LabelledRasters
from training.data.dataset import DataError, IncompleteError
from training.data.library import Library
from training.data.mnist import MNIST, parse_idx, read_mnist
from training.data.omniglot import OMNIGLOT, clear_non_digits
from training.data.pendigits import PENDIGITS
from training.data.registry import DATA_SETS
from training.data.samples import load_samples
from training.data.unpack import unpacked

IDX = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def idx(array: NDArray[np.uint8]) -> bytes:
    """Return an idx file of unsigned bytes."""
    sides = b"".join(int(side).to_bytes(4, "big") for side in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sides + array.tobytes()


@pytest.fixture(scope="module")
def library(data_folder: Path) -> Library:
    return Library(data_folder)


@pytest.fixture(scope="module")
def idx_files(library: Library, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """MNIST's four idx files: two gzipped, one plain, one in a zip archive."""
    folder, mnist = tmp_path_factory.mktemp("idx"), library.load(MNIST)
    files = []
    for number, (field, name) in enumerate(IDX.items()):
        data = idx(getattr(mnist, field))
        path = folder / name
        if number < 2:
            path = path.with_name(f"{name}.gz")
            path.write_bytes(gzip.compress(data, 1))
        elif number == 2:
            path.write_bytes(data)
        else:
            path = path.with_name(f"{name}.zip")
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(f"mnist/{name}", data)
        files.append(path)
    return files


def test_mnist_is_byte_exact_in_any_packaging(library: Library, idx_files: list[Path]) -> None:
    mnist = library.load(MNIST)
    assert mnist.x_train.shape == (60_000, 28, 28)
    assert mnist.y_test.shape == (10_000,)
    again = read_mnist(idx_files)
    assert all(np.array_equal(getattr(mnist, name), getattr(again, name)) for name in IDX)


def test_files_are_imported_under_whatever_names_and_used_from_then_on(
    idx_files: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    odd = []
    for number, path in enumerate(idx_files):
        odd.append(tmp_path / f"download({number})")
        odd[-1].write_bytes(path.read_bytes())
    profile = tmp_path / "profile"
    assert main(["data", "import", *map(str, odd), "--profile", str(profile)]) == 0
    assert "MNIST" in capsys.readouterr().out
    assert len(Library(profile=profile).load(MNIST).x_test) == 10_000


def test_three_of_four_files_say_which_is_missing(idx_files: list[Path]) -> None:
    with pytest.raises(IncompleteError, match="t10k-labels-idx1-ubyte"):
        read_mnist(idx_files[:3])


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros((100, 32, 32), np.uint8), "32 × 32 pixels"),
        (np.full(60_000, 46, np.uint8), "labels up to 46"),
        (np.zeros((5, 28, 28), np.uint8), "shape"),
    ],
)
def test_other_images_and_labels_are_refused_with_what_is_odd(
    array: NDArray[np.uint8], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(idx(array))
    with pytest.raises(DataError, match=sentence):
        read_mnist([path])


def test_other_pixels_than_mnists_are_refused(library: Library, tmp_path: Path) -> None:
    mnist = library.load(MNIST)
    changed = mnist.x_test.copy()
    changed[0, 0, 0] ^= 1
    np.savez(tmp_path / "mnist.npz", **{**asdict(mnist), "x_test": changed})
    with pytest.raises(DataError, match="other pixels"):
        Library(tmp_path).load(MNIST)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04half", b"\x1f\x8b\x08xx"])
def test_damaged_files_are_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"mnist\.npz"):
        Library(tmp_path).load(MNIST)


def test_a_damaged_head_that_asks_for_too_much_memory_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise MemoryError

    (tmp_path / "some.xz").write_bytes(b"PK\x03\x04some")
    monkeypatch.setattr("tarfile.open", fail)
    monkeypatch.setattr("zipfile.ZipFile", fail)
    with pytest.raises(DataError, match="MemoryError"):
        list(unpacked(tmp_path / "some.xz"))


@given(st.binary(max_size=64))
def test_any_bytes_are_an_idx_array_or_a_value_error(data: bytes) -> None:
    try:
        array = parse_idx(b"\x00\x00\x08" + data)
    except ValueError:
        return
    assert idx(array)[:4] == b"\x00\x00\x08" + data[:1]
    assert idx(array) == b"\x00\x00\x08" + data


def test_importing_what_is_no_data_set_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = tmp_path / "holiday.jpg"
    stray.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    assert main(["data", "import", str(stray), "--profile", str(tmp_path / "profile")]) == 1
    assert "none of the data sets" in capsys.readouterr().err
    assert main(["data", "import", str(tmp_path / "none"), "--profile", str(tmp_path)]) == 1
    assert "There is no file" in capsys.readouterr().err
    assert not (tmp_path / "profile").exists()


def test_pen_digits_are_upright_and_by_thirty_writers(library: Library) -> None:
    digits = library.load(PENDIGITS)
    assert len(digits) == 7_494
    assert len(Counter(digit.writer for digit in digits)) == 30
    sevens = [digit for digit in digits if digit.label == 7]
    starts_high = [d.strokes[0].points[0].y < d.strokes[0].points[-1].y for d in sevens]
    assert sum(starts_high) > 0.95 * len(sevens)


def test_strokes_that_were_changed_are_refused(data_folder: Path, tmp_path: Path) -> None:
    text = (data_folder / "pendigits-orig.tra").read_text("ascii")
    (tmp_path / "pendigits-orig.tra").write_text(text.replace(" 2", " 3", 1), "ascii")
    with pytest.raises(DataError, match="other strokes"):
        Library(tmp_path).load(PENDIGITS)


def test_omniglot_has_its_characters_and_some_look_like_digits(library: Library) -> None:
    characters = library.load(OMNIGLOT)
    assert len(characters) == 2_720
    assert 0 < len(clear_non_digits(characters)) < len(characters)


def test_samples_are_ink_files_with_a_label(tmp_path: Path) -> None:
    ink = {
        "format": "inkling-strokes",
        "version": 1,
        "width": 9,
        "height": 9,
        "strokes": [{"width": 2, "points": [[1, 1, 0], [8, 8, 9]]}],
    }
    with pytest.raises(DataError, match="You have no samples"):
        load_samples(tmp_path)
    for name, label in (("a", "7"), ("b", ""), ("c", "1")):
        (tmp_path / f"{name}.ink").write_text(json.dumps({**ink, "label": label}))
    (tmp_path / ".half.ink").write_text("{")
    assert [sample.label for _name, sample in load_samples(tmp_path)] == [7, 1]
    (tmp_path / "d.ink").write_text("{")
    with pytest.raises(DataError, match=r"d\.ink"):
        load_samples(tmp_path)


def test_labelled_images_are_checked() -> None:
    images, labels = np.zeros((3, 28, 28), np.uint8), np.array([0, 1, -2], np.int16)
    with pytest.raises(DataError, match="0 or more"):
        LabelledRasters(images, labels)
    with pytest.raises(DataError, match="28 × 28"):
        LabelledRasters(np.zeros((3, 32, 32), np.uint8), np.zeros(3, np.int16))


def test_a_missing_data_set_that_cannot_be_fetched_says_where_to_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    assert main(["data", "fetch", "semeion", "--profile", str(tmp_path)]) == 1
    assert "semeion.npz" in capsys.readouterr().err
    assert main(["data", "fetch", "semoin", "--profile", str(tmp_path)]) == 1
    assert "Did you mean semeion" in capsys.readouterr().err
    assert main(["data", "list", "--profile", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("\n") == len(DATA_SETS)
