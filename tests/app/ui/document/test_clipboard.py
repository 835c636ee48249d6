"""Cut, copy and paste in the real window."""

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.app.ui.conftest import Driver


def test_a_picture_goes_over_the_clipboard(driver: Driver) -> None:
    if not any(os.access(f"{folder}/xclip", os.X_OK) for folder in os.get_exec_path()):
        if os.environ.get("CI"):
            pytest.fail("install xclip")
        pytest.skip("needs xclip")
    driver.seven()
    driver.settle()
    driver.window.features.clipboard.cut()
    driver.until(lambda: driver.window.document.drawing.content.is_empty)
    driver.window.features.clipboard.paste()
    driver.until(lambda: driver.window.document.drawing.content.background is not None)
    driver.settle()
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.text == "7"
    )
    assert driver.window.document.is_unsaved
    driver.window.features.clipboard.copy_result()
    driver.window.preferences.change(ask_unsaved=False)
    driver.window.features.clipboard.paste()  # text now, and our own: nobody may wait for anybody
    driver.until(lambda: "no picture" in driver.window.status.text)


def test_the_status_names_the_missing_tool(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    driver.seven()
    driver.window.features.clipboard.copy()
    driver.until(lambda: "apt install" in driver.window.status.text)
    driver.window.status.show("")
    driver.window.preferences.change(ask_unsaved=False)
    driver.window.features.clipboard.paste()
    driver.until(lambda: "apt install" in driver.window.status.text)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (Image.DecompressionBombError("too large"), "too many pixels"),
        (SyntaxError("broken PNG"), "damaged"),
        (ChildProcessError("no target"), "no picture"),
        (None, "no picture"),
        ([], "no picture"),
        (["/nowhere/a.png"], "no such file"),
        (Image.new("1", (14_200, 14_200)), "14,200"),
    ],
)
def test_the_status_shows_why_nothing_can_be_pasted(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, found: object, message: str
) -> None:
    def grab() -> object:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("PIL.ImageGrab.grabclipboard", grab)
    driver.window.features.clipboard.paste()
    driver.until(lambda: message in driver.window.status.text)
    assert driver.window.document.drawing.content.is_empty
