"""Finding the files in folders."""

import os
from pathlib import Path

import pytest

from app.formats.folder_scan import find_files


@pytest.mark.skipif(os.name != "posix", reason="paths of more than 260 characters")
def test_a_folder_may_be_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _level in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.ink").touch()
    errors: list[OSError] = []
    found = find_files(tmp_path, errors)
    Path("a.ink").unlink()
    for _level in range(1200):  # pytest cannot remove it
        os.chdir("..")
        Path("d").rmdir()
    assert [path.name for path in found] == ["a.ink"]
    assert not errors


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.PNG").touch()
    (tmp_path / "a.txt").touch()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    errors: list[OSError] = []
    assert find_files(tmp_path, errors) == [tmp_path / "sub" / "b.PNG"]
    assert find_files(tmp_path / "none", errors) == []
    assert len(errors) == 1


def test_files_are_sorted_as_people_count(tmp_path: Path) -> None:
    names = ["scan10.png", "scan2.png", "Scan1.png", "b/1.png", "a10/x.png", "a9/x.png"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path, [])]
    assert found == ["a9/x.png", "a10/x.png", "b/1.png", "Scan1.png", "scan2.png", "scan10.png"]


def test_the_files_beside_others_that_macos_writes_are_left_out(tmp_path: Path) -> None:
    for name in ("a.ink", "._a.ink", "b.png", "._b.png"):
        (tmp_path / name).touch()
    assert [path.name for path in find_files(tmp_path, [])] == ["a.ink", "b.png"]
