"""Sample archives: round trip; zip bombs, damaged and foreign archives give an error message."""

import io
import zipfile
from pathlib import Path

import pytest

from app.errors import InkError
from app.formats.sample import Sample, new_sample
from app.formats.sample_archive import pictures_archive, read_samples, strokes_archive
from app.ink.drawing import Content
from app.ink.stroke import Stroke

SAMPLES = [
    new_sample(Content(strokes=(Stroke.of([(10, 10), (20 + number, 300)]),)), label)
    for number, label in enumerate(["1", "", "7"])
]


def read(tmp_path: Path, data: bytes, name: str = "some.zip") -> list[Sample | str]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_samples(path))


def test_an_archive_of_strokes_comes_back(tmp_path: Path) -> None:
    assert read(tmp_path, strokes_archive(SAMPLES)) == SAMPLES


def test_one_file_is_a_collection_of_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(strokes_archive(SAMPLES))) as archive:
        data = archive.read(archive.namelist()[0])
    assert read(tmp_path, data, "one.ink") == SAMPLES[:1]


def test_pictures_are_no_samples_to_import(tmp_path: Path) -> None:
    with pytest.raises(InkError, match=r"archive of \.ink"):
        read(tmp_path, pictures_archive(SAMPLES))


def test_bad_ones_among_good_ones_are_named(tmp_path: Path) -> None:
    stream = io.BytesIO(strokes_archive(SAMPLES))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("broken.ink", "{")
        archive.writestr("bomb.ink", b"0" * (16 * 1024 * 1024 + 1))
        archive.writestr("__MACOSX/._one.ink", "junk of another system")
    *good, broken, bomb = read(tmp_path, stream.getvalue())
    assert good == SAMPLES
    assert "broken.ink" in str(broken) and "bomb.ink" in str(bomb) and "16 MB" in str(bomb)


@pytest.mark.parametrize("cut", [10, 200, 600])
def test_a_truncated_archive_gives_an_error(tmp_path: Path, cut: int) -> None:
    try:
        found = read(tmp_path, strokes_archive(SAMPLES)[:-cut])
    except InkError as error:
        assert str(error)
    else:
        assert all(isinstance(item, str) for item in found)


@pytest.mark.parametrize("error", [MemoryError(), zipfile.BadZipFile("header b'\\x00' differ")])
def test_a_damaged_entry_is_named_whatever_reading_it_raises(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:  # a damaged head of LZMA asks for 4 GB
        raise error

    monkeypatch.setattr(zipfile.ZipFile, "read", fail)
    found = read(tmp_path, strokes_archive(SAMPLES))
    assert len(found) == len(SAMPLES)
    assert all(str(item).endswith("is damaged or encrypted.") for item in found)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InkError, match="cannot be read"):
        list(read_samples(tmp_path / "none.ink"))
