"""Training as a process: its events and its ends (Ctrl+C, kill -9, a dying parent, a full disk)."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from app.errors import StorageError
from app.resources import shipped_model
from app.training_process import training_command, training_environment
from app.ui.retrain.training_state import TrainingState
from tests.training.made_up import corpus_of_images, tiny_mlp
from training.cli.events import EVENTS, JsonLines, Terminal
from training.cli.process import training_events
from training.fitting.callbacks import BestCheckpoint
from training.fitting.device import DeviceError, use_device
from training.fitting.run import Options, fit, fit_only
from training.fitting.run_folder import read_history

WORDS = ["mlp-512-dropout", "--epochs", "3", "--width", "0.1", "--batch", "256"]
WORDS += ["--fit-only", "--device", "cpu"]


def started(folder: Path, *more: str) -> "subprocess.Popen[str]":
    # What a shell starts in the background ignores Ctrl+C, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            training_command(["train", *WORDS, "--out", str(folder), "--events", *more]),
            env=training_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def events_of(process: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    return map(json.loads, process.stdout)


@pytest.mark.usefixtures("data_folder")
def test_killed_in_the_second_epoch_and_resumed(tmp_path: Path) -> None:
    process = started(tmp_path)
    for event in events_of(process):
        if event["event"] == "batch" and event["epoch"] == 2:
            break
    process.kill()
    process.communicate()
    resumed = started(tmp_path, "--resume")
    received = list(events_of(resumed))
    out, err = resumed.communicate()
    assert resumed.returncode == 0, (out, err)
    assert received[0]["event"] == "run_started" and received[0]["first_epoch"] == 2
    assert received[0]["overrides"] == {"epochs": 3, "width": 0.1, "batch": 256}
    epochs = [event for event in received if event["event"] == "epoch"]
    assert [event["epoch"] for event in epochs] == [2, 3]
    assert all(0 < event["val_accuracy"] <= 1 for event in epochs)
    assert received[-1]["event"] == "finished"
    assert [row["epoch"] for row in read_history(tmp_path / "history.csv")] == [1, 2, 3]
    assert {path.name for path in tmp_path.iterdir()} == {
        "recipe.json",
        "summary.txt",
        "history.csv",
        "best.keras",
        "last.keras",
        "curves.png",
        ".lock",
    }


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "parent"])
def test_when_stopped_it_names_the_way_to_continue(how: str, tmp_path: Path) -> None:
    process = started(tmp_path, *(["--with-parent"] if how == "parent" else []))
    received = []
    for event in events_of(process):
        received.append(event)
        if event["event"] == "batch" and len(received) == 2:
            if how == "parent":
                assert process.stdin is not None
                process.stdin.close()
            else:
                process.send_signal(getattr(signal, how))
    assert process.wait() == 130
    assert process.stderr is not None
    assert "--resume" in process.stderr.read()
    assert received[-1]["event"] == "failed" and received[-1]["stopped"]
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def test_a_conversion_ends_with_its_parent(tmp_path: Path) -> None:
    model = shipped_model().with_suffix(".keras")
    process = subprocess.Popen(
        training_command(["convert", str(model), "--out", str(tmp_path), "--with-parent"]),
        env=training_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _out, err = process.communicate()  # which closes its standard input
    assert process.returncode == 130 and "Stopped." in err
    assert not (tmp_path / "digits.json").exists()


@pytest.mark.usefixtures("data_folder")
def test_a_failure_is_an_event_and_a_sentence(tmp_path: Path) -> None:
    with training_events(["mlp-512-dropout", "--out", str(tmp_path), "--batch", "0"]) as events:
        (failed,) = list(events)
    assert failed["event"] == "failed" and "batch" in failed["error"] and not failed["stopped"]


@pytest.mark.usefixtures("data_folder")
def test_with_its_parent_alive_it_ends_well(tmp_path: Path) -> None:
    process = started(tmp_path, "--with-parent", "--resume", "--epochs", "1")
    last = list(events_of(process))[-1]
    assert process.wait() == 0  # while its standard input is still open
    assert last["event"] == "finished" and last["metrics"] == {}
    process.communicate()


def test_a_reader_that_leaves_early_is_no_error() -> None:
    shell = f"{' '.join(training_command(['train', '--list']))} | head -c 1"
    done = subprocess.run(
        shell, shell=True, env=training_environment(), capture_output=True, text=True
    )
    assert done.stdout == "r" and "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["gpu:99", "tpu", "auto:1", "gpu:x"])
def test_a_missing_device_is_an_error(name: str) -> None:
    with pytest.raises(DeviceError, match=name):
        use_device(name)


def test_the_window_reads_events_that_there_are() -> None:
    assert set(TrainingState()._handlers) <= set(EVENTS)


def test_what_is_no_number_is_null_in_json() -> None:
    stream = io.StringIO()
    JsonLines(stream)("epoch", epoch=1, loss=float("nan"))
    assert json.loads(stream.getvalue()) == {"event": "epoch", "epoch": 1, "loss": None}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for two checkpoints of the tiny network and not for three."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1200k", "none", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_the_run_and_keeps_the_best(small_disk: Path) -> None:
    with pytest.raises(StorageError, match="no room left on the disk"):
        fit(tiny_mlp(), corpus_of_images(), small_disk, Options())
    assert not list(small_disk.glob(".inkling*"))
    kept = keras.models.load_model(small_disk / "best.keras")
    assert kept.predict(np.zeros((1, 28, 28, 1)), verbose=0).shape == (1, 10)
    assert [row["epoch"] for row in read_history(small_disk / "history.csv")] == [1]


def test_a_folder_without_permission_is_an_error_before_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match="--out"):
        fit_only(tiny_mlp(), corpus_of_images, tmp_path / "closed", Options())


def test_a_checkpoint_that_cannot_be_written_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(BestCheckpoint, "_save_model", refuse, raising=False)
    monkeypatch.setattr(keras.Model, "save", refuse)
    with pytest.raises(StorageError, match="no permission to write"):
        fit(tiny_mlp(), corpus_of_images(), tmp_path, Options())


def test_tensorboard_logs_are_written_on_request(tmp_path: Path) -> None:
    fit(tiny_mlp(), corpus_of_images(), tmp_path, Options(tensorboard=True))
    assert list((tmp_path / "tensorboard").rglob("events.out.tfevents.*"))


def test_events_are_json_lines_and_the_terminal_has_sentences(tmp_path: Path) -> None:
    lines, terminal = io.StringIO(), io.StringIO()
    tell, show = JsonLines(lines), Terminal(terminal)

    def both(event: str, **values: Any) -> None:
        tell(event, **values)
        show(event, **values)

    fit(tiny_mlp(), corpus_of_images(), tmp_path, Options(events=both))
    both("finished", folder="runs/x", seconds=3.0, best_val_loss=0.1, metrics={"a_b": 0.5})
    both("failed", error="no", stopped=False, diverged=False, download=False)
    events = [json.loads(line) for line in lines.getvalue().splitlines()]
    names = [event["event"] for event in events]
    assert all(set(EVENTS[event["event"]].split()) <= set(event) for event in events)
    assert names[0] == "run_started" and names[-2:] == ["finished", "failed"]
    assert names.count("epoch") == 3 and "checkpoint_saved" in names
    output = terminal.getvalue()
    assert "epoch 3 of 3" in output and "a b: 0.5000" in output and "runs/x" in output


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_the_end_of_the_input_interrupts(system: str) -> None:
    code = f"""
import sys, time
from training.cli.process import end_on_request
sys.platform = {system!r}
try:
    end_on_request(with_parent=True)
    while True:
        time.sleep(0.01)
except KeyboardInterrupt:
    print("interrupted")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.stdout == "interrupted\n", done.stderr
