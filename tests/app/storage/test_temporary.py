"""What killed programs leave goes at the next start; what is stored is for the user alone."""

import json
import logging.handlers
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.__main__ import main
from app.storage.atomic_write import temporary_path, write_atomically
from app.storage.autosave_store import Autosave
from app.storage.log import LOG, log_path, start_log
from app.storage.paths import make_private, user_folders
from app.storage.sample_store import SampleStore
from app.storage.settings import Settings
from app.storage.settings_store import SettingsStore
from app.storage.temporary import remove_leftovers, temporary_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and signals are POSIX' own")


@pytest.fixture
def ended() -> int:
    """The number of a process that runs no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture(autouse=True)
def others_may_read() -> Iterator[None]:
    """Set the usual umask, under which new files are readable by everybody."""
    former = os.umask(0o022)
    yield
    os.umask(former)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_only_leftovers_of_ended_programs_are_removed(tmp_path: Path, ended: int) -> None:
    (tmp_path / f".inkling-{ended}-x.tmp.ink").write_bytes(b"half")
    folder = tmp_path / f".inkling-{ended}-folder"
    folder.mkdir()
    (folder / "digits.tflite").write_bytes(b"half")
    (tmp_path / f".inkling-{10**30}-x").write_bytes(b"")
    mine, other = temporary_path(tmp_path / "a.ink"), tmp_path / f".inkling-{os.getppid()}-x.tmp"
    for path in (mine, other, tmp_path / ".hidden", tmp_path / "sample.ink"):
        path.write_bytes(b"")
    remove_leftovers([tmp_path, tmp_path / "missing", tmp_path / "sample.ink"])
    assert set(tmp_path.iterdir()) == {
        *(mine, other, tmp_path / ".hidden", tmp_path / "sample.ink"),
    }


@pytest.mark.parametrize("words", [["recognise", "no.ink"], ["models"]])
def test_the_next_start_removes_them(tmp_path: Path, ended: int, words: list[str]) -> None:
    folders = [tmp_path / "models"]
    if words[0] == "recognise":
        folders += [tmp_path, tmp_path / "samples", tmp_path / "autosave"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
        (folder / f".inkling-{ended}-x.tmp.ink").write_bytes(b"")
    main([*words, "--profile", str(tmp_path)])
    assert not list(tmp_path.rglob(".inkling-*"))


def test_what_is_stored_is_for_the_user_alone(tmp_path: Path) -> None:
    folders = user_folders(tmp_path / "new" / "profile")
    name = SampleStore(folders.samples).add(b"{}", datetime(2026, 1, 1))
    settings = SettingsStore(folders.data / "settings.json")
    settings.write(Settings())
    autosave = Autosave(folders.autosave)
    autosave.save(b"{}")
    start_log(folders.log)
    handler = LOG.handlers[-1]
    try:
        files = [folders.samples / name, settings.path, log_path(folders.log)]
        files += folders.autosave.iterdir()
        assert len(files) == 5 and {mode(path) for path in files} == {0o600}
        private = [folders.data.parent, folders.data, folders.samples, folders.autosave]
        assert {mode(path) for path in (*private, folders.log)} == {0o700}
        assert isinstance(handler, logging.handlers.RotatingFileHandler)
        handler.doRollover()
        assert {mode(path) for path in folders.log.iterdir()} == {0o600}
        assert len(list(folders.log.iterdir())) == 2
    finally:
        LOG.removeHandler(handler)
        handler.close()
        autosave.close()


def test_a_stored_file_that_others_could_read_is_private_once_written(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{}")
    SettingsStore(tmp_path / "settings.json").write(Settings())
    assert mode(tmp_path / "settings.json") == 0o600


def test_what_the_user_saves_elsewhere_is_as_the_system_has_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "drawing.ink", b"")
    assert mode(tmp_path / "drawing.ink") == 0o644
    make_private(tmp_path)
    (tmp_path / "drawing.ink").chmod(0o640)
    write_atomically(tmp_path / "drawing.ink", b"more")
    assert mode(tmp_path / "drawing.ink") == 0o640


def test_a_temporary_folder_is_private_and_goes(tmp_path: Path) -> None:
    with temporary_folder(tmp_path) as folder:
        assert mode(folder) == 0o700 and folder.parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_a_lock_that_a_crash_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "drawing-0123.lock").write_bytes(b"")
    running = Autosave(tmp_path)
    running.save(b"{}")
    running.discard()
    assert Autosave(tmp_path).recover() is None
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
    running.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_teaching_without_a_profile_writes_nothing(tmp_path: Path, number: int) -> None:
    temporary, home = tmp_path / "tmp", tmp_path / "home"
    temporary.mkdir()
    home.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "app", "recognise", "-", "--teach", "--format", "json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary), "HOME": str(home)},
    )
    assert process.stdin is not None and process.stdout is not None
    line = {"strokes": [[[0, 0], [60, 0], [25, 100]]], "label": "4"}
    process.stdin.write(json.dumps(line).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["learnt"] is True
    process.send_signal(number)
    process.communicate()
    assert process.returncode == -number
    assert not list(temporary.iterdir()) and not list(home.rglob("*"))
