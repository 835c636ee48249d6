"""A change of the language: every open window is built again and keeps its state."""

from typing import Any

import pytest

from app.ui.dialogs.settings import SettingsDialog
from app.ui.retrain import dialog as retrain_dialog
from app.ui.retrain.progress_window import TrainingWindow
from app.ui.samples.window import SamplesWindow
from tests.app.ui.conftest import Driver
from tests.app.ui.fake_training import COMPARED, RECIPES, FakeTrainingProcess
from tests.app.ui.reading import CHINESE, fill_menus, said, untranslated


@pytest.fixture(autouse=True)
def fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language has its characters, whatever fonts are installed."""
    monkeypatch.setattr("app.ui.theme.fonts.has_glyphs", lambda _root, _name: True)


def test_every_window_is_translated_and_back_again(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training_process.has_tensorflow", lambda: True)
    monkeypatch.setattr(retrain_dialog, "list_recipes", lambda: RECIPES)
    window = driver.window
    driver.seven()
    driver.settle()
    window.correction.label("1")
    driver.settle()
    window.features.show("samples")
    window.features.show("models")
    window.features.retrain.show()
    retrain = window.features.retrain
    driver.until(lambda: retrain.dialog is not None and retrain.dialog.is_ready)
    opened = [window.features.show(name) for name in ("settings", "guide", "about", "shortcuts")]
    driver.settle()
    fill_menus(driver)
    window.status.show("")
    english = said(driver.root)
    assert set(english) & untranslated() > {"Pen", "Guide", "My samples", "Models", "Retrain"}
    window.features.appearance.set_language(CHINESE)
    driver.settle()
    fill_menus(driver)
    chinese = said(driver.root)
    assert set(chinese) & untranslated() == set()
    assert len(chinese) == len(english) + 1  # the status
    assert all(dialog.top.winfo_exists() for dialog in opened)
    window.features.appearance.set_language("system")
    driver.settle()
    fill_menus(driver)
    window.status.show("")
    assert sorted(said(driver.root)) == sorted(english)


def test_the_settings_dialog_changes_it_and_stays_where_it_is(driver: Driver) -> None:
    dialog = driver.window.features.show("settings")
    assert isinstance(dialog, SettingsDialog)
    driver.root.update()
    top, position = dialog.top, dialog.top.geometry().partition("+")[2]
    dialog.language.set("简体中文")
    dialog.set_language()
    driver.settle()
    assert driver.window.features.show("settings") is dialog
    assert dialog.top is top and top.title() == "设置"
    assert top.geometry().partition("+")[2] == position
    assert dialog.language.get() == "简体中文"
    dialog.language.set("English")
    dialog.set_language()
    assert top.title() == "Settings"


def test_the_samples_window_keeps_its_selection(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.correction.label("7")
    driver.settle()
    samples = driver.window.features.show("samples")
    assert isinstance(samples, SamplesWindow)
    driver.settle()
    samples.grid.select_all()
    selected = samples.grid.selected
    driver.window.features.appearance.set_language(CHINESE)
    driver.settle()
    assert samples.grid.selected == selected and len(selected) == 1
    assert "已选 1 个" in samples.status.text
    samples.delete()
    driver.until(lambda: "还没有样本" in samples.grid.empty_text)


def test_a_training_goes_on_and_is_shown_in_the_other_language(driver: Driver) -> None:
    process: Any = FakeTrainingProcess([])
    decided: list[str] = []
    window = TrainingWindow(
        driver.root,
        driver.window.theme,
        process=process,
        ended=lambda _finished: None,
        decided=decided.append,
        draw_samples=lambda _names, _show: None,
        again=lambda: None,
        choose_data=lambda _window: None,
    )
    driver.window.features.retrain.training = window
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    process.pending += [
        {"event": "run_started", "recipe": "own-hand", "parameters": 1000, "epochs": 2},
        {"event": "epoch", "epoch": 1, **epoch},
        {"event": "batch", "epoch": 2, "batch": 5, "batches": 10, "seconds_left": 20, **epoch},
    ]
    driver.until(lambda: "Epoch 2 of 2" in window.status)
    points = {name: list(line) for name, line in window.state.points.items()}
    driver.window.features.appearance.set_language(CHINESE)
    assert window.is_running and not process.cancelled
    assert window.status == "第 2 轮，共 2 轮   剩余 20 秒"
    assert window.log.splitlines() == [
        "own-hand：1,000 个参数，2 轮。",
        "第 1 轮：验证准确率 95.00%，损失 0.2000。",
    ]
    assert window.state.points == points and window.top.title() == "训练"
    process.pending += [{"event": "epoch", "epoch": 2, **epoch}, COMPARED]
    process.status = 0
    driver.until(lambda: "新模型更好" in window.status)
    driver.window.features.appearance.set_language("en")
    assert window.status == "The new model is better. Use it?"
    assert {"Use New Model", "Keep Without Using", "Discard"} <= set(said(driver.root))
    window.decide("keep")
    assert decided == ["keep"]
