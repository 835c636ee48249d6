"""The language changes while the program runs: everything is said anew, nothing is lost."""

import json
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk
from typing import Any

import pytest
from babel.messages.pofile import read_po

from app.resources import asset
from app.translation import LANGUAGES, language, speak
from app.window import retrain_dialog, typefaces
from app.window.ask_name import ask_name
from app.window.main_window import NAME
from app.window.training_window import TrainingWindow
from tests.window.conftest import Driver
from tests.window.test_retrain import COMPARED, RECIPES, FakeTrainer

CHINESE = "zh_CN"


@pytest.fixture(autouse=True)
def fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are glyphs, whatever fonts the machine of the test has."""
    monkeypatch.setattr(typefaces, "can_write", lambda _root, _name: True)


def untranslated() -> set[str]:
    """Return what the program says in English and otherwise in Chinese."""
    with (asset("locale") / CHINESE / "LC_MESSAGES" / "inkling.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id != message.string} - {
            *LANGUAGES.values()  # each by its own name
        }


def widgets(top: tk.Misc) -> Iterator[tk.Misc]:
    yield top
    for child in top.winfo_children():
        yield from widgets(child)


def text_items(canvas: tk.Canvas) -> list[int]:
    return [item for item in canvas.find_all() if canvas.tk.call(canvas, "type", item) == "text"]


def said(root: tk.Tk) -> list[str]:
    """Return all that is to be read in all windows, in the widgets' order."""
    texts: list[str] = []
    for widget in widgets(root):
        if isinstance(widget, (tk.Tk, tk.Toplevel)):
            texts.append(widget.title())
        elif isinstance(widget, tk.Menu):
            places = range((widget.index("end") or 0) + 1 if widget.index("end") is not None else 0)
            kinds = ("separator", "tearoff")
            texts += [widget.entrycget(i, "label") for i in places if widget.type(i) not in kinds]
        elif isinstance(widget, tk.Canvas):
            words = (widget.tk.call(widget, "itemcget", i, "-text") for i in text_items(widget))
            texts += [str(word) for word in words]
        elif isinstance(widget, tk.Text):
            texts += widget.get("1.0", "end").splitlines()
        elif isinstance(widget, ttk.Treeview):
            texts += [str(widget.heading(column, "text")) for column in ("#0", *widget["columns"])]
            texts += [str(widget.item(row, "text")) for row in widget.get_children()]
        elif isinstance(widget, ttk.Combobox):
            texts += [widget.get(), *widget["values"]]
        elif isinstance(widget, (ttk.Label, ttk.Button, ttk.Checkbutton, ttk.Radiobutton)):
            texts.append(str(widget.cget("text")))
    return [text for text in texts if text]


def fill_menus(driver: Driver) -> None:
    """Open every menu of the bar once, as a look at it does."""
    for menu in driver.window.menus.bar.winfo_children():
        assert isinstance(menu, tk.Menu)
        menu.tk.call(menu.cget("postcommand"))


def choose(driver: Driver, label: str) -> None:
    """Choose an entry of View → Language."""
    view = driver.window.menus.bar.winfo_children()[2]
    assert isinstance(view, tk.Menu)
    view.tk.call(view.cget("postcommand"))
    for submenu in view.winfo_children():
        assert isinstance(submenu, tk.Menu)
        for index in range((submenu.index("end") or 0) + 1):
            if submenu.entrycget(index, "label") == label:
                submenu.invoke(index)
                driver.settle()
                return
    raise AssertionError(f"no entry {label}")


def test_the_menu_changes_the_language_and_keeps_everything_else(driver: Driver) -> None:
    window = driver.window
    window.view.zoom_to(1.25)
    driver.settle()
    driver.canvas = window.sketchpad.canvas
    window.set_pen_width(24.0)
    driver.seven()
    driver.stroke([(20, 20), (40, 40)])
    window.undo()
    driver.settle()
    drawing, content, prediction = window.drawing, window.drawing.content, window.prediction
    choose(driver, "简体中文")
    assert language() == CHINESE
    assert str(window.toolbar.pen_button.cget("text")) == "画笔"
    assert window.status == "语言：简体中文"
    assert driver.root.title() == f"7 – {NAME}"
    assert window.drawing is drawing and drawing.content is content
    assert window.prediction == prediction
    assert (window.settings.zoom, window.sketchpad.pen_width) == (1.25, 24.0)
    assert str(window.toolbar.redo_button.cget("state")) == "normal"
    window.redo()
    assert len(drawing.content.strokes) == 2
    driver.settle()


def test_the_title_is_said_in_the_language(driver: Driver) -> None:
    driver.stroke([(x * 37 % 400 + 20, x * 91 % 400 + 20) for x in range(60)])
    driver.settle()
    assert driver.root.title() == f"Not a digit – {NAME}"
    choose(driver, "简体中文")
    assert driver.root.title() == f"不是数字 – {NAME}"


def test_it_is_remembered_and_spoken_from_the_first_widget_on(
    open_window: Callable[..., Driver], profile: Path
) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"version": 1, "language": CHINESE}))
    driver = open_window()
    assert str(driver.window.toolbar.clear_button.cget("text")) == "清空"
    driver.settle()
    driver.window.view.set_language("en")
    assert str(driver.window.toolbar.clear_button.cget("text")) == "Clear"
    driver.window.remembered.write_now()
    assert json.loads((profile / "settings.json").read_text())["language"] == "en"


def test_the_system_decides_if_nobody_else_does(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN:en")
    choose(driver, "English")
    assert language() == "en"
    choose(driver, "Like the System")
    assert language() == CHINESE
    assert driver.window.settings.language == "system"


def test_every_window_says_everything_anew_and_back_again(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trainer.has_tensorflow", lambda: True)
    monkeypatch.setattr(retrain_dialog, "recipes", lambda: RECIPES)
    window = driver.window
    driver.seven()
    driver.settle()
    window.say("1")
    driver.settle()
    window.samples.show()
    window.show_models()
    window.retrain.show()
    driver.until(lambda: window.retrain.dialog is not None and window.retrain.dialog.is_ready)
    dialogs = window.dialogs
    opened = [dialogs.show_settings(), dialogs.show_guide(), dialogs.show_about()]
    opened.append(dialogs.show_shortcuts())
    driver.settle()
    fill_menus(driver)
    window.tell("")
    english = said(driver.root)
    assert set(english) & untranslated() > {"Pen", "Guide", "My samples", "Models", "Retrain"}
    window.view.set_language(CHINESE)
    driver.settle()
    fill_menus(driver)
    chinese = said(driver.root)
    assert set(chinese) & untranslated() == set()
    assert len(chinese) == len(english) + 1  # what the status says
    assert all(dialog.top.winfo_exists() for dialog in opened)
    window.view.set_language("system")
    driver.settle()
    fill_menus(driver)
    window.tell("")
    assert sorted(said(driver.root)) == sorted(english)


def test_the_settings_change_it_and_stay_where_they_are(driver: Driver) -> None:
    dialog = driver.window.dialogs.show_settings()
    driver.root.update()
    top, place = dialog.top, dialog.top.geometry().partition("+")[2]
    dialog.language.set("简体中文")  # type: ignore[attr-defined]
    dialog.set_language()  # type: ignore[attr-defined]
    driver.settle()
    again: Any = driver.window.dialogs.show_settings()
    assert again.top is top and top.title() == "设置"
    assert top.geometry().partition("+")[2] == place
    assert again.language.get() == "简体中文"
    again.language.set("English")
    again.set_language()
    assert top.title() == "Settings"


def test_the_samples_keep_what_is_selected(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    driver.window.say("7")
    driver.settle()
    driver.window.samples.show()
    driver.settle()
    samples = driver.window.samples.open_window
    assert samples is not None
    samples.grid.select_all()
    selected = samples.grid.selected
    driver.window.view.set_language(CHINESE)
    driver.settle()
    assert samples.grid.selected == selected and len(selected) == 1
    assert "已选 1 个" in samples.status
    samples.delete()
    driver.until(lambda: "这里还是空的" in samples.status)


def test_a_training_goes_on_and_is_told_in_the_other_language(driver: Driver) -> None:
    trainer: Any = FakeTrainer([])
    decided: list[str] = []
    window = TrainingWindow(
        driver.root,
        driver.window.look,
        trainer,
        lambda _finished: None,
        decided.append,
        lambda _names, _show: None,
    )
    driver.window.retrain.training = window
    epoch = {"accuracy": 0.9, "loss": 0.3, "val_accuracy": 0.95, "val_loss": 0.2}
    trainer.told += [
        {"event": "run_started", "recipe": "own-hand", "parameters": 1000, "epochs": 2},
        {"event": "epoch", "epoch": 1, **epoch},
        {"event": "batch", "epoch": 2, "batch": 5, "batches": 10, "seconds_left": 20, **epoch},
    ]
    driver.until(lambda: "Epoch 2 of 2" in window.status)
    points = {name: list(line) for name, line in window._curves.items()}
    driver.window.view.set_language(CHINESE)
    assert window.is_running and not trainer.cancelled
    assert window.status == "第 2 轮，共 2 轮   剩余 20 秒"
    assert window.log.splitlines() == [
        "own-hand：1,000 个参数，2 轮。",
        "第 1 轮：验证数据准确率 95.00%，损失 0.2000。",
    ]
    assert window._curves == points and window.top.title() == "训练"
    trainer.told += [{"event": "epoch", "epoch": 2, **epoch}, COMPARED]
    trainer.status = 0
    driver.until(lambda: "新模型更好" in window.status)
    driver.window.view.set_language("en")
    assert window.status == "The new model is better. Use it?"
    assert {"Use New Model", "Keep Without Using", "Discard"} <= set(said(driver.root))
    window.decide("keep")
    assert decided == ["keep"]


def test_where_no_font_has_its_characters_english_is_spoken_and_said_why(
    open_window: Callable[..., Driver], profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typefaces, "can_write", lambda _root, name: name == "en")
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"version": 1, "language": CHINESE}))
    driver = open_window()
    assert "No font" in driver.window.status and language() == "en"
    driver.settle()
    choose(driver, "Simplified Chinese")
    assert language() == "en"
    assert "No font" in driver.window.status
    assert driver.window.settings.language == CHINESE  # once there is a font, it is spoken


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    open_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    monkeypatch.setenv("INKLING_SCALE", str(scale))
    driver = open_window()
    driver.seven()
    driver.settle()
    driver.window.view.set_language(CHINESE)
    if scale == 1.0:  # twice as large it needs more than the screen of the tests has
        driver.window.dialogs.show_settings()
    driver.settle()
    for widget in widgets(driver.root):
        if widget.winfo_ismapped() and widget.winfo_class() != "Canvas":
            assert widget.winfo_width() >= widget.winfo_reqwidth(), str(widget)
            assert widget.winfo_height() >= widget.winfo_reqheight(), str(widget)


def test_tks_own_words_are_in_the_language_where_tk_knows_it(driver: Driver) -> None:
    tcl = driver.root.tk
    messages = Path(str(tcl.call("set", "::tk_library"))) / "msgs" / "zh_cn.msg"
    driver.window.view.set_language(CHINESE)
    word = str(tcl.eval("namespace eval ::tk {msgcat::mc &Cancel}"))
    assert (word != "&Cancel") == messages.exists()
    driver.window.view.set_language("en")
    assert str(tcl.eval("namespace eval ::tk {msgcat::mc &Cancel}")) == "&Cancel"


def test_yes_no_and_cancel_are_three_words(driver: Driver) -> None:
    for spoken in LANGUAGES:
        driver.window.view.set_language(spoken)
        words = [
            driver.root.tk.eval(f"namespace eval ::tk {{msgcat::mc {word}}}")
            for word in ("&Yes", "&No", "&Cancel")
        ]
        assert len(set(words)) == 3, words


def test_a_name_is_asked_for_in_the_language(driver: Driver) -> None:
    speak(CHINESE)
    top = tk.Toplevel(driver.root)
    driver.root.update()

    def accept() -> None:
        question = next(w for w in top.winfo_children() if isinstance(w, tk.Toplevel))
        if not question.winfo_viewable():
            driver.root.after(10, accept)
            return
        buttons = [w for w in widgets(question) if isinstance(w, ttk.Button)]
        assert [str(button.cget("text")) for button in buttons] == ["取消", "确定"]
        field = next(w for w in widgets(question) if isinstance(w, ttk.Entry))
        field.delete(0, "end")
        field.insert(0, " theirs ")
        buttons[1].invoke()

    driver.root.after(10, accept)
    assert ask_name(top, driver.window.look, "重命名", "新名称：", "mine") == "theirs"
