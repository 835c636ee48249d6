"""The tool "Picture" in the real window: drag, wheel, keys, undo, and what is read meanwhile."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.file_reader import picture_content, read_content
from app.formats.drawing_file import parse_drawing
from app.ink.geometry import Rect
from app.ui.canvas import picture_tool
from app.ui.canvas.tools import PICTURE
from tests.app.ui.conftest import Driver


@pytest.fixture
def held(driver: Driver) -> Driver:
    """The window with a wide picture of a seven, and the tool in hand."""
    picture = Image.new("L", (300, 150), 235)
    ImageDraw.Draw(picture).line([(120, 30), (190, 30), (150, 120)], fill=20, width=12)
    driver.window.document.replace(picture_content(picture))
    driver.settle()
    driver.key("<v>")
    assert driver.window.tools.tool == PICTURE
    return driver


def place(driver: Driver) -> Rect | None:
    return driver.window.document.drawing.content.background_rect


def drag(driver: Driver, dx: int, dy: int) -> None:
    canvas = driver.canvas
    x, y = canvas.winfo_width() // 2, canvas.winfo_height() // 2
    canvas.event_generate("<ButtonPress-1>", x=x, y=y)
    for part in range(1, 6):
        canvas.event_generate("<B1-Motion>", x=x + dx * part // 5, y=y + dy * part // 5)
        driver.root.update()
    canvas.event_generate("<ButtonRelease-1>", x=x + dx, y=y + dy)
    driver.settle()


def test_a_drag_is_one_step_and_is_read_at_once(held: Driver) -> None:
    before = held.window.document.drawing.content
    assert held.window.panel.answer.best == "7"
    drag(held, -40, 30)
    after = place(held)
    assert after is not None and after.left < -20 and after.top > 10
    assert not held.window.document.drawing.content.strokes
    assert held.window.panel.answer.best == "7"
    assert "not recognised" in held.window.status.text
    held.key("<Control-z>")
    assert held.window.document.drawing.content is before
    held.key("<Control-y>")
    assert place(held) == after


def test_off_the_page_there_is_a_sentence_and_f_brings_it_back(held: Driver) -> None:
    for _turn in range(3):
        drag(held, 300, 0)
    held.until(lambda: "off the page; press F to bring it back" in held.window.status.text)
    held.key("<f>")
    held.settle()
    assert held.window.panel.answer.best == "7"
    assert place(held) == Rect(0.0, 0.0, 400.0, 200.0)


def test_wheel_and_keys(held: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_tool, "_ONE_GESTURE_S", 1e9)
    drawing, x11 = held.window.document.drawing, held.root.tk.call("tk", "windowingsystem") == "x11"
    held.key("<Right>")
    held.key("<Down>")
    assert place(held) == Rect(4.0, 4.0, 404.0, 204.0)
    for _notch in range(3):
        if x11:
            held.canvas.event_generate("<Button-4>", x=200, y=200)
        else:
            held.canvas.event_generate("<MouseWheel>", x=200, y=200, delta=120)
    wheeled = place(held)
    assert wheeled is not None
    assert wheeled.right - wheeled.left == pytest.approx(400 * 1.1**3)
    drawing.undo()
    assert place(held) == Rect(4.0, 4.0, 404.0, 204.0), "one turn of the wheel is one step"
    held.key("<minus>")
    small = place(held)
    assert small is not None and small.right - small.left == pytest.approx(400 / 1.25)
    assert held.window.preferences.settings.zoom == 1.0


def test_the_tool_goes_with_the_picture(held: Driver) -> None:
    held.window.features.appearance.zoom_to(1.25)
    held.canvas = held.window.sketchpad.canvas
    assert held.window.tools.tool == PICTURE
    drag(held, 10, 0)
    assert place(held) is not None
    held.key("<Escape>")
    assert held.window.document.drawing.content.is_empty
    held.seven()
    held.settle()
    assert len(held.window.document.drawing.content.strokes) == 1
    assert held.window.tools.tool == "pen"
    assert held.window.preferences.settings.tool == "pen", "only pen and eraser are remembered"
    held.window.features.picture_tool.use()
    assert "first" in held.window.status.text and held.window.tools.tool == "pen"


def test_strokes_over_it_stay_and_all_is_kept(held: Driver, tmp_path: Path, profile: Path) -> None:
    held.key("<p>")
    held.seven()
    strokes = held.window.document.drawing.content.strokes
    held.key("<v>")
    drag(held, 20, 20)
    content = held.window.document.drawing.content
    assert content.strokes == strokes and held.window.document.is_unsaved
    held.until(lambda: held.window.features.autosave.is_written)
    (kept,) = (profile / "autosave").glob("*.ink")
    assert parse_drawing(kept.read_bytes()).background_rect is not None
    held.window.features.files.save(tmp_path / "a.ink")
    held.until(lambda: "Saved a.ink" in held.window.status.text)
    back = read_content(tmp_path / "a.ink")
    assert (
        back.background_rect is not None
        and content.background_rect is not None
        and back.background is not None
    )
    shift = back.page.left - content.page.left
    assert back.background_rect.left == pytest.approx(content.background_rect.left + shift)
    assert back.strokes[0].points[0].x == pytest.approx(strokes[0].points[0].x + shift, abs=0.01)
    assert not held.window.document.is_unsaved
