"""The data sets read as their sources describe them."""

from collections import Counter
from pathlib import Path

import pytest

from training.data.folder import DataError, data_file
from training.data.mnist import load_mnist
from training.data.omniglot import clear_non_digits, load_omniglot
from training.data.pendigits import load_pendigits


def test_mnist_is_byte_exact(data_folder: Path) -> None:
    mnist = load_mnist(data_folder)
    assert mnist.x_train.shape == (60_000, 28, 28)
    assert mnist.y_test.shape == (10_000,)


def test_other_pixels_than_mnists_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").write_bytes(b"not an archive")
    with pytest.raises(DataError, match="not MNIST"):
        load_mnist(tmp_path)


def test_pen_digits_are_upright_and_by_thirty_writers(data_folder: Path) -> None:
    digits = load_pendigits(data_folder)
    assert len(digits) == 7_494
    assert len(Counter(digit.writer for digit in digits)) == 30
    sevens = [digit for digit in digits if digit.label == 7]
    starts_high = [d.strokes[0].points[0].y < d.strokes[0].points[-1].y for d in sevens]
    assert sum(starts_high) > 0.95 * len(sevens)


def test_omniglot_has_its_characters_and_some_look_like_digits(data_folder: Path) -> None:
    characters = load_omniglot(data_folder)
    assert len(characters) == 2_720
    assert 0 < len(clear_non_digits(characters)) < len(characters)


def test_a_missing_data_file_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    with pytest.raises(DataError, match="set INKLING_DATA"):
        data_file("mnist.npz")
    with pytest.raises(DataError, match="is not in"):
        data_file("mnist.npz", tmp_path)
