"""Another language: every open window says everything anew, and is as it was."""

from typing import Any

import pytest

from app.ui.retrain import dialog as retrain_dialog
from app.ui.retrain.progress_window import TrainingWindow
from app.ui.theme import fonts as typefaces
from tests.app.ui.conftest import Driver
from tests.app.ui.fake_trainer import COMPARED, RECIPES, FakeTrainer
from tests.app.ui.reading import CHINESE, fill_menus, said, untranslated


@pytest.fixture(autouse=True)
def fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are glyphs, whatever fonts the machine of the test has."""
    monkeypatch.setattr(typefaces, "can_write", lambda _root, _name: True)


def test_every_window_says_everything_anew_and_back_again(
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
    driver.until(
        lambda: (
            window.features.retrain.dialog is not None and window.features.retrain.dialog.is_ready
        )
    )
    dialogs = window.dialogs
    opened = [dialogs.show_settings(), dialogs.show_guide(), dialogs.show_about()]
    opened.append(dialogs.show_shortcuts())
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
    assert len(chinese) == len(english) + 1  # what the status says
    assert all(dialog.top.winfo_exists() for dialog in opened)
    window.features.appearance.set_language("system")
    driver.settle()
    fill_menus(driver)
    window.status.show("")
    assert sorted(said(driver.root)) == sorted(english)


def test_the_settings_change_it_and_stay_where_they_are(driver: Driver) -> None:
    dialog = driver.window.features.show("settings")
    driver.root.update()
    top, place = dialog.top, dialog.top.geometry().partition("+")[2]
    dialog.language.set("简体中文")  # type: ignore[attr-defined]
    dialog.set_language()  # type: ignore[attr-defined]
    driver.settle()
    again: Any = driver.window.features.show("settings")
    assert again.top is top and top.title() == "设置"
    assert top.geometry().partition("+")[2] == place
    assert again.language.get() == "简体中文"
    again.language.set("English")
    again.set_language()
    assert top.title() == "Settings"


def test_the_samples_keep_what_is_selected(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.correction.label("7")
    driver.settle()
    driver.window.features.show("samples")
    driver.settle()
    samples = driver.window.features.windows.get("samples")
    assert samples is not None
    samples.grid.select_all()
    selected = samples.grid.selected
    driver.window.features.appearance.set_language(CHINESE)
    driver.settle()
    assert samples.grid.selected == selected and len(selected) == 1
    assert "已选 1 个" in samples.status
    samples.delete()
    driver.until(lambda: "这里还是空的" in samples.grid.instead)


def test_a_training_goes_on_and_is_told_in_the_other_language(driver: Driver) -> None:
    trainer: Any = FakeTrainer([])
    decided: list[str] = []
    window = TrainingWindow(
        driver.root,
        driver.window.theme,
        trainer,
        lambda _finished: None,
        decided.append,
        lambda _names, _show: None,
    )
    driver.window.features.retrain.training = window
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    trainer.told += [
        {"event": "run_started", "recipe": "own-hand", "parameters": 1000, "epochs": 2},
        {"event": "epoch", "epoch": 1, **epoch},
        {"event": "batch", "epoch": 2, "batch": 5, "batches": 10, "seconds_left": 20, **epoch},
    ]
    driver.until(lambda: "Epoch 2 of 2" in window.status.text)
    points = {name: list(line) for name, line in window._curves.items()}
    driver.window.features.appearance.set_language(CHINESE)
    assert window.is_running and not trainer.cancelled
    assert window.status.text == "第 2 轮，共 2 轮   剩余 20 秒"
    assert window.log.splitlines() == [
        "own-hand：1,000 个参数，2 轮。",
        "第 1 轮：验证数据准确率 95.00%，损失 0.2000。",
    ]
    assert window._curves == points and window.top.title() == "训练"
    trainer.told += [{"event": "epoch", "epoch": 2, **epoch}, COMPARED]
    trainer.status = 0
    driver.until(lambda: "新模型更好" in window.status.text)
    driver.window.features.appearance.set_language("en")
    assert window.status.text == "The new model is better. Use it?"
    assert {"Use New Model", "Keep Without Using", "Discard"} <= set(said(driver.root))
    window.decide("keep")
    assert decided == ["keep"]
