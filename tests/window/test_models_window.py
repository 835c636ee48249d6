"""Model → Choose…: cards, activate, compare on the drawing, rename, delete, import and export."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.recognition.models import SHIPPED, Models
from app.resources import shipped_model
from app.window.models_window import ModelsWindow
from tests.window.conftest import Driver


@pytest.fixture
def store(tmp_path: Path) -> Models:
    models = Models(tmp_path / "models")
    models.install(shipped_model(), "mine")
    return models


@pytest.fixture
def opened(
    store: Models, open_window: Callable[..., Driver], tmp_path: Path
) -> tuple[Driver, ModelsWindow]:
    assert store.folder.is_dir()
    driver = open_window()
    driver.window.profile = tmp_path
    driver.settle()
    driver.key("<Control-l>")
    driver.settle()
    window = driver.window.models
    assert window is not None
    return driver, window


def choose(driver: Driver, window: ModelsWindow, name: str) -> None:
    window.choose(name)
    driver.root.update()
    driver.settle()


def test_it_lists_the_models_with_their_cards(opened: tuple[Driver, ModelsWindow]) -> None:
    driver, window = opened
    assert window.names == [SHIPPED, "mine"]
    choose(driver, window, "mine")
    card = window._card.text
    assert "MNIST's test set: 99." in card and "SHA-256" in card and "Epochs: " in card
    assert "Draw something" in window.comparison


def test_two_models_answer_the_current_drawing(opened: tuple[Driver, ModelsWindow]) -> None:
    driver, window = opened
    driver.seven()
    driver.settle()
    choose(driver, window, "mine")
    assert window.comparison.count("says 7") == 2
    choose(driver, window, SHIPPED)
    assert window.comparison.count("says 7") == 1


def test_a_model_is_used_at_once_and_rolled_back(
    opened: tuple[Driver, ModelsWindow], store: Models
) -> None:
    driver, window = opened
    choose(driver, window, "mine")
    window.use()
    driver.settle()
    assert store.active().name == "mine" and "answers from now on" in window.status
    driver.seven()
    driver.settle()
    assert driver.window.prediction is not None and driver.window.prediction.text == "7"
    choose(driver, window, SHIPPED)
    window.use()
    driver.settle()
    assert store.active().is_shipped


def test_rename_and_delete(opened: tuple[Driver, ModelsWindow], store: Models) -> None:
    driver, window = opened
    choose(driver, window, "mine")
    window.use()
    driver.settle()
    choose(driver, window, "mine")
    window.rename("better")
    driver.settle()
    assert window.names == [SHIPPED, "better"] and store.active().name == "better"
    choose(driver, window, "better")
    window.delete()
    driver.settle()
    assert window.names == [SHIPPED] and store.active().is_shipped
    window.delete()
    driver.settle()
    assert "stays as it is" in window.status


def test_export_and_import(
    opened: tuple[Driver, ModelsWindow], store: Models, tmp_path: Path
) -> None:
    driver, window = opened
    choose(driver, window, "mine")
    window.export(tmp_path / "out.zip")
    driver.settle()
    window.take(tmp_path / "out.zip")
    driver.until(lambda: "Imported as out" in window.status)
    driver.settle()
    assert window.names == [SHIPPED, "mine", "out"] and store.named("out").keras is not None
    (tmp_path / "bad.zip").write_bytes(b"hello")
    window.take(tmp_path / "bad.zip")
    driver.until(lambda: "not an exported model" in window.status)
    assert len(window.names) == 3


def test_a_keras_model_from_elsewhere_is_converted(
    opened: tuple[Driver, ModelsWindow], tmp_path: Path, data_folder: Path
) -> None:
    assert data_folder.is_dir()
    driver, window = opened
    shutil.copy(shipped_model().with_suffix(".keras"), tmp_path / "elsewhere.keras")
    window.take(tmp_path / "elsewhere.keras")
    driver.until(lambda: "elsewhere" in window.names, patience=120)
    choose(driver, window, "elsewhere")
    assert "99." in window._card.text
