"""Correcting an answer by key, bar or button: stored, learnt, shown, and taken back again."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import ModelError, StorageError
from app.ui.theme.palette import LIGHT
from tests.app.ui.conftest import Driver


def labels(samples: Path) -> list[str]:
    return [json.loads(path.read_bytes())["label"] for path in sorted(samples.glob("*.ink"))]


def text(driver: Driver) -> str | None:
    prediction = driver.window.selection.prediction
    return None if prediction is None else prediction.text


def fills(driver: Driver) -> set[str]:
    bars, call = driver.window.panel.bars, driver.root.tk.call
    shown = [
        i for i in bars.find_all() if str(call(str(bars), "itemcget", i, "-state")) != "hidden"
    ]
    rectangles = [item for item in shown if str(bars.type(item)) == "rectangle"]
    return {str(call(str(bars), "itemcget", item, "-fill")) for item in rectangles}


def test_a_digit_key_labels_the_drawing_and_it_is_recognised_from_then_on(
    driver: Driver, samples: Path
) -> None:
    driver.seven()
    driver.settle()
    assert text(driver) == "7"
    driver.key("<Key-1>")
    driver.settle()
    assert labels(samples) == ["1"]
    assert "this is your 1" in driver.window.status.text
    assert text(driver) == "1"
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.matches_samples
    )
    driver.key("<Escape>")
    driver.seven()
    driver.settle()
    assert text(driver) == "1"


def test_panel_and_bars_agree_with_the_status_line(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.key("<Key-1>")
    driver.settle()
    panel, prediction = driver.window.panel, driver.window.selection.prediction
    assert prediction is not None and prediction.confidence < 0.8  # too little without the label
    assert [child.cget("text") for child in panel.answer.winfo_children()[:2]] == [
        "1",
        "As you taught",
    ]
    assert LIGHT.best in fills(driver)
    mark = driver.root.tk.splitlist(panel.answer.winfo_children()[1].cget("image"))
    assert list(map(str, mark)) == ["icon-graduation-cap-best"]
    driver.key("<Key-n>")
    driver.settle()
    assert [child.cget("text") for child in panel.answer.winfo_children()[:2]] == [
        "–",
        "Not a digit,\nas you taught",
    ]
    shares = [item for item in panel.bars.find_all() if str(panel.bars.type(item)) == "text"]
    texts = [str(panel.bars.itemcget(item, "text")) for item in shares]  # type: ignore[no-untyped-call]
    values = [float(one.removesuffix(" %")) for one in texts if one.endswith("%")]
    assert len(values) == 10 and max(values) < 50
    assert LIGHT.best not in fills(driver)


def test_nothing_is_stored_without_a_label(driver: Driver, samples: Path) -> None:
    driver.seven()
    driver.settle()
    driver.key("<Escape>")
    driver.settle()
    assert labels(samples) == []


def test_a_click_on_a_bar_labels_the_drawing(driver: Driver, samples: Path) -> None:
    driver.seven()
    driver.settle()
    bars = driver.window.panel.bars
    row = bars.winfo_height() / 10
    bars.event_generate("<Motion>", x=60, y=round(row * 2.5))
    bars.event_generate("<ButtonPress-1>", x=60, y=round(row * 2.5))
    bars.event_generate("<ButtonRelease-1>", x=60, y=round(row * 2.5))
    driver.settle()
    assert labels(samples) == ["2"] and text(driver) == "2"


def test_no_digit_by_button_and_by_key(driver: Driver, samples: Path) -> None:
    driver.seven()
    driver.settle()
    driver.window.panel.no_digit_button.invoke()
    driver.settle()
    assert labels(samples) == [""] and text(driver) == ""
    driver.key("<Key-4>")
    driver.settle()
    assert labels(samples) == ["4"] and text(driver) == "4"  # relabelled: it was drawn once
    driver.key("<Key-n>")
    driver.settle()
    assert labels(samples) == [""]


def test_a_wrong_label_is_taken_back(driver: Driver, samples: Path) -> None:
    driver.seven()
    driver.settle()
    driver.key("<Key-1>")
    driver.key("<Key-2>")
    driver.settle()
    assert labels(samples) == ["2"]
    driver.key("<BackSpace>")
    driver.settle()
    assert labels(samples) == ["1"] and text(driver) == "1"
    driver.key("<BackSpace>")
    driver.settle()
    assert labels(samples) == [] and text(driver) == "7"
    driver.key("<BackSpace>")
    driver.settle()
    assert "no label" in driver.window.status.text


def test_an_empty_canvas_has_nothing_to_label(driver: Driver, samples: Path) -> None:
    driver.key("<Key-4>")
    driver.settle()
    assert labels(samples) == [] and "Draw something first" in driver.window.status.text


def test_the_answers_can_leave_the_samples_out(driver: Driver) -> None:
    driver.seven()
    driver.key("<Key-1>")
    driver.settle()
    driver.window.features.sample_commands.toggle()
    driver.settle()
    assert text(driver) == "7" and "kept" in driver.window.status.text
    driver.window.features.sample_commands.toggle()
    driver.settle()
    assert text(driver) == "1"


def test_a_full_disk_is_reported_and_nothing_is_learnt(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise StorageError("There is no room left on the disk.")

    driver.seven()
    monkeypatch.setattr("app.storage.sample_store.write_atomically", full)
    driver.key("<Key-1>")
    driver.settle()
    assert "no room" in driver.window.status.text and text(driver) == "7"
    assert len(driver.window.document.drawing.content.strokes) == 1


def test_without_a_model_nothing_can_be_learnt(open_window: Callable[..., Driver]) -> None:
    def fail() -> Any:
        raise ModelError("The model is missing; install the program again.")

    driver = open_window(fail)
    driver.settle()
    driver.seven()
    driver.key("<Key-1>")
    driver.settle()
    assert "model is missing" in driver.window.status.text


def test_a_runner_up_is_chosen_by_click_and_by_key(driver: Driver, samples: Path) -> None:
    view = driver.window.panel.answer
    driver.seven()
    driver.settle()
    prediction = driver.window.selection.prediction
    assert prediction is not None
    mixed = replace(prediction, probabilities=(0.0, 0.2, 0.0, 0.1, 0.0, 0.0, 0.0, 0.7, 0.0, 0.0))
    view.show(mixed)
    driver.root.update()
    view._labels.event_generate("<ButtonRelease-1>", x=2, y=view._labels.winfo_height() - 2)
    driver.settle()
    assert labels(samples) == ["3"]
    view.show(mixed)
    view._labels.focus_force()
    driver.root.update()
    assert str(view._labels.cget("text")) == "› 1\n3"
    view._labels.event_generate("<Down>")
    view._labels.event_generate("<Up>")
    view._labels.event_generate("<Return>")
    driver.settle()
    assert labels(samples) == ["1"]
