"""Processes of the training package: how they are started, and that they end with the program."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app import training_process
from app.__main__ import main
from app.errors import InklingError
from app.training_process import (
    AS_TRAINING,
    last_error_line,
    training_command,
    training_environment,
    training_output,
)

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30


def test_a_built_program_starts_itself_to_train(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert training_command(["train", "x"]) == [sys.executable, AS_TRAINING, "train", "x"]


def test_a_first_argument_makes_a_built_program_the_training_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[tuple[str, list[str]]] = []

    def run_module(name: str, **_more: Any) -> None:
        ran.append((name, sys.argv[1:]))
        raise SystemExit(3)

    monkeypatch.setattr(sys, "argv", ["inkling"])
    monkeypatch.setattr("runpy.run_module", run_module)
    assert main([AS_TRAINING, "train", "x"]) == 3
    assert ran == [("training", ["train", "x"])]


def test_an_edition_without_training_says_which_one_has_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(training_process, "find_spec", lambda _name: None)
    assert main([AS_TRAINING, "train", "x"]) == 1
    assert "use the full edition" in capsys.readouterr().err


def test_a_training_folder_in_the_working_directory_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "__main__.py").write_text("print('another program')")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "app", "train", "none"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "There is no recipe none" in done.stderr


def test_the_error_of_a_failed_process_is_its_last_line() -> None:
    assert last_error_line("INFO: noise\ninkling: There is no recipe none.\n", 1) == (
        "There is no recipe none."
    )
    assert last_error_line("", -9) == "exit status -9"
    with pytest.raises(InklingError, match="There is no recipe none"):
        training_output(["train", "none"])


_CONVERTS = """
import sys
from pathlib import Path
import app.training_process

folder = Path(sys.argv[1])
app.training_process.training_command = lambda _words: [sys.executable, "-c", (
    "import sys; from pathlib import Path; folder = Path(sys.argv[1]); "
    "(folder / 'started').touch(); sys.stdin.read(); (folder / 'ended').touch()"
), str(folder)]
app.training_process.convert_keras(
    folder / "elsewhere.keras", folder, None, lambda *_words: None
)
"""
"""A program that converts a model, in a process that only waits for its standard input to close."""


def test_a_conversion_ends_when_the_program_was_killed(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _CONVERTS, str(tmp_path)], env=training_environment()
    )
    wait_for(tmp_path / "started")
    time.sleep(0.3)
    assert not (tmp_path / "ended").exists()
    program.kill()
    program.wait()
    wait_for(tmp_path / "ended")


def wait_for(path: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while not path.exists():
        assert time.monotonic() < end, f"no {path.name}"
        time.sleep(0.02)


def test_on_windows_a_training_ends_with_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'import sys; sys.stdin.read(); print(\'{"event": "failed"}\')'
    monkeypatch.setattr(
        training_process, "training_command", lambda _w: [sys.executable, "-c", code]
    )
    monkeypatch.setattr(training_process, "_TERMINATE_S", PATIENCE_S)
    monkeypatch.setattr(sys, "platform", "win32")
    process = training_process.TrainingProcess([])
    process.end()
    while process.status is None:
        time.sleep(0.01)
    assert process.status == 0
    assert process.events() == [{"event": "failed"}]
