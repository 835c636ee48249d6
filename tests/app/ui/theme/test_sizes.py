"""View → Larger: every open window is built again in the new scale, with its paddings."""

import tkinter as tk
from typing import Any

import pytest

from app.ui.dialogs.base import Dialog
from app.ui.dialogs.guide import Guide
from app.ui.dialogs.progress import Progress, ProgressWindow
from app.ui.retrain import dialog as retrain_dialog
from app.ui.retrain.progress_window import TrainingWindow
from tests.app.ui.conftest import Driver
from tests.app.ui.fake_training import COMPARED, RECIPES, FakeTrainingProcess
from tests.app.ui.reading import said, widgets


@pytest.fixture(autouse=True)
def training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Provide recipes without a training process."""
    monkeypatch.setattr("app.training_process.has_tensorflow", lambda: True)
    monkeypatch.setattr(retrain_dialog, "list_recipes", lambda: RECIPES)


def open_all(driver: Driver) -> list[tk.Toplevel]:
    """Open every kind of window that is not modal."""
    features = driver.window.features
    opened: list[Dialog] = [features.show("samples"), features.show("models")]
    retrain = features.retrain
    retrain.show()
    driver.until(lambda: retrain.dialog is not None and retrain.dialog.is_ready)
    assert retrain.dialog is not None
    names = ("settings", "guide", "about", "shortcuts")
    opened += [retrain.dialog, *(features.show(name) for name in names)]
    driver.settle()
    return [window.top for window in opened]


def requested_sizes(tops: list[tk.Toplevel]) -> list[tuple[int, int]]:
    """Return the sizes that the windows' contents ask for, in pixels."""
    return [(top.winfo_reqwidth(), top.winfo_reqheight()) for top in tops]


def test_an_open_window_becomes_like_one_that_is_opened_in_the_new_scale(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.correction.label("1")
    driver.settle()
    before = open_all(driver)
    driver.window.status.show("")
    small, english = requested_sizes(before), said(driver.root)
    driver.window.features.appearance.zoom_to(1.5)
    driver.settle()
    assert all(top.winfo_exists() for top in before)
    changed = requested_sizes(before)
    for top in before:
        top.destroy()
    assert changed == requested_sizes(open_all(driver)) != small
    driver.window.status.show("")
    driver.window.features.appearance.zoom_to(1.0)
    driver.settle()
    driver.window.status.show("")
    assert sorted(said(driver.root)) == sorted(english)


def test_a_window_grows_with_its_content_and_stays_on_the_screen(driver: Driver) -> None:
    driver.root.geometry("+0+0")
    about = driver.window.features.show("about").top
    samples = driver.window.features.show("samples").top
    driver.settle()
    size, least = (about.winfo_width(), about.winfo_height()), samples.minsize()
    driver.window.features.appearance.zoom_to(1.25)
    driver.settle()
    larger = round(size[0] * 1.25), round(size[1] * 1.25)
    driver.until(lambda: (about.winfo_width(), about.winfo_height()) == larger)
    assert samples.minsize() == (round(least[0] * 1.25), round(least[1] * 1.25))
    driver.window.features.appearance.zoom_to(2.0)
    driver.settle()
    screen = about.winfo_screenwidth(), about.winfo_screenheight()
    larger = min(2 * size[0], screen[0]), min(2 * size[1], screen[1])
    driver.until(lambda: abs(about.winfo_width() - larger[0]) < 3)
    driver.until(lambda: abs(about.winfo_height() - larger[1]) < 3)
    assert about.winfo_rootx() >= 0
    assert about.winfo_rootx() + about.winfo_width() <= about.winfo_screenwidth()


def test_the_focus_stays_where_it_was(driver: Driver) -> None:
    dialog: Any = driver.window.features.show("settings")
    driver.settle()
    boxes = [w for w in widgets(dialog.top) if w.winfo_class() == "TCombobox"]
    boxes[1].focus_force()  # Size
    driver.root.update()
    boxes[1].set("125 %")  # type: ignore[attr-defined]
    boxes[1].event_generate("<<ComboboxSelected>>")
    driver.settle()
    again = [w for w in widgets(dialog.top) if w.winfo_class() == "TCombobox"]
    assert again[1] is not boxes[1] and again[1].get() == "125 %"  # type: ignore[attr-defined]
    assert driver.root.focus_get() is again[1]
    driver.window.toolbar.clear_button.focus_force()
    driver.root.update()
    driver.window.features.appearance.zoom_to(1.0)
    driver.settle()
    assert driver.root.focus_get() is driver.window.toolbar.clear_button


def test_a_page_of_text_keeps_its_scroll_position(driver: Driver) -> None:
    guide = driver.window.features.show("guide")
    driver.settle()
    assert isinstance(guide, Guide)
    text = guide.page_of_text
    assert text is not None
    text.yview_moveto(0.4)
    driver.settle()
    first = text.index("@0,0")
    driver.window.features.appearance.zoom_to(1.1)
    driver.settle()
    text = guide.page_of_text
    assert text is not None and text.index("@0,0") == first != "1.0"


def test_a_training_and_a_long_task_go_on_in_the_new_scale(driver: Driver) -> None:
    process: Any = FakeTrainingProcess([])
    window = TrainingWindow(
        driver.root,
        driver.window.theme,
        process=process,
        ended=lambda _finished: None,
        decided=lambda _decision: None,
        draw_samples=lambda _names, _show: None,
        again=lambda: None,
        choose_data=lambda _window: None,
    )
    driver.window.features.retrain.training = window
    progress = Progress()
    shown = ProgressWindow(driver.root, driver.window.theme, lambda: "Looking", progress)
    driver.window.features.tasks.shown.append(shown)
    progress(3, 7)
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    process.pending += [
        {"event": "run_started", "recipe": "own-hand", "parameters": 1000, "epochs": 2},
        {"event": "epoch", "epoch": 1, **epoch},
    ]
    driver.until(lambda: "95.00 %" in window.log)
    tops = [window.top, shown.top]
    small, log = requested_sizes(tops), window.log
    driver.window.features.appearance.zoom_to(1.5)
    driver.settle()
    for before, after in zip(small, requested_sizes(tops), strict=True):
        assert after[0] > 1.3 * before[0] and after[1] > 1.3 * before[1]
    assert window.log == log and shown.count.cget("text") == "3 of 7"
    shown.button.invoke()
    driver.window.features.appearance.zoom_to(1.0)
    assert progress.cancelled and shown.button.instate(["disabled"])
    process.pending += [{"event": "epoch", "epoch": 2, **epoch}, COMPARED]
    process.status = 0
    driver.until(lambda: "better" in window.status)
    driver.window.features.appearance.zoom_to(1.25)
    driver.settle()
    assert window.comparison is not None and window.comparison.winfo_ismapped()
    assert not window.curves.winfo_ismapped()
    assert "Use New Model" in said(driver.root)
    window.decide("discard")
    shown.close()
    driver.window.features.tasks.shown.clear()


def test_the_times_of_strokes_go_on_in_the_new_scale(driver: Driver) -> None:
    since_boot = 4_000_000
    driver.stroke([(60, 60), (120, 60), (120, 120)], since_boot)
    driver.window.features.appearance.zoom_to(1.5)
    driver.settle()
    driver.canvas = driver.window.sketchpad.canvas
    driver.stroke([(80, 160), (160, 160)], since_boot + 2_000)
    first, second = driver.window.document.content.strokes
    assert first.points[-1].t < second.points[0].t < 5_000
