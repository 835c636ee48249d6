"""The log file: two programs on Windows, and closing it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import log
from app.storage.log import LOG, log_path, start_log, stop_log


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    stop_log()


def test_a_file_that_another_program_has_open_grows_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _target: str) -> None:
        raise PermissionError("another program has it open")

    monkeypatch.setattr(log, "_MAX_BYTES", 200)
    monkeypatch.setattr(Path, "replace", fail)
    start_log(tmp_path)
    for number in range(20):
        LOG.warning("warning %s of many", number)
    text = log_path(tmp_path).read_text("utf-8")
    assert all(f"warning {number} of many" in text for number in range(20))


def test_a_closed_log_has_no_file_open(tmp_path: Path) -> None:
    start_log(tmp_path)
    stop_log()
    assert LOG.handlers == []
    LOG.warning("to standard error")
    assert log_path(tmp_path).read_bytes() == b""
