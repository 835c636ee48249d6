"""Learning from end to end: correct by key, retrain, cancel, retrain, activate, roll back."""

import os
import signal
import subprocess
import sys
import time
import tkinter as tk
from pathlib import Path

import pytest

from app.recognition.model_store import SHIPPED, ModelStore
from app.ui.main_window import MainWindow
from app.ui.models.window import ModelsWindow
from app.ui.retrain.progress_window import TrainingWindow
from app.ui.startup import start_the_rest
from tests.app.ui.conftest import Driver
from training.data.library import Library
from training.data.pendigits import PENDIGITS, PenDigit

PATIENCE_S = 240.0


@pytest.fixture
def driver(root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The window as `inkling --profile DIR` opens it, with a profile whose name is not ASCII."""
    profile = tmp_path / "Profil für 数字"
    monkeypatch.setenv("INKLING_PROFILE", str(profile))
    window = MainWindow(root, profile)
    root.deiconify()
    root.update()
    report = root.report_callback_exception
    start_the_rest(window, profile)
    root.report_callback_exception = report  # the program's own would wait in a dialog
    driver = Driver(window)
    driver.until(lambda: window.recognition.is_ready)
    return driver


def draw(driver: Driver, digit: PenDigit) -> None:
    driver.key("<Escape>")
    zoom = driver.canvas.winfo_height() / 500
    for stroke in digit.strokes:
        driver.stroke([(point.x * zoom, point.y * zoom) for point in stroke.points])
    driver.settle()


def text(driver: Driver) -> str | None:
    prediction = driver.window.selection.prediction
    return None if prediction is None else prediction.text


def begin(driver: Driver) -> TrainingWindow:
    """Choose the user's own recipe, one epoch of it."""
    driver.key("<Control-t>")
    retrain = driver.window.features.retrain
    driver.until(lambda: retrain.dialog is not None)
    dialog = retrain.dialog
    assert dialog is not None
    driver.until(lambda: dialog.is_ready, PATIENCE_S)
    assert dialog.recipe.get() == "own-hand"
    dialog.epochs.set("1")
    dialog.data["mnist"].set(False)  # a third of the time
    dialog.train()
    training = retrain.training
    assert training is not None
    return training


def test_corrections_change_the_answers_at_once_and_then_by_retraining(
    driver: Driver, data_folder: Path
) -> None:
    digits = [d for d in Library(data_folder).load(PENDIGITS) if d.writer == 10][:12]
    # Two similar digits: the first is corrected to another label.
    one, like_it = [d for d in Library(data_folder).load(PENDIGITS) if d.label == 0][:2]
    draw(driver, one)
    assert text(driver) == "0"
    driver.key("<Key-6>")
    driver.settle()
    draw(driver, one)
    prediction = driver.window.selection.prediction
    assert prediction is not None and prediction.text == "6" and prediction.matches_samples
    driver.key("<BackSpace>")
    driver.settle()
    draw(driver, like_it)
    assert text(driver) == "0"
    for digit in digits:
        draw(driver, digit)
        driver.key(f"<Key-{digit.label}>")
    driver.settle()
    folders = driver.window.folders

    training = begin(driver)
    driver.until(lambda: "Epoch 1 of 1" in training.status, PATIENCE_S)
    draw(driver, one)  # the canvas is live
    training.cancel()
    driver.until(lambda: not training.is_running, 4.0)
    assert list((folders.runs).iterdir()) == []

    training = begin(driver)
    driver.until(lambda: not training.is_running, PATIENCE_S)
    assert training.comparison is not None, training.log
    models = ModelStore(folders.models)
    before = models.active().name
    # Twelve samples may or may not make the model better: it is kept, and activated by hand.
    training.decide("use" if training.comparison.passes else "keep")
    driver.settle()
    own = next(model.name for model in models.all() if model.name != SHIPPED)
    window = driver.window.features.show("models")
    driver.settle()
    assert isinstance(window, ModelsWindow)
    assert before == SHIPPED and set(window.models) == {SHIPPED, own}
    for name in (own, SHIPPED):  # use it, then roll back
        window.select(name)
        window.activate()
        driver.settle()
        assert models.active().name == name
        draw(driver, one)
        assert text(driver) == "0"
    assert list((folders.runs).iterdir()) == []
    driver.window.close()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_training_ends_when_the_program_that_started_it_ends(tmp_path: Path) -> None:
    starter = (
        "import sys, time; from app.training_process import TrainingProcess;"
        "t = TrainingProcess(['mlp-512-dropout', '--out', sys.argv[1]]);"
        "print(t._process.pid, flush=True); time.sleep(600)"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", starter, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    training = int(program.stdout.readline())
    time.sleep(1.0)
    program.send_signal(signal.SIGKILL)
    program.wait()
    end = time.monotonic() + 60
    while is_alive(training):
        assert time.monotonic() < end
        time.sleep(0.1)


def is_alive(process: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
