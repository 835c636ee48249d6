"""A retraining's folder: removed once its program has ended, kept while it runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.storage.run_folder import RetrainingFolder

_CRASHING = """
import os, sys
from pathlib import Path
from app.storage.run_folder import RetrainingFolder
folder = RetrainingFolder(Path(sys.argv[1]))
(folder.path / "last.keras").write_text("half")
print(folder.path, flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_removed_folder_leaves_nothing(tmp_path: Path) -> None:
    folder = RetrainingFolder(tmp_path / "runs")
    (folder.path / "best.keras").write_text("something")
    folder.remove()
    assert list((tmp_path / "runs").iterdir()) == []


def test_the_next_run_removes_a_killed_programs_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CRASHING, str(tmp_path)], capture_output=True, text=True
    )
    left = Path(done.stdout.strip())
    assert (left / "last.keras").exists()
    folder = RetrainingFolder(tmp_path)
    assert not left.exists()
    assert folder.path.is_dir()


def test_another_running_programs_folder_stays(tmp_path: Path) -> None:
    other = RetrainingFolder(tmp_path)
    mine = RetrainingFolder(tmp_path)
    assert other.path.is_dir()
    assert mine.path != other.path


def test_other_folders_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "inkling").mkdir()
    RetrainingFolder(tmp_path).remove()
    assert (tmp_path / "inkling").is_dir()


def test_a_folder_with_an_open_file_goes_at_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = RetrainingFolder(tmp_path)
    with monkeypatch.context() as windows:
        windows.setattr(shutil, "rmtree", lambda _folder, **_options: None)
        folder.remove()
    assert folder.path.is_dir()
    RetrainingFolder(tmp_path).remove()
    assert not list(tmp_path.iterdir())
