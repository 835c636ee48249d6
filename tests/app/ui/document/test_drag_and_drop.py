"""Dropping files on the real window, as tkdnd hands them over."""

import logging
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.app.ui.conftest import Driver

pytest.importorskip("tkinterdnd2")

KINDS = {"files": "text/uri-list", "text": "text/plain"}


def drop(driver: Driver, kind: str, data: tuple[str, ...] | str) -> None:
    """Let something go over the canvas: what the extension does when the window system says so."""
    call, canvas = driver.root.tk.call, str(driver.canvas)
    type_ = KINDS[kind]
    call("tkdnd::generic::HandleEnter", canvas, canvas, (type_,), (type_,), ("copy",), ())
    call("tkdnd::generic::SetDroppedData", data)
    call("tkdnd::generic::HandlePosition", canvas, canvas, (), 50, 50)
    assert call("tkdnd::generic::HandleDrop", canvas, canvas, (), 50, 50, 0) == "copy"


@pytest.fixture
def target(driver: Driver) -> Driver:
    """The window with what is dropped taken, where this system's extension speaks XDND."""
    driver.window.features.drag_and_drop.attach()
    assert driver.window.features.drag_and_drop.works
    if driver.root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("drops are handed over otherwise here")
    return driver


def test_a_picture_is_opened(target: Driver, tmp_path: Path) -> None:
    path = tmp_path / "my {odd} name 七.png"
    Image.new("L", (40, 20), 200).save(path)
    drop(target, "files", (str(path),))
    target.until(lambda: target.window.document.drawing.content.background is not None)
    assert target.window.document.path == path


def test_a_drop_without_files_gives_a_message_and_nothing_is_lost(
    target: Driver, tmp_path: Path
) -> None:
    target.seven()
    before = target.window.document.drawing.content
    (tmp_path / "note.png").write_bytes(b"no picture")
    target.window.preferences.change(ask_unsaved=False)
    drop(target, "text", "twelve")
    assert "not a file" in target.window.status.text
    target.window.status.show("")
    drop(target, "files", ("https://example.org/seven.png",))
    target.until(lambda: "not a file" in target.window.status.text)
    assert target.window.document.drawing.content is before
    drop(target, "files", (str(tmp_path / "note.png"),))
    target.until(lambda: "not a picture" in target.window.status.text)
    drop(target, "files", (str(tmp_path / "gone.png"),))
    target.until(lambda: "no such file" in target.window.status.text)
    target.window.document.undo()
    assert target.window.document.drawing.content is before


def test_unsaved_work_is_asked_about(
    target: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("app.ui.dialogs.prompts.choose", lambda *_asked: asked.append(True))
    Image.new("L", (40, 20), 200).save(tmp_path / "a.png")
    target.seven()
    drop(target, "files", (str(tmp_path / "a.png"),))
    target.until(lambda: bool(asked))
    assert target.window.document.drawing.content.background is None


def test_without_the_library_the_program_works(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "tkinterdnd2", None)
    with caplog.at_level(logging.WARNING):
        driver.window.features.drag_and_drop.attach()
    assert not driver.window.features.drag_and_drop.works
    assert "cannot be dropped" in caplog.text
    driver.seven()
    driver.settle()
    assert driver.window.panel.answer.best == "7"
