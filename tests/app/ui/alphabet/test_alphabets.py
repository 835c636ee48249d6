"""Other alphabets in the window: switching, answers, corrections by key and bar, samples."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import pytest

from app.recognition.alphabet import ALPHABETS, OWN
from app.storage import settings
from app.storage.sample_store import SampleStore
from app.storage.settings import Settings
from app.storage.settings_store import SettingsStore
from app.ui.samples.window import SamplesWindow
from tests.app.ui.conftest import Driver

pytestmark = pytest.mark.usefixtures("characters")


@pytest.fixture
def letters(driver: Driver) -> Driver:
    """A window in which letters are drawn."""
    driver.window.preferences.change(alphabet="letters")
    driver.settle()
    return driver


def shown(driver: Driver) -> list[str]:
    """Return the labels of the bars, from the top."""
    bars = driver.window.panel.bars
    texts = [item for item in bars.find_all() if str(bars.type(item)) == "text"]
    return [str(driver.root.tk.call(str(bars), "itemcget", item, "-text")) for item in texts[::2]]


def stored_labels(samples: Path) -> list[tuple[str, str]]:
    from app.formats.sample import parse_sample

    store = SampleStore(samples)
    found = [parse_sample(store.read(name)) for name in store.names()]
    return [(sample.alphabet, sample.label) for sample in found]


def test_settings_and_recognition_have_the_same_alphabets() -> None:
    assert (*ALPHABETS, OWN) == settings.ALPHABETS
    assert Settings(number=True, alphabet="small").reading == "small"
    assert Settings(number=True).reading == "number"


def test_the_answer_follows_the_alphabet(driver: Driver) -> None:
    driver.seven()
    driver.settle()
    assert shown(driver) == list("0123456789")
    driver.key("<Control-Key-2>")
    driver.settle()
    prediction = driver.window.selection.prediction
    assert prediction is not None and prediction.alphabet == "letters"
    assert shown(driver)[0] == prediction.label and len(set(shown(driver))) == 10
    assert driver.window.toolbar.alphabet.cget("text").startswith("A–z")
    driver.key("<Control-Key-1>")
    driver.settle()
    assert driver.window.selection.prediction is not None
    assert driver.window.selection.prediction.text == "7"
    assert shown(driver) == list("0123456789")


def test_an_empty_canvas_has_bars_without_labels(letters: Driver) -> None:
    assert set(shown(letters)) == {""}
    letters.window.panel.bars.event_generate("<ButtonRelease-1>", x=20, y=20)
    letters.root.update()  # nothing to choose there


def test_a_key_labels_the_drawing_and_it_is_recognised_from_then_on(
    letters: Driver, samples: Path
) -> None:
    letters.seven()
    letters.settle()
    letters.key("<Key-p>")  # the pen's key among digits
    letters.settle()
    prediction = letters.window.selection.prediction
    assert prediction is not None and (prediction.text, prediction.matches_samples) == ("p", True)
    assert letters.window.status.text == "Learnt: this is your p."
    letters.key("<Key-P>")
    letters.settle()
    assert stored_labels(samples) == [("letters", "P")]
    letters.window.correction.take_back()
    letters.settle()
    assert stored_labels(samples) == [("letters", "p")]
    letters.window.preferences.change(alphabet="digits")
    letters.settle()
    answer = letters.window.selection.prediction
    assert answer is not None and answer.text == "7" and not answer.matches_samples


def test_tools_keep_a_key_that_is_no_label(letters: Driver) -> None:
    letters.key("<Key-e>")
    assert letters.window.tools.tool == "pen"
    letters.key("<F6>")
    assert letters.window.tools.tool == "eraser"
    letters.key("<Key-bracketleft>")
    assert letters.window.tools.pen_width == 14.0
    letters.window.preferences.change(alphabet="digits")
    letters.key("<Key-p>")
    assert letters.window.tools.tool == "pen"


def test_the_keys_are_those_of_the_alphabet_in_use_wherever_the_program_began(
    open_window: Callable[..., Driver], tmp_path: Path, samples: Path
) -> None:
    SettingsStore(tmp_path / "settings.json").write(Settings(alphabet="letters"))
    driver = open_window()
    driver.settle()
    driver.window.preferences.change(alphabet="digits")
    driver.seven()
    driver.settle()
    driver.key("<Key-1>")
    driver.settle()
    assert stored_labels(samples) == [("digits", "1")]
    driver.key("<Key-n>")
    driver.settle()
    assert stored_labels(samples) == [("digits", "")]


def test_none_of_these_is_learnt(letters: Driver, samples: Path) -> None:
    letters.seven()
    letters.settle()
    letters.key("<F7>")
    letters.settle()
    prediction = letters.window.selection.prediction
    assert prediction is not None and prediction.text == ""
    assert letters.window.panel.answer.best == "–"
    assert stored_labels(samples) == [("letters", "")]
    assert letters.root.title().startswith("*Untitled – None of these")


def test_a_click_on_a_ranked_bar_labels_with_what_stands_there(letters: Driver) -> None:
    letters.seven()
    letters.settle()
    bars, third = letters.window.panel.bars, shown(letters)[2]
    y = round(bars.winfo_height() * 0.25)
    bars.event_generate("<ButtonRelease-1>", x=40, y=y)
    letters.settle()
    prediction = letters.window.selection.prediction
    assert prediction is not None and prediction.text == third


def test_numbers_are_of_digits_alone(driver: Driver) -> None:
    window = driver.window
    window.selection.switch(True)
    driver.settle()
    assert window.toolbar.number_button.winfo_ismapped()
    window.preferences.change(alphabet="characters")
    driver.settle()
    driver.root.update()
    assert not window.selection.is_on and not window.toolbar.number_button.winfo_ismapped()
    driver.key("<Control-Key-d>")
    assert not window.selection.is_on
    window.preferences.change(alphabet="digits")
    driver.root.update()
    assert window.selection.is_on  # as it was before


def test_the_menu_has_every_label_of_the_alphabet(letters: Driver) -> None:
    from app.ui.menu.action import actions

    letters.window.preferences.change(alphabet="characters")
    labels = next(menu for menu in letters.window.features.menus() if menu.label == "Model")
    entries = [action.label for action in actions(labels.items()[:1])]
    assert entries == [*ALPHABETS["characters"].labels, "None of These"]


def test_the_switch_opens_a_list(letters: Driver) -> None:
    switch = letters.window.toolbar.alphabet
    switch.focus_force()
    letters.root.update()
    switch.event_generate("<Down>")
    letters.root.update()
    menu = switch.menu
    assert menu is not None and menu.index("end") == len(settings.ALPHABETS) - 1
    menu.unpost()
    menu.invoke(4)
    assert letters.window.preferences.settings.alphabet == "characters"


def test_my_samples_are_those_of_the_alphabet(letters: Driver, samples: Path) -> None:
    letters.seven()
    letters.settle()
    letters.key("<Key-k>")
    letters.settle()
    window = letters.window.features.show("samples")
    assert isinstance(window, SamplesWindow)
    letters.settle()
    window.grid.select_all()
    assert window.grid.selected == SampleStore(samples).names()
    window.top.event_generate("<Key-n>")
    letters.settle()
    assert stored_labels(samples) == [("letters", "n")]
    letters.window.preferences.change(alphabet="digits")
    letters.settle()
    window.grid.select_all()
    assert not window.grid.selected


def test_the_settings_file_remembers_the_alphabet(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    store.write(Settings(alphabet="small"))
    assert store.read().alphabet == "small"
    store.path.write_text('{"alphabet": "runes"}')
    assert store.read().alphabet == "digits"


def test_a_list_of_bars_is_not_made_anew(letters: Driver) -> None:
    bars: tk.Canvas = letters.window.panel.bars
    items = bars.find_all()
    letters.seven()
    letters.settle()
    assert bars.find_all() == items
