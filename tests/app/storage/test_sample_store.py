"""The sample store: no confirmed sample is ever lost, even under kill -9."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import StorageError
from app.storage.sample_store import SampleStore

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_missing_folder_has_no_samples(tmp_path: Path) -> None:
    assert SampleStore(tmp_path / "none").names() == []


def test_samples_come_back_oldest_first(tmp_path: Path) -> None:
    folder = SampleStore(tmp_path / "new" / "samples")
    late = folder.add(b"late", NOW + timedelta(microseconds=5))
    early = folder.add(b"early", NOW)
    assert folder.names() == [early, late]
    assert [folder.read(name) for name in folder.names()] == [b"early", b"late"]
    folder.write(early, b"changed")
    assert folder.read(early) == b"changed"
    folder.remove(early)
    folder.remove(early)
    assert folder.names() == [late]
    folder.write(early, b"back")
    assert folder.names() == [early, late]


def test_two_samples_of_one_moment_are_two(tmp_path: Path) -> None:
    folder = SampleStore(tmp_path)
    assert folder.add(b"a", NOW) != folder.add(b"b", NOW)
    assert len(folder.names()) == 2


def test_a_sample_set_aside_is_kept_but_not_listed(tmp_path: Path) -> None:
    folder = SampleStore(tmp_path)
    name = folder.add(b"{", NOW)
    folder.set_aside(name)
    assert folder.names() == []
    assert (tmp_path / f"{name}.damaged").read_bytes() == b"{"


def test_failures_are_storage_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be created"):
        SampleStore(tmp_path / "file").add(b"", NOW)
    with pytest.raises(StorageError, match="cannot be read"):
        SampleStore(tmp_path).read("none.ink")


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.storage.sample_store import SampleStore
folder = SampleStore(Path(sys.argv[1]))
for number in range(10_000):
    name = folder.add(f"{number} {'x' * 3000} end".encode(), datetime.now(UTC))
    print(name, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_no_confirmed_sample_is_lost_under_kill_9(tmp_path: Path) -> None:
    rng = random.Random(1)
    confirmed = 0
    for number in range(12):
        folder = tmp_path / str(number)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(rng.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout.readlines()]
        writer.wait()
        names = [line.strip() for line in lines if line.endswith("\n")]
        samples = SampleStore(folder)
        assert set(names) <= set(samples.names())
        for name in samples.names():
            assert samples.read(name).endswith(b" end")
        confirmed += len(names)
    assert confirmed >= 12
