"""Questions say on their buttons what happens, and are answered by mouse and by keyboard."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import pytest

from app.i18n import set_language
from app.ui.dialogs.prompts import ask_name, choose
from tests.app.ui.conftest import Driver
from tests.app.ui.reading import CHINESE, widgets

Asked = Callable[[tk.Toplevel, list[ttk.Button]], None]


def when_asked(driver: Driver, top: tk.Misc, answer: Asked) -> None:
    """Answer the question over `top` once it is seen, as a user would."""

    def look() -> None:
        open_ones = [w for w in top.winfo_children() if isinstance(w, tk.Toplevel)]
        question = next(
            (w for w in open_ones if str(w.tk.call("grab", "current", w)) == str(w)), None
        )
        if question is None:
            driver.root.after(10, look)
        else:
            focused = question.focus_lastfor()  # as a window manager would: the test may have none
            assert focused is not None
            focused.focus_force()
            question.update()
            answer(question, [w for w in widgets(question) if isinstance(w, ttk.Button)])

    driver.root.after(10, look)


def texts(buttons: list[ttk.Button]) -> list[str]:
    return [str(button.cget("text")) for button in buttons]


def save_first(driver: Driver) -> str | None:
    ways = {"save": "Save", "discard": "Don't Save"}
    return choose(driver.root, driver.window.theme, "Save it first?", ways)


@pytest.mark.parametrize(("place", "answer"), [(0, None), (1, "discard"), (2, "save")])
def test_each_button_is_one_way_on(driver: Driver, place: int, answer: str | None) -> None:
    def press(_question: tk.Toplevel, buttons: list[ttk.Button]) -> None:
        assert texts(buttons) == ["Cancel", "Don't Save", "Save"]
        buttons[place].invoke()

    when_asked(driver, driver.root, press)
    assert save_first(driver) == answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["<Return>"], "save"),
        (["<Left>", "<Return>"], "discard"),
        (["<Left>", "<Left>", "<Right>", "<space>"], "discard"),
        (["<Escape>"], None),
    ],
)
def test_the_keyboard_answers(driver: Driver, keys: list[str], answer: str | None) -> None:
    def press(question: tk.Toplevel, buttons: list[ttk.Button]) -> None:
        assert question.focus_get() is buttons[-1]
        for key in keys:
            focused = question.focus_get()
            assert focused is not None
            focused.event_generate(key)

    when_asked(driver, driver.root, press)
    assert save_first(driver) == answer


def test_return_does_not_destroy(driver: Driver) -> None:
    def press(question: tk.Toplevel, buttons: list[ttk.Button]) -> None:
        assert question.focus_get() is buttons[0]
        buttons[0].event_generate("<Return>")

    when_asked(driver, driver.root, press)
    ways = {"delete": "Delete"}
    assert choose(driver.root, driver.window.theme, "Delete it?", ways, destroys=True) is None


def test_closing_the_question_changes_nothing(driver: Driver) -> None:
    when_asked(driver, driver.root, lambda question, _buttons: question.destroy())
    assert save_first(driver) is None


def test_the_button_that_changes_nothing_may_be_called_otherwise(driver: Driver) -> None:
    seen: list[str] = []

    def read(question: tk.Toplevel, buttons: list[ttk.Button]) -> None:
        seen.extend(texts(buttons))
        question.destroy()

    when_asked(driver, driver.root, read)
    ways = {"end": "End Training"}
    assert choose(driver.root, driver.window.theme, "End it?", ways, "Keep Training") is None
    assert seen == ["Keep Training", "End Training"]


def test_a_question_that_ends_with_the_program_has_no_answer(driver: Driver) -> None:
    when_asked(driver, driver.root, lambda _question, _buttons: driver.window.close())
    assert save_first(driver) is None


def test_a_name_is_asked_for_in_the_language(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.theme.fonts.has_glyphs", lambda _root, _name: True)
    set_language(CHINESE)
    top = tk.Toplevel(driver.root)
    driver.root.update()

    def accept(question: tk.Toplevel, buttons: list[ttk.Button]) -> None:
        assert texts(buttons) == ["取消", "确定"]
        field = next(w for w in widgets(question) if isinstance(w, ttk.Entry))
        field.delete(0, "end")
        field.insert(0, " theirs ")
        buttons[1].invoke()

    when_asked(driver, top, accept)
    assert ask_name(top, driver.window.theme, "重命名", "新名称：", "mine") == "theirs"
