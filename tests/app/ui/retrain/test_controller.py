"""Retraining from the menu: dialog, live curves, cancelling, crashes, comparison, decision."""

from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import Any

import pytest

from app.errors import InklingError
from app.recognition.model_store import SHIPPED, ModelStore
from app.recognition.training_history import read_training_history
from app.ui.answer.formatting import duration
from app.ui.main_window import MainWindow
from app.ui.retrain import dialog as retrain_dialog
from app.ui.retrain.dialog import Choice, RetrainDialog
from app.ui.retrain.progress_window import Decision, TrainingWindow
from tests.app.ui.conftest import Driver
from tests.app.ui.fake_training import COMPARED, RECIPES, FakeTrainingProcess


@pytest.fixture
def driver(open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(retrain_dialog, "list_recipes", lambda: RECIPES)
    monkeypatch.setattr("app.training_process.TrainingProcess", FakeTrainingProcess)
    FakeTrainingProcess.made.clear()
    driver = open_window()
    driver.settle()
    return driver


def dialog(driver: Driver) -> RetrainDialog:
    driver.key("<Control-t>")
    driver.until(lambda: driver.window.features.retrain.dialog is not None)
    found = driver.window.features.retrain.dialog
    assert found is not None
    driver.until(lambda: found.is_ready)
    return found


def training(driver: Driver) -> tuple[TrainingWindow, FakeTrainingProcess]:
    dialog(driver).train()
    window = driver.window.features.retrain.training
    assert window is not None
    return window, FakeTrainingProcess.made[-1]


def runs(window: MainWindow) -> list[Path]:
    return list((window.folders.data / "runs").glob("*"))


def test_the_dialog_lists_the_recipes_and_checks_the_choice(driver: Driver) -> None:
    asked = dialog(driver)
    assert asked.recipe.get() == "inkling"  # there are no samples yet
    assert asked.choice == Choice("inkling", ("mnist", "pen"), "scratch", 30)
    asked.epochs.set("many")
    assert asked.choice is None and "number" in asked.problem
    asked.epochs.set("3")
    for wanted in asked.data.values():
        wanted.set(False)
    assert asked.choice is None and "at least one" in asked.problem
    asked.data["samples"].set(True)
    assert asked.choice is None and "no samples yet" in asked.problem
    asked.train()
    assert not FakeTrainingProcess.made


def test_with_samples_their_recipe_comes_first(driver: Driver) -> None:
    driver.seven()
    driver.key("<Key-1>")
    driver.settle()
    choice = dialog(driver).choice
    assert choice == Choice("own-hand", ("mnist", "pen", "samples"), "shipped", 5)
    assert choice is not None and "mnist,pen,samples" in choice.arguments


def test_a_failure_to_list_the_recipes_is_shown(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Any:
        raise InklingError("Training cannot be started: no such file")

    monkeypatch.setattr(retrain_dialog, "list_recipes", fail)
    driver.key("<Control-t>")
    driver.until(lambda: driver.window.features.retrain.dialog is not None)
    asked = driver.window.features.retrain.dialog
    assert asked is not None
    driver.until(lambda: "cannot be started" in asked.problem)
    asked.train()
    assert not FakeTrainingProcess.made


def test_without_tensorflow_it_shows_how_to_get_it(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training_process.has_tensorflow", lambda: False)
    driver.key("<Control-t>")
    assert "full edition" in driver.window.status.text


def test_it_shows_progress_and_curves_while_the_canvas_stays_live(driver: Driver) -> None:
    window, trainer = training(driver)
    assert "--against" in trainer.arguments and trainer.folder.is_dir()
    trainer.pending += [
        {"event": "download", "file": "mnist.npz", "done": 5, "total": 10},
        {"event": "run_started", "recipe": "inkling", "parameters": 1234, "epochs": 2},
        {"event": "a later version's", "value": 1},
        {
            "event": "batch",
            "epoch": 1,
            "batch": 5,
            "batches": 10,
            "loss": 0.5,
            "accuracy": 0.8,
            "seconds_left": 125.0,
        },
    ]
    driver.until(lambda: "Epoch 1 of 2" in window.status)
    assert "2 minutes left" in window.status
    driver.seven()
    driver.settle()
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.text == "7"
    )
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    trainer.pending.append({"event": "epoch", "epoch": 1, **epoch})
    driver.until(lambda: "95.00 %" in window.log)
    assert len(window.curves.accuracy.find_all()) > 10
    driver.window.features.appearance.set_theme("dark")
    driver.window.features.retrain.show()  # brings it to the front
    assert len(FakeTrainingProcess.made) == 1
    window.cancel()
    driver.until(lambda: not window.is_running)


@pytest.mark.parametrize("name", ["close", "cancel", "poll", "end", "of a later version"])
def test_an_event_of_another_name_is_ignored(driver: Driver, name: str) -> None:
    window, trainer = training(driver)
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    trainer.pending += [{"event": name}, {"event": "epoch", "epoch": 1, **epoch}]
    driver.until(lambda: "95.00 %" in window.log)
    assert window.exists and window.is_running and not trainer.cancelled
    window.cancel()
    driver.until(lambda: not window.is_running)


def test_a_failure_after_the_comparison_is_shown(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish(COMPARED, {"event": "failed", "error": "No room on the disk."}, status=1)
    driver.until(lambda: not window.is_running)
    assert window.comparison is None and "No room on the disk." in window.log
    assert window._log.winfo_ismapped()
    window.close()
    driver.settle()
    assert len(ModelStore(driver.window.folders.models).all()) == 1


def test_a_second_request_brings_the_dialog_to_the_front(driver: Driver) -> None:
    asked = dialog(driver)
    driver.window.features.retrain.show()
    driver.settle()
    assert driver.window.features.retrain.dialog is asked


def test_cancel_leaves_nothing_behind(driver: Driver) -> None:
    window, trainer = training(driver)
    window.cancel()
    driver.until(lambda: not window.is_running)
    assert trainer.cancelled and runs(driver.window) == []
    assert not window.top.winfo_exists()


def test_a_crash_shows_its_last_lines_and_what_to_do(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.last_lines, trainer.status = "Killed by the kernel", -9
    driver.until(lambda: not window.is_running)
    assert "failed" in window.status
    assert "Killed by the kernel" in window.log and "memory" in window.log
    assert runs(driver.window) == []
    window.ask_cancel()
    assert not window.top.winfo_exists()


def test_an_expected_failure_is_shown_in_its_own_words(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish({"event": "failed", "error": "No room on the disk."}, status=1)
    driver.until(lambda: not window.is_running)
    assert "No room on the disk." in window.log and "memory" not in window.log


FAILED_DOWNLOAD = {"event": "failed", "error": "MNIST could not be downloaded.", "download": True}


def buttons_of(window: TrainingWindow) -> dict[str, ttk.Button]:
    children = [one for one in window._buttons.winfo_children() if isinstance(one, ttk.Button)]
    return {str(child.cget("text")): child for child in children}


def test_a_failed_download_can_be_tried_again(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish(FAILED_DOWNLOAD, status=1)
    driver.until(lambda: not window.is_running)
    assert list(buttons_of(window)) == ["Choose a File…", "Try Again", "Close"]
    buttons_of(window)["Try Again"].invoke()
    assert not window.exists and len(FakeTrainingProcess.made) == 2
    same = [one for one in trainer.arguments if "retrain" not in one and "/" not in one]
    again = FakeTrainingProcess.made[1].arguments
    assert [one for one in again if "retrain" not in one and "/" not in one] == same


def test_data_that_cannot_be_downloaded_can_be_chosen(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[list[Path]] = []

    def take(paths: list[Path], _profile: Path | None, _progress: Any) -> None:
        imported.append(paths)
        if len(imported) == 1:
            raise InklingError("These files are none of the data sets.")

    monkeypatch.setattr("app.training_process.import_data", take)
    name = str(tmp_path / "mnist.npz")
    monkeypatch.setattr("tkinter.filedialog.askopenfilenames", lambda **_words: (name,))
    window, trainer = training(driver)
    trainer.finish(FAILED_DOWNLOAD, status=1)
    driver.until(lambda: not window.is_running)
    buttons_of(window)["Choose a File…"].invoke()
    driver.until(lambda: "none of the data sets" in window.log)
    buttons_of(window)["Choose a File…"].invoke()
    driver.until(lambda: len(FakeTrainingProcess.made) == 2)
    assert imported == [[Path(name)], [Path(name)]] and not window.exists


def test_return_closes_a_training_that_is_over(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish({"event": "failed", "error": "No room."}, status=1)
    driver.until(lambda: not window.is_running)
    assert list(buttons_of(window)) == ["Close"]
    window.top.focus_force()
    driver.root.update()
    window.top.event_generate("<Return>")
    assert not window.exists


def test_a_better_model_is_used_if_the_user_wants_and_the_old_one_stays(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish(COMPARED)
    driver.until(lambda: not window.is_running)
    assert "better" in window.status
    window.decide("use")
    driver.settle()
    assert window.exists and window.curves.winfo_ismapped() and window.comparison is None
    assert "is used from now on" in window.status
    window.show_curves(False)
    driver.root.update()
    assert window.comparison is not None and not window.curves.winfo_ismapped()
    window.close()
    models = ModelStore(driver.window.folders.models)
    history = models.active().history
    assert history is not None and read_training_history(history)["val_loss"][-1] == (2, 0.1)
    assert models.active().name.startswith("inkling 2")  # no sample of the user's was in it
    assert SHIPPED in [model.name for model in models.all()]
    assert "is now active" in driver.window.status.text and runs(driver.window) == []
    driver.seven()
    driver.settle()
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.text == "7"
    )


@pytest.mark.parametrize(("decision", "kept"), [("keep", 2), ("discard", 1)])
def test_a_model_can_be_kept_or_discarded(driver: Driver, decision: Decision, kept: int) -> None:
    window, trainer = training(driver)
    trainer.finish(COMPARED)
    driver.until(lambda: not window.is_running)
    window.decide(decision)
    driver.settle()
    models = ModelStore(driver.window.folders.models)
    assert models.active().is_shipped and len(models.all()) == kept
    assert runs(driver.window) == []


def test_the_comparison_shows_the_drawings_that_changed(driver: Driver, samples: Path) -> None:
    driver.seven()
    driver.key("<Key-4>")
    driver.settle()
    (name,) = [path.name for path in samples.glob("*.ink")]
    window, trainer = training(driver)
    trainer.finish({**COMPARED, "changed": [{"name": name, "label": 4, "before": 9, "after": 4}]})
    driver.until(lambda: not window.is_running)
    driver.settle()
    assert window.comparison is not None
    labels = [
        str(label.cget("text"))
        for strip in window.comparison.winfo_children()
        for label in strip.winfo_children()
        if isinstance(label, ttk.Label)
    ]
    assert "9 → 4" in labels and len(window.comparison._pictures) == 1
    window.decide("use")
    driver.settle()
    assert ModelStore(driver.window.folders.models).active().name.startswith("My handwriting ")


def test_a_model_that_does_not_pass_cannot_be_used(driver: Driver) -> None:
    window, trainer = training(driver)
    trainer.finish({**COMPARED, "passes": False, "reasons": ["It is not better."]})
    driver.until(lambda: not window.is_running)
    assert "was not activated" in window.status
    assert window.comparison is not None and window.comparison.reasons == ["It is not better."]
    buttons = [str(child.cget("text")) for child in window._buttons.winfo_children()]
    assert "Use New Model" not in buttons and "Keep Without Using" in buttons
    window.ask_cancel()  # closing discards it
    driver.settle()
    assert len(ModelStore(driver.window.folders.models).all()) == 1


def test_closing_the_program_asks_first(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    _window, trainer = training(driver)
    answers = iter([None, "end"])
    monkeypatch.setattr("app.ui.retrain.controller.choose", lambda *_asked, **_words: next(answers))
    driver.window.features.ask_close()
    assert not trainer.cancelled
    folder = trainer.folder
    driver.window.features.ask_close()
    assert trainer.cancelled and not folder.exists()


@pytest.mark.parametrize("how", ["the window", "the program"])
def test_a_better_model_without_a_decision_is_kept(driver: Driver, how: str) -> None:
    window, trainer = training(driver)
    trainer.finish(COMPARED)
    driver.until(lambda: not window.is_running)
    folders = driver.window.folders
    if how == "the window":
        window.ask_cancel()
        driver.settle()
    else:
        driver.window.close()
    models = ModelStore(folders.models)
    assert models.active().is_shipped and len(models.all()) == 2
    assert list((folders.data / "runs").glob("*")) == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "10 seconds"), (44, "40 seconds"), (125, "2 minutes"), (7_300, "2 h 2 min")],
)
def test_durations_are_rounded_to_few_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said
