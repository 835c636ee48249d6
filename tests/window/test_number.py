"""The switch "Number": boxes, bars of the chosen digit, correcting one, copying, undoing."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import ModelError
from app.ink.drawing import Content
from app.ink.mirror import mirrored
from app.storage.settings import Settings
from app.storage.settings_file import SettingsFile
from app.window.action import actions
from app.window.actions import menus
from app.window.main_window import NAME
from app.window.palette import LIGHT
from tests.window.conftest import Driver

SEVEN = [(0.0, 0.0), (60.0, 0.0), (25.0, 100.0)]
ONE = [(0.0, 0.0), (0.0, 100.0)]
ROOF = [(10.0, 0.0), (55.0, -3.0)]
FIVE = [(10.0, 0.0), (8.0, 45.0), (40.0, 48.0), (48.0, 75.0), (35.0, 97.0), (0.0, 95.0)]


def draw(driver: Driver, line: list[tuple[float, float]], left: float) -> None:
    driver.stroke([(x + left, y + 150) for x, y in line])


@pytest.fixture
def number(driver: Driver) -> Driver:
    """A window in which the number 751 is drawn; the roof of the 5 was added at the end."""
    driver.window.sketchpad.pen_width = 6.0
    driver.key("<Control-d>")
    for line, left in ((SEVEN, 40), (FIVE, 150), (ONE, 260), (ROOF, 150)):
        draw(driver, line, left)
    driver.settle()
    return driver


def items(driver: Driver, kind: str) -> list[int]:
    """The boxes ("rectangle") or what stands over them ("text"), from the left."""
    canvas = driver.canvas
    found = [i for i in canvas.find_withtag("number") if str(canvas.type(i)) == kind]
    return sorted(found, key=lambda item: canvas.coords(item)[0])


def option(driver: Driver, item: int, name: str) -> str:
    return str(driver.root.tk.call(str(driver.canvas), "itemcget", item, f"-{name}"))


def texts(driver: Driver) -> list[str]:
    return [option(driver, item, "text") for item in items(driver, "text")]


def chosen(driver: Driver) -> str | None:
    mark = driver.window.number.state.chosen
    return None if mark is None else mark.text


def test_a_number_has_boxes_a_title_and_can_be_copied(number: Driver) -> None:
    assert number.root.title() == f"751 – {NAME}"
    assert texts(number) == ["7", "5", "1"]
    assert len(items(number, "rectangle")) == 3
    number.key("<Control-c>")
    assert number.root.clipboard_get() == "751"


def test_the_switch_brings_the_single_digit_back(number: Driver) -> None:
    number.window.toolbar.number_button.invoke()
    number.settle()
    assert texts(number) == []
    assert number.window.prediction is not None
    assert number.root.title() != f"751 – {NAME}"
    number.window.toolbar.number_button.invoke()
    number.settle()
    assert texts(number) == ["7", "5", "1"]


def test_keys_and_taps_choose_whose_bars_are_shown(number: Driver) -> None:
    assert chosen(number) == "5"  # the newest ink
    seen = []
    for key in ("<Tab>", "<Right>", "<Left>", "<Shift-Tab>"):
        number.key(key)
        assert number.window.prediction is not None
        seen.append(number.window.prediction.label)
    assert seen == ["1", "7", "1", "5"]
    strokes = len(number.window.drawing.content.strokes)
    number.stroke([(70, 160)])
    number.settle()
    assert chosen(number) == "7"
    assert len(number.window.drawing.content.strokes) == strokes
    outlines = [option(number, item, "outline") for item in items(number, "rectangle")]
    assert outlines == [LIGHT.best, LIGHT.muted, LIGHT.muted]


def test_tab_goes_on_to_the_buttons_where_there_is_no_number(driver: Driver) -> None:
    driver.key("<Control-d>")
    driver.settle()
    driver.key("<Tab>")
    assert driver.root.focus_get() is not driver.canvas


def test_one_digit_is_corrected_stored_and_read_anew(number: Driver, samples: Path) -> None:
    number.stroke([(70, 160)])
    number.key("<Key-2>")
    number.settle()
    assert number.root.title() == f"251 – {NAME}"
    (stored,) = samples.glob("*.ink")
    sample = json.loads(stored.read_bytes())
    assert sample["label"] == "2" and sample["predicted"] == "7"
    assert len(sample["strokes"]) == 1 and len(sample["strokes"][0]["points"]) == 3
    assert chosen(number) == "2"
    number.key("<BackSpace>")
    number.settle()
    assert number.root.title() == f"751 – {NAME}"
    assert list(samples.glob("*.ink")) == []


def test_both_strokes_of_a_digit_are_its_sample(number: Driver, samples: Path) -> None:
    number.key("<Key-6>")
    number.settle()
    (stored,) = samples.glob("*.ink")
    assert len(json.loads(stored.read_bytes())["strokes"]) == 2
    assert number.root.title() == f"761 – {NAME}"


def test_a_sign_is_not_taught(number: Driver, samples: Path) -> None:
    draw(number, [(0.0, 50.0), (25.0, 50.0)], 5)
    number.settle()
    assert texts(number) == ["−", "7", "5", "1"]
    assert number.root.title() == f"-751 – {NAME}"
    assert chosen(number) == "-"
    number.key("<Key-3>")
    number.settle()
    assert "sign" in number.window.status and list(samples.glob("*.ink")) == []


def test_undo_and_clear(number: Driver) -> None:
    number.key("<Control-z>")
    number.key("<Control-z>")
    number.settle()
    assert len(texts(number)) == 2
    number.key("<Escape>")
    number.settle()
    assert texts(number) == [] and number.root.title() == NAME
    number.key("<Key-3>")
    assert "Draw something first" in number.window.status
    number.key("<Control-z>")
    number.key("<Control-y>")
    number.settle()
    assert texts(number) == []


def test_something_that_is_no_digit_makes_it_no_number(number: Driver) -> None:
    number.stroke([(330 + (i * 37) % 90, 150 + (i * 53) % 100) for i in range(50)])
    number.settle()
    assert number.root.title() == f"Not a number – {NAME}"
    assert any(text.endswith("?") for text in texts(number))
    number.key("<Control-c>")
    assert "no answer to copy" in number.window.status


def test_a_picture_of_a_number_is_read_and_corrected(number: Driver, samples: Path) -> None:
    strokes = number.window.drawing.content.strokes
    picture = mirrored(Content(strokes=strokes))
    number.window.open_content(Content(page=Content(strokes=strokes).extent, background=picture))
    number.settle()
    assert number.root.title() == f"751 – {NAME}"
    number.window.number.state.choose(0)
    number.key("<Key-2>")
    number.settle()
    (stored,) = samples.glob("*.ink")
    assert "picture" in json.loads(stored.read_bytes())
    assert number.root.title() == f"251 – {NAME}"


def test_without_a_model_it_says_why(open_window: Callable[..., Driver]) -> None:
    def missing() -> None:
        raise ModelError("The model is missing.")

    driver = open_window(missing)
    driver.key("<Control-d>")
    draw(driver, SEVEN, 40)
    driver.settle()
    assert texts(driver) == [] and driver.window.prediction is None
    assert driver.window.status == "The model is missing."


def test_the_switch_is_in_the_menu_view(number: Driver) -> None:
    view = {action.label: action for action in actions(menus(number.window)[2].items())}
    switch, following = view["Number"], view["Next Digit"]
    assert switch.marked is not None and switch.marked() and following.enabled()
    following.run()
    assert chosen(number) == "1"
    switch.run()
    assert not switch.marked() and not following.enabled()
    assert not number.window.toolbar.number.get()


def test_the_switch_and_the_number_survive_a_change_of_size(number: Driver) -> None:
    number.key("<Left>")
    number.window.view.zoom_to(1.5)
    number.canvas = number.window.sketchpad.canvas
    number.settle()
    assert number.window.toolbar.number.get()
    assert texts(number) == ["7", "5", "1"] and chosen(number) == "7"
    assert number.window.panel.answer.winner == "751"
    assert number.root.title() == f"751 – {NAME}"
    mark = number.window.number.state.marks[1]
    middle = number.window.sketchpad.view.to_pixels(
        (mark.box.left + mark.box.right) / 2, mark.box.top + 10
    )
    number.stroke([middle])
    number.settle()
    assert chosen(number) == "5"


def test_the_switch_is_remembered(number: Driver, profile: Path) -> None:
    settings = SettingsFile(profile / "settings.json")
    number.until(lambda: settings.read().number)


def test_a_window_left_with_the_switch_on_reads_numbers(
    open_window: Callable[..., Driver], profile: Path
) -> None:
    SettingsFile(profile / "settings.json").write(Settings(number=True))
    driver = open_window()
    assert driver.window.toolbar.number.get()
    assert "Draw a number here" in hints(driver)
    draw(driver, SEVEN, 40)
    draw(driver, ONE, 160)
    driver.settle()
    assert texts(driver) == ["7", "1"]


def test_the_hint_follows_the_switch(driver: Driver) -> None:
    assert "Draw a digit here" in hints(driver)
    driver.key("<Control-d>")
    assert "Draw a number here" in hints(driver)
    driver.key("<Control-d>")
    assert "Draw a digit here" in hints(driver)


def hints(driver: Driver) -> list[str]:
    """All that is written on the canvas."""
    canvas = driver.canvas
    found = [item for item in canvas.find_all() if str(canvas.type(item)) == "text"]
    return [option(driver, item, "text") for item in found]


def test_the_number_is_exported(
    number: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports, window = number.window.exports, number.window
    for name, ask in (("a.json", exports.ask_json), ("a.csv", exports.ask_csv)):
        path = str(tmp_path / name)
        monkeypatch.setattr(
            "tkinter.filedialog.asksaveasfilename", lambda path=path, **_words: path
        )
        ask()
        number.until(lambda name=name: f"Exported {name}" in window.status)  # type: ignore[misc]
    said = json.loads((tmp_path / "a.json").read_bytes())
    assert said["text"] == "751"
    assert [digit["text"] for digit in said["digits"]] == ["7", "5", "1"]
    assert (tmp_path / "a.csv").read_text().splitlines()[1].startswith("751,")


def test_tab_leaves_the_paper_beyond_the_last_digit(number: Driver) -> None:
    number.key("<Tab>")
    assert chosen(number) == "1" and number.root.focus_get() is number.canvas
    number.key("<Tab>")
    assert chosen(number) == "1" and number.root.focus_get() is not number.canvas


def test_the_arrows_move_the_slider_that_has_the_focus(number: Driver) -> None:
    slider = number.window.toolbar.width
    before = slider.get()
    slider.focus_force()
    number.root.update()
    slider.event_generate("<Right>")
    number.root.update()
    assert slider.get() > before and chosen(number) == "5"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped_in_the_least_window(
    open_window: Callable[..., Driver],
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    scale: float,
) -> None:
    monkeypatch.setenv("INKLING_SCALE", str(scale))
    SettingsFile(profile / "settings.json").write(Settings(number=True))
    driver = open_window()
    driver.root.minsize(1, 1)  # the tests' screen is smaller than this window at 200 %
    driver.root.geometry(f"{round(640 * scale)}x{round(480 * scale)}")
    draw(driver, SEVEN, 40)
    driver.settle()
    bar = driver.window.toolbar
    for widget in bar.winfo_children():
        right = widget.winfo_x() + widget.winfo_width()
        assert right <= bar.winfo_width(), str(widget)
        if widget is not bar.width:
            assert widget.winfo_width() >= widget.winfo_reqwidth(), str(widget)
    assert bar.winfo_rootx() + bar.winfo_width() <= (
        driver.root.winfo_rootx() + driver.root.winfo_width()
    )


def test_a_long_number_moves_nothing(driver: Driver) -> None:
    driver.window.set_pen_width(4.0)
    driver.key("<Control-d>")
    wide = driver.canvas.winfo_width(), driver.root.winfo_width()
    for place in range(22):
        driver.stroke([(10 + 20 * place, 200), (10 + 20 * place, 240)])
    driver.settle()
    assert len(driver.window.panel.answer.winner) > 15
    assert (driver.canvas.winfo_width(), driver.root.winfo_width()) == wide


def test_every_theme_has_the_same_paper(number: Driver) -> None:
    number.window.view.set_theme("dark")
    number.settle()
    outlines = [option(number, item, "outline") for item in items(number, "rectangle")]
    assert outlines == [LIGHT.muted, LIGHT.best, LIGHT.muted]


def test_number_parts_are_made_when_the_switch_is_first_used() -> None:
    """A start that reads single digits imports nothing for numbers."""
    code = (
        "import sys; import app.window.main_window, app.window.actions, app.window.clipboard, "
        "app.window.exports, app.window.tips; "
        "print([name for name in sys.modules if name.startswith('app.') and 'number' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_boxes_stay_on_the_ink_when_the_window_grows(number: Driver) -> None:
    def first_box() -> list[float]:
        return number.canvas.coords(items(number, "rectangle")[0])

    before = first_box()
    width, height = number.root.winfo_width(), number.root.winfo_height()
    number.root.geometry(f"{width + 200}x{height + 200}")
    number.until(lambda: first_box() != before)
    number.settle()
    mark = number.window.number.state.marks[0]
    left, _top = number.window.sketchpad.view.to_pixels(mark.box.left, mark.box.top)
    assert 0 < left - first_box()[0] < 12
