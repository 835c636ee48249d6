"""A real window on a screen (pytest-xvfb's, where there is one) that lets no error pass."""

import contextlib
import gc
import logging
import os
import time
import tkinter as tk
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.errors import InklingError
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import SampleStore
from app.ui.main_window import MainWindow
from app.ui.startup import open_root
from app.worker import Worker

PATIENCE_S = 20.0
_LONGEST_MS = 280_000
"""No test takes so long; pytest's own timeout cannot end a wait inside Tk."""
Place = tuple[float, float]


class Driver:
    """A window, and a hand that uses it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.root = window.root
        self.canvas = window.sketchpad.canvas

    def until(self, done: Callable[[], bool], patience: float = PATIENCE_S) -> None:
        """Let the window live until something is so; it fails after `patience` seconds."""
        end = time.monotonic() + patience
        while not done():
            assert time.monotonic() < end, "waited in vain"
            self.root.update()
            time.sleep(0.001)

    def settle(self) -> None:
        """Let everything that was asked be answered and drawn."""
        self.root.update()
        recognition = self.window.recognition
        self.until(lambda: recognition.is_ready and not recognition.is_busy)

    def stroke(self, places: Sequence[Place], start_ms: int = 0, step_ms: int = 10) -> None:
        """Draw a stroke through places in canvas pixels, with the event times given."""
        whole = [(round(x), round(y)) for x, y in places]
        self.canvas.event_generate(
            "<ButtonPress-1>", x=whole[0][0], y=whole[0][1], time=start_ms + 1
        )
        for index, (x, y) in enumerate(whole[1:], 1):
            self.canvas.event_generate("<B1-Motion>", x=x, y=y, time=start_ms + 1 + index * step_ms)
        last = start_ms + 1 + len(whole) * step_ms
        self.canvas.event_generate("<ButtonRelease-1>", x=whole[-1][0], y=whole[-1][1], time=last)

    def seven(self) -> None:
        """Draw a seven in the middle of the canvas."""
        side = min(self.canvas.winfo_width(), self.canvas.winfo_height())
        corners = [(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]
        self.stroke([(x * side, y * side) for x, y in corners])

    def key(self, sequence: str) -> None:
        """Press a key."""
        self.canvas.focus_force()
        self.root.update()
        self.canvas.event_generate(sequence)
        self.root.update()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect what a test leaves when nothing, its fixtures neither, holds it any more.

    Here alone, on Tk's own thread: another one that collected a Tk image or variable would abort
    the process or raise. Only after tests with a window: every test of all folders comes by here,
    and beside TensorFlow there is much to look through.
    """
    has_window = isinstance(item, pytest.Function) and "root" in item.fixturenames
    if has_window:
        gc.disable()
    try:
        return (yield)
    finally:
        if has_window:
            gc.collect()
            gc.enable()


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the program stores everything; nobody's own settings are met."""
    monkeypatch.setenv("INKLING_PROFILE", str(tmp_path / "profile"))
    monkeypatch.setenv("INKLING_FILE_DIALOGS", "tk")  # not the desktop's own, which none answers
    return tmp_path / "profile"


@pytest.fixture
def root(caplog: pytest.LogCaptureFixture) -> Iterator[tk.Tk]:
    """A Tk root; the test fails if any callback raised or anything was logged as an error."""
    try:
        root = open_root()
    except InklingError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    errors: list[BaseException] = []

    def report(_kind: type[BaseException], error: BaseException, _trace: Any) -> None:
        errors.append(error)
        if modal := root.tk.call("grab", "current"):  # it would wait for an answer for ever
            root.tk.call("destroy", modal)

    def end() -> None:
        errors.append(TimeoutError("the test took too long"))
        root.destroy()

    root.report_callback_exception = report
    root.after(_LONGEST_MS, end)
    yield root
    with contextlib.suppress(tk.TclError):  # the test may have closed the window itself
        root.destroy()
    assert not errors, f"a Tk callback raised {errors!r}"
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not logged, f"logged: {logged}"


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """The folder of the user's samples."""
    return tmp_path / "samples"


@pytest.fixture
def open_window(root: tk.Tk, samples: Path) -> Iterator[Callable[..., Driver]]:
    """Return what opens the main window, with the shipped model or another loader."""
    workers: list[Worker] = []

    def shipped() -> PersonalRecogniser:
        return PersonalRecogniser(shipped_recogniser(), SampleStore(samples))

    def opened(load: Callable[[], Any] = shipped) -> Driver:
        window = MainWindow(root)
        root.deiconify()
        root.update()
        worker = Worker(load, window.symbols.own)
        worker.start()
        workers.append(worker)
        window.complete()
        window.recognition.start(worker)
        return Driver(window)

    yield opened
    for worker in workers:  # or it would be the last to hold a variable of Tk's, and free it
        worker.stop()


@pytest.fixture
def driver(open_window: Callable[..., Driver]) -> Driver:
    """The main window, ready."""
    driver = open_window()
    driver.settle()
    return driver
