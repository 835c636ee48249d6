"""Two workers share a study in a real PostgreSQL server, and one of them is killed."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import optuna
import psycopg
import pytest
from optuna.trial import TrialState

from app.training_process import training_command, training_environment
from training.recipes.catalogue import MLP_512_DROPOUT
from training.recipes.recipe import as_values, overridden
from training.search.studies import open_study, original_number

RECIPE = as_values(MLP_512_DROPOUT)


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of a server of our own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("install Debian's postgresql, or have initdb on the path")
    binaries, folder = Path(initdb).parent, tmp_path_factory.mktemp("postgresql")
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres"
        shutil.chown(folder, user)
        for parent in folder.parents:  # which pytest has closed to others
            if parent == Path(tempfile.gettempdir()):
                break
            parent.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [str(binaries / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8"]
    subprocess.run(run, check=True, capture_output=True, user=user, cwd="/")
    options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1"]
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(folder / "data"), *options],
        user=user,
        cwd="/",
        stderr=subprocess.DEVNULL,
    )
    address = f"postgresql://{user or getpass.getuser()}@127.0.0.1:{port}/postgres"
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ready, cwd="/").returncode:
        assert server.poll() is None, "the server has ended"
        time.sleep(0.1)
    yield address
    server.send_signal(signal.SIGINT)  # at once: SIGTERM waits for every client to leave
    server.wait()


def worker(address: str, folder: Path) -> "subprocess.Popen[str]":
    words = ["search", "mlp-512-dropout", "--epochs", "2", "--batch", "512", "--trials", "2"]
    words += ["--storage", address, "--out", str(folder)]
    return subprocess.Popen(
        training_command(words),
        env=training_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.usefixtures("data_folder")
def test_two_workers_share_a_study_in_postgresql_and_one_is_killed(
    postgresql: str, tmp_path: Path
) -> None:
    first, second = worker(postgresql, tmp_path), worker(postgresql, tmp_path)
    two_epochs = as_values(overridden(MLP_512_DROPOUT, {"epochs": 2, "batch": 512}))
    study = open_study("mlp-512-dropout", postgresql, tmp_path, two_epochs)
    while not any(trial.intermediate_values for trial in running(study, first.pid)):
        time.sleep(0.2)
        assert first.poll() is None
    first.kill()
    first.communicate()
    out, _err = second.communicate()
    assert second.returncode == 0, out
    trials = study.get_trials()
    done = [t for t in trials if t.state in (TrialState.COMPLETE, TrialState.PRUNED)]
    lost = [t for t in trials if t.state == TrialState.FAIL]
    assert len(done) == 2 and len(lost) == 1  # none lost, none twice
    again = [t for t in done if original_number(t) == lost[0].number]
    assert len(again) == 1 and again[0].params == lost[0].params
    assert len({original_number(trial) for trial in done}) == 2
    assert len({str(trial.params) for trial in done}) == 2
    assert (tmp_path / "mlp-512-dropout" / "study.png").stat().st_size > 10_000
    assert "inkling train mlp-512-dropout --epochs 2" in out


def test_workers_that_start_at_once_make_one_study(postgresql: str, tmp_path: Path) -> None:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    address = f"{postgresql.rpartition('/')[0]}/empty"
    together = threading.Barrier(3)

    def begin(_worker: int) -> str:
        together.wait()
        return open_study("s", address, tmp_path, RECIPE).study_name

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(begin, range(3))) == ["s"] * 3


def running(study: optuna.Study, pid: int) -> list[optuna.trial.FrozenTrial]:
    """Return the running trials of a worker."""
    trials = study.get_trials(deepcopy=False, states=(TrialState.RUNNING,))
    return [t for t in trials if t.user_attrs.get("worker", [None])[0] == pid]
