"""Atomic writing: the old file or the new one, and a plain sentence where it fails."""

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.errors import StorageError
from app.storage import atomic_write
from app.storage.atomic_write import write_atomically


def test_writes_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.ink"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_keeps_the_files_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.ink"
    path.write_bytes(b"one")
    path.chmod(0o640)
    write_atomically(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "no permission to write"),
        (errno.EIO, "could not"),
    ],
)
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    path = tmp_path / "a.ink"
    path.write_bytes(b"old")

    def fail(_descriptor: int) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match=message):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        write_atomically(tmp_path / "none" / "a.ink", b"")


def test_a_folder_or_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    for path in list(tmp_path.iterdir()):
        with pytest.raises(StorageError, match="folder or a device"):
            write_atomically(path, b"")
        assert path.exists() and not path.is_file()


def keep_open(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let moving a file fail so many times, as on Windows while another program has it open."""
    left = iter(range(times))
    move = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if next(left, None) is not None:
            raise PermissionError(errno.EACCES, "another program has it open")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_on_windows_a_file_that_is_open_elsewhere_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ink"
    path.write_bytes(b"old")
    monkeypatch.setattr(sys, "platform", "win32")
    keep_open(monkeypatch, 2)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_a_file_that_stays_open_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    path = tmp_path / "a.ink"
    path.write_bytes(b"old")
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(atomic_write, "_PATIENCE_S", 0.0)
    keep_open(monkeypatch, 1000)
    with pytest.raises(StorageError, match="no permission"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_that_is_too_long_for_windows_is_no_missing_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> Any:
        raise FileNotFoundError(errno.ENOENT, "The system cannot find the path specified")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(StorageError, match=r"too long.*another place"):
        write_atomically(tmp_path / "a.ink", b"")
