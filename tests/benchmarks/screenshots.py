"""`python -m tests.benchmarks.screenshots FOLDER [NAME …]` photographs every window of the program.

At 100, 150 and 200 %, light and dark, and the main one at its least size, each in a process of its
own on a virtual screen. NAMEs choose windows; without any all are taken. `--language zh_CN` takes
them in another language.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageGrab
from pyvirtualdisplay.display import Display

from app.ink.source import picture_content
from app.storage.settings import Place, Settings
from app.storage.settings_file import SettingsFile
from app.translation import LANGUAGES, _, language
from app.window.main_window import MainWindow
from app.window.progress import Progress, ProgressWindow
from app.window.startup import open_root, start_the_rest
from tests.benchmarks.strokes import unseen_digits
from training.data.pendigits import PenDigit

_SCALES = (1.0, 1.5, 2.0)
_THEMES = ("light", "dark")
_SCREEN = (1100, 800)
_SETTLE_MS = 400


class Shot(NamedTuple):
    """A window to photograph: how it is opened, and the main window's size before."""

    open: Callable[[MainWindow], Any]
    size: tuple[int, int] | None = None
    ink: bool = True
    number: bool = False


def main() -> int:
    """Take all pictures, or (called by itself with a scale and a theme) one."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHOTS))
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--one", nargs=2, metavar=("SCALE", "THEME"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.one:
        photograph(arguments.folder, arguments.names[0], *arguments.one)
        return 0
    for name in arguments.names or SHOTS:
        for scale in _SCALES:
            for theme in _THEMES:
                _in_a_process(arguments.folder, name, scale, theme, arguments.language)
    return 0


def _in_a_process(folder: Path, name: str, scale: float, theme: str, language: str) -> None:
    screen = round(_SCREEN[0] * scale), round(_SCREEN[1] * scale)
    with Display(visible=False, size=screen), tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [sys.executable, "-m", __spec__.name, str(folder), name, "--one", str(scale), theme],
            env={
                **os.environ,
                "INKLING_SCALE": str(scale),
                "INKLING_PROFILE": profile,
                "LANGUAGE": language,
            },
            check=True,
        )


def photograph(folder: Path, name: str, scale: str, theme: str) -> None:
    """Open the window, draw a four by a writer whom no training saw, and save what is seen."""
    shot, times = SHOTS[name], float(scale)
    four = next(d for d in unseen_digits() if d.label == 4 and d.writer == 30)
    size = tuple(round(side * times) for side in shot.size or (0, 0))
    SettingsFile(Path(os.environ["INKLING_PROFILE"]) / "settings.json").write(
        Settings(
            theme=theme,
            number=shot.number,
            window=Place(0, 0, *size) if shot.size else None,
        )
    )
    root = open_root()
    window = MainWindow(root)
    root.geometry("+0+0")
    root.deiconify()
    root.update()
    start_the_rest(window, None)
    spoken = "" if language() == "en" else f"-{language()}"
    path = folder / f"{name}-{round(100 * times)}-{theme}{spoken}.png"

    def begin() -> None:
        if not window.ready:
            root.after(50, begin)
            return
        if shot.number:
            draw_number(window)
        elif shot.ink:
            draw(window, four)
        root.after(_SETTLE_MS, show)

    def show() -> None:
        opened = shot.open(window)
        root.after(3 * _SETTLE_MS, lambda: finish(getattr(opened, "top", root)))

    def finish(top: tk.Misc) -> None:
        whole = ImageGrab.grab(xdisplay=os.environ["DISPLAY"])
        if isinstance(top, tk.Menu) or name in _ON_THE_MAIN_ONE:
            top = root
        box = (
            top.winfo_rootx(),
            0 if top is root else top.winfo_rooty(),  # the menu bar belongs to it
            top.winfo_rootx() + top.winfo_width(),
            top.winfo_rooty() + top.winfo_height(),
        )
        whole.crop(box).save(path)
        sys.stdout.write(f"{path}\n")
        window.close()

    root.after(100, begin)
    root.mainloop()


def draw(window: MainWindow, digit: PenDigit) -> None:
    """Draw a digit with pointer events."""
    canvas = window.sketchpad.canvas
    zoom = min(canvas.winfo_height(), canvas.winfo_width()) / 500
    for stroke in digit.strokes:
        names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(stroke.points) - 1)]
        for name, point in zip(names, stroke.points, strict=True):
            canvas.event_generate(name, x=round(point.x * zoom), y=round(point.y * zoom))
        canvas.event_generate(
            "<ButtonRelease-1>",
            x=round(stroke.points[-1].x * zoom),
            y=round(stroke.points[-1].y * zoom),
        )


def draw_number(window: MainWindow) -> None:
    """Draw -71.4 by a writer whom no training saw, its ones and signs by a ruler."""
    writer = [digit for digit in unseen_digits() if digit.writer == 30]
    bodies = {label: next(d for d in writer if d.label == label) for label in (7, 1, 4)}
    canvas = window.sketchpad.canvas
    side = min(canvas.winfo_height(), canvas.winfo_width())
    rows = [[(0.03, 0.5), (0.12, 0.5)], [(0.66, 0.69), (0.665, 0.695)]]
    for label, left in ((7, 0.15), (1, 0.40), (4, 0.70)):
        points = [point for stroke in bodies[label].strokes for point in stroke.points]
        low = min(point.x for point in points), min(point.y for point in points)
        high = max(point.x for point in points), max(point.y for point in points)
        times = min(0.4 / (high[1] - low[1]), 0.22 / (high[0] - low[0]))
        rows += [
            [(left + (p.x - low[0]) * times, 0.3 + (p.y - low[1]) * times) for p in stroke.points]
            for stroke in bodies[label].strokes
        ]
    for row in rows:
        places = [(round(x * side), round(y * side)) for x, y in row]
        names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(places) - 1)]
        for name, (x, y) in zip(names, places, strict=True):
            canvas.event_generate(name, x=x, y=y)
        canvas.event_generate("<ButtonRelease-1>", x=places[-1][0], y=places[-1][1])


def _nothing(_window: MainWindow) -> None:
    """Leave the main window as it is."""


def _menu(index: int) -> Callable[[MainWindow], None]:
    def post(window: MainWindow) -> None:
        menu = window.menus.bar.winfo_children()[index]
        assert isinstance(menu, tk.Menu)
        # Only shown: tk_popup would grab the pointer and wait.
        window.root.after(_SETTLE_MS, lambda: menu.post(80, window.root.winfo_rooty()))

    return post


def _tooltip(window: MainWindow) -> None:
    window.tips[-1].show()


def _picture(window: MainWindow) -> None:
    image = Image.new("L", (300, 200), 228)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 170)], fill=40, width=14)
    window.open_content(picture_content(image))
    window.picture.take()
    window.picture.nudge(-12, 8)


def _files(window: MainWindow) -> Any:
    folder = Path(os.environ["INKLING_PROFILE"]) / "pictures"
    folder.mkdir()
    for number in range(12):
        image = Image.new("L", (200, 300), 255)
        ImageDraw.Draw(image).line([(100, 40), (100, 260)], fill=0, width=20)
        image.save(folder / f"scan-{number + 1:03}.png")
    window.several.begin(sorted(folder.iterdir()))
    window.root.after(_SETTLE_MS, lambda: window.several.step(1))
    return window.dialogs.show_files()


def _progress(window: MainWindow) -> Any:
    progress = Progress()
    shown = ProgressWindow(window, lambda: _("Looking for pictures and drawings…"), progress)
    progress(1234, 10_000)
    shown.update()
    return shown


def _samples(window: MainWindow) -> Any:
    window.say("4")
    window.samples.show()
    return window.samples.open_window


def _models(window: MainWindow) -> Any:
    window.show_models()
    return window.models


class _Told:
    """A training that has told all this already and goes on."""

    status = None
    last_lines = ""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self._events = events

    def events(self) -> list[dict[str, Any]]:
        """Return what was told since the last call."""
        told, self._events = self._events, []
        return told

    def cancel(self) -> None:
        """End, which this one need not."""


def _training(window: MainWindow) -> Any:
    from app.window.training_window import TrainingWindow

    events: list[dict[str, Any]] = [
        {"event": "run_started", "recipe": "own-hand", "parameters": 71_338, "epochs": 8}
    ]
    for epoch in range(1, 6):
        right = 1 - 0.3 / epoch**1.5
        events.append(
            {"event": "epoch", "epoch": epoch, "accuracy": right - 0.01, "loss": 0.6 / epoch}
            | {"val_accuracy": right, "val_loss": 0.5 / epoch}
        )
    events.append(
        {"event": "batch", "epoch": 6, "batch": 200, "batches": 500, "seconds_left": 74}
        | {"accuracy": 0.97, "loss": 0.11}
    )
    trainer: Any = _Told(json.loads(json.dumps(events)))
    ignore: Callable[..., None] = lambda *_words: None  # noqa: E731
    return TrainingWindow(window.root, window.look, trainer, ignore, ignore, ignore)


def _retrain(window: MainWindow) -> Any:
    from app.window.retrain_dialog import RetrainDialog

    return RetrainDialog(window.root, window.look, 12, lambda _choice: None)


_ON_THE_MAIN_ONE = ("tooltip",)
SHOTS = {
    "main": Shot(_nothing),
    "least": Shot(_nothing, (640, 480)),
    "large": Shot(_nothing, (1080, 760)),
    "number": Shot(_nothing, number=True),
    "number-least": Shot(_nothing, (640, 480), number=True),
    "hint": Shot(_nothing, ink=False),
    **{
        f"menu-{name}": Shot(_menu(index))
        for index, name in enumerate(("file", "edit", "view", "model", "help"))
    },
    "tooltip": Shot(_tooltip),
    "picture": Shot(_picture, (640, 480), ink=False),
    "files": Shot(_files, ink=False),
    "progress": Shot(_progress),
    "settings": Shot(lambda window: window.dialogs.show_settings()),
    "guide": Shot(lambda window: window.dialogs.show_guide()),
    "shortcuts": Shot(lambda window: window.dialogs.show_shortcuts()),
    "about": Shot(lambda window: window.dialogs.show_about()),
    "samples": Shot(_samples),
    "models": Shot(_models),
    "retrain": Shot(_retrain),
    "training": Shot(_training),
}


if __name__ == "__main__":
    sys.exit(main())
