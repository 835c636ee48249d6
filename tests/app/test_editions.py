"""What a program says of itself, its own test, and standard streams that are missing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import training_process
from app.__main__ import main
from app.cli import self_test
from app.edition import SOURCE, about, edition
from app.errors import InklingError
from app.resources import system_environment
from app.training_process import AS_TRAINING, training_command

ROOT = Path(__file__).parents[2]
SEVEN = '{"id": 1, "strokes": [[[0, 0], [60, 0], [25, 100]]]}\n'


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that PyInstaller built, as far as the code can tell."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("app.edition.bundled", lambda name: tmp_path / name)
    (tmp_path / "edition.json").write_text('{"edition": "lite", "version": "9.9"}')
    return tmp_path


def test_source_says_that_it_is_source() -> None:
    assert edition().name == SOURCE
    assert "source edition; model Inkling" in about()


@pytest.mark.usefixtures("built")
def test_a_built_program_says_what_it_is() -> None:
    assert (edition().name, edition().version) == ("lite", "9.9")
    assert about().startswith("inkling 9.9, lite edition; model ")


@pytest.mark.usefixtures("built")
def test_a_built_program_starts_itself_to_train() -> None:
    assert training_command(["train", "x"]) == [sys.executable, AS_TRAINING, "train", "x"]


@pytest.mark.usefixtures("built")
def test_programs_of_the_system_do_not_get_a_built_programs_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/here/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    environment = system_environment()
    assert environment["LD_LIBRARY_PATH"] == "/mine"
    assert "LD_LIBRARY_PATH_ORIG" not in environment
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    assert "LD_LIBRARY_PATH" not in system_environment()


def test_the_first_word_makes_a_program_the_training(monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert "take the full edition" in capsys.readouterr().err


def test_its_own_test_reports_every_part(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> dict[str, Any]:
        raise InklingError("It is broken.")

    def absent() -> dict[str, Any]:
        raise self_test.SkippedError("There is none.")

    monkeypatch.setattr(self_test, "_check_store", lambda _folder: broken())
    monkeypatch.setattr(self_test, "_check_window", lambda _profile: absent())
    monkeypatch.setattr(self_test, "_check_training", lambda _kind: {"batches": 2})
    assert main(["--self-test"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    checks = {check["name"]: check for check in report["checks"]}
    assert [name for name, check in checks.items() if check["ok"] is True] == [
        "model",
        "raster",
        "recogniser",
        "training",
    ]
    assert checks["store"]["error"] == "It is broken."
    assert checks["window"]["ok"] is None
    assert checks["window"]["skipped"] == "There is none."


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes descriptors")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_missing_stream_is_no_trouble(tmp_path: Path, closed: str) -> None:
    (tmp_path / "lines").write_text(SEVEN)
    words = "recognise - < lines" if closed == ">&-" else "--version"
    command = f'exec "$0" -m app {words} {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
