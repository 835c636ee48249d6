"""Autosave: one program recovers what a crash left; a running program's drawing is left alone."""

import errno
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from app.errors import StorageError
from app.storage.autosave_store import Autosave

_PROGRAM = """
import sys
from pathlib import Path
from app.storage.autosave_store import Autosave
own = Autosave(Path(sys.argv[1]))
own.save(sys.argv[2].encode())
print("saved", flush=True)
sys.stdin.read()
"""


def program(folder: Path, drawing: str) -> "subprocess.Popen[str]":
    """Start another program that saves a drawing and goes on running."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(folder), drawing],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert _stream(process.stdout).readline() == "saved\n"
    return process


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        _stream(stream).close()


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def test_a_killed_programs_drawing_is_recovered_once(tmp_path: Path) -> None:
    kill(program(tmp_path, "seven"))
    first, second = Autosave(tmp_path), Autosave(tmp_path)
    assert first.recover() == b"seven"
    assert second.recover() is None
    assert len(list(tmp_path.glob("*.ink"))) == 1, "it stays until it is saved elsewhere"
    first.close()
    assert list(tmp_path.iterdir()) == []


def test_a_running_programs_drawing_is_left_alone(tmp_path: Path) -> None:
    running = program(tmp_path, "mine")
    try:
        own = Autosave(tmp_path)
        assert own.recover() is None
        own.save(b"other")
        own.close()
        assert len(list(tmp_path.glob("*.ink"))) == 1
    finally:
        kill(running)
    assert Autosave(tmp_path).recover() == b"mine"


def test_the_latest_comes_first(tmp_path: Path) -> None:
    for drawing in ("one", "two"):
        kill(program(tmp_path, drawing))
    assert Autosave(tmp_path).recover() == b"two"


def test_a_program_that_is_closed_leaves_nothing(tmp_path: Path) -> None:
    own = Autosave(tmp_path)
    own.save(b"a")
    own.save(b"b")
    own.discard()
    assert own.recover() is None
    own.save(b"c")
    own.close()
    own.save(b"too late")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_has_no_drawing(tmp_path: Path) -> None:
    own = Autosave(tmp_path / "none")
    assert own.recover() is None
    own.close()
    assert not (tmp_path / "none").exists()


def test_a_full_disk_is_an_error_and_the_last_drawing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be backed up"):
        Autosave(tmp_path / "file" / "autosave").save(b"")
    own = Autosave(tmp_path / "autosave")
    own.save(b"old")

    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StorageError, match="no room left"):
            own.save(b"new")
    assert [path.read_bytes() for path in (tmp_path / "autosave").glob("*.ink")] == [b"old"]
