"""A robot that uses the window without a pause: no callback fails, and nothing grows."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from pyvirtualdisplay.display import Display

from app.storage.settings import ALPHABETS, DIGITS
from app.ui.main_window import MainWindow
from app.ui.menu.action import actions
from app.ui.startup import open_root, start_the_rest
from benchmarks.faults.campaign import Try

_ROUNDS, _TURNS = 12, 60
_WARM_ROUNDS = 6
"""In these everything is used for the first time: memory and commands still grow."""
_MOST_GROWTH = {"commands": 20, "images": 40, "megabytes": 25}
"""From the end of the warm rounds to that of the last."""
_QUESTION_MS = 100
_WINDOWS = ("settings", "guide", "shortcuts", "about", "samples", "models")
_KEYS = (
    *("<Control-z>", "<Control-y>", "<Control-n>", "<Delete>", "<Escape>", "<Tab>"),
    *(f"<Key-{digit}>" for digit in "0123456789"),
)


def prepare() -> Try:
    """Return what lets the robot use one window without a pause."""

    def try_item(rng: Random) -> None:
        with (
            Display(visible=False, size=(1280, 1024)),
            tempfile.TemporaryDirectory() as profile,
        ):
            words = [sys.executable, "-m", "benchmarks.faults.robot", str(rng.random()), profile]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr[-300:]
        report = json.loads(done.stdout)
        assert not report["problems"], report["problems"][0]
        early, late = report["measures"][_WARM_ROUNDS - 1], report["measures"][-1]
        for name, most in _MOST_GROWTH.items():
            assert late[name] - early[name] <= most, f"{name} grow: {report['measures']}"

    return try_item


class _Robot:
    def __init__(self, rng: Random, window: MainWindow) -> None:
        self._rng = rng
        self._window = window
        self._root = window.root
        self._acts: list[Callable[[], None]] = [
            *[self._draw] * 12,
            *[self._press_key] * 6,
            self._switch_number,
            self._change_alphabet,
            self._change_theme,
            self._change_language,
            self._change_size,
            self._open_windows,
            self._resize,
        ]

        self._answer_questions()

    def _answer_questions(self) -> None:
        """Press Escape in every question that waits for an answer, from now on."""
        asking = self._root.grab_current()  # type: ignore[no-untyped-call]
        if asking is not None:
            asking.event_generate("<Escape>")
        self._root.after(_QUESTION_MS, self._answer_questions)

    def act(self) -> None:
        """Do one random thing, and let the window answer."""
        self._rng.choice(self._acts)()
        self.settle()

    def rest(self) -> dict[str, float]:
        """Bring the window back to its first state, and return what must not grow."""
        appearance = self._window.features.appearance
        for child in self._root.winfo_children():
            if child.winfo_class() == "Toplevel":
                child.destroy()
        appearance.set_theme("light")
        appearance.set_language("en")
        appearance.zoom_to(1.0)
        self._window.selection.switch(False)
        self._window.preferences.change(alphabet=DIGITS)
        self._window.document.clear()
        self._draw()
        self.settle()
        gc.collect()
        count = {
            what: len(self._root.tk.splitlist(self._root.tk.eval(what)))
            for what in ("info commands", "image names")
        }
        return {
            "commands": count["info commands"] - count["image names"],
            "images": count["image names"],
            "megabytes": round(_resident() / 1e6),
        }

    def settle(self) -> None:
        """Let everything that was asked be answered and drawn."""
        recognition = self._window.recognition
        end = time.monotonic() + 20
        self._root.update()
        while not recognition.is_ready or recognition.is_busy:
            assert time.monotonic() < end, "no answer after 20 s"
            self._root.update()
            time.sleep(0.001)

    def _draw(self) -> None:
        canvas = self._window.sketchpad.canvas
        wide, high = canvas.winfo_width(), canvas.winfo_height()
        places = [
            (round(self._rng.random() * wide), round(self._rng.random() * high))
            for _point in range(self._rng.choice((1, 3, 12)))
        ]
        names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(places) - 1)]
        for name, (x, y) in zip(names, places, strict=True):
            canvas.event_generate(name, x=x, y=y)
        canvas.event_generate("<ButtonRelease-1>", x=places[-1][0], y=places[-1][1])

    def _press_key(self) -> None:
        self._window.sketchpad.canvas.focus_force()
        self._root.update()
        self._window.sketchpad.canvas.event_generate(self._rng.choice(_KEYS))

    def _switch_number(self) -> None:
        self._window.selection.switch(not self._window.selection.is_on)

    def _change_alphabet(self) -> None:
        self._window.preferences.change(alphabet=self._rng.choice(ALPHABETS))

    def _change_theme(self) -> None:
        self._window.features.appearance.set_theme(self._rng.choice(("light", "dark")))

    def _change_language(self) -> None:
        self._window.features.appearance.set_language(self._rng.choice(("en", "zh_CN")))

    def _change_size(self) -> None:
        self._window.features.appearance.zoom_to(self._rng.choice((1.0, 1.25, 2.0)))

    def _open_windows(self) -> None:
        self._window.features.show(self._rng.choice(_WINDOWS))
        self.settle()
        for menu in self._window.features.menus():
            assert list(actions(menu.items()))
        for child in self._root.winfo_children():
            if child.winfo_class() == "Toplevel":
                child.destroy()

    def _resize(self) -> None:
        wide, high = self._rng.randint(640, 1200), self._rng.randint(480, 1000)
        self._root.geometry(f"{wide}x{high}")


def _resident() -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def main(seed: str, profile: str) -> None:
    """Use a window, and print what failed and what grew."""
    problems: list[str] = []

    def report(_kind: Any, error: BaseException, _trace: Any) -> None:
        problems.append("".join(traceback.format_exception(error))[-600:])

    root = open_root()
    window = MainWindow(root, Path(profile))
    root.deiconify()
    root.update()
    start_the_rest(window, Path(profile))
    root.report_callback_exception = report
    robot = _Robot(Random(seed), window)
    robot.settle()
    measures = []
    gc.disable()  # it may run on the recogniser's thread, where Tk must not be called
    for _round in range(_ROUNDS):
        for _turn in range(_TURNS):
            robot.act()
        measures.append(robot.rest())
    sys.stdout.write(json.dumps({"problems": problems, "measures": measures}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
