"""Standard streams that are missing, or lack a language's characters."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEVEN = '{"id": 1, "strokes": [[[0, 0], [60, 0], [25, 100]]]}\n'


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes descriptors")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_missing_streams_are_filled(tmp_path: Path, closed: str) -> None:
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("words", ["app models", "app --version", "training train --list"])
def test_output_that_cannot_be_written_is_one_sentence(words: str, buffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", *words.split()],
            env={**os.environ, "PYTHONUNBUFFERED": buffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "inkling: The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("encoding", "message"), [("utf-8", "没有这个文件"), ("cp1252", "There is no such file")]
)
def test_messages_are_in_a_language_that_the_terminal_can_write(
    encoding: str, message: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "recognise", "nowhere.png"],
        env={**os.environ, "LANGUAGE": "zh_CN", "PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        check=False,
    )
    assert message in done.stdout + done.stderr


@pytest.mark.parametrize(("system", "message"), [("win32", ""), ("linux", "cannot be written")])
def test_a_pipe_that_is_closed_is_no_error_on_windows(system: str, message: str) -> None:
    code = f"""
import errno, sys
from app.stdio import status_of
sys.platform = {system!r}
def write():
    raise OSError(errno.EINVAL, "Invalid argument")
sys.exit(status_of(write))
"""
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert message in done.stderr if message else done.stderr == ""
