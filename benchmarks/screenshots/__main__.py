"""`python -m benchmarks.screenshots FOLDER [NAME …]` saves pictures of the named views, or of all.

They are taken at 100, 150 and 200 %, light and dark, on a virtual screen, in a process for each
scale and theme. `--scales 1.25 3` takes them at others, `--language zh_CN` in another language.
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import tkinter as tk
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageGrab
from pyvirtualdisplay.display import Display

from app.i18n import LANGUAGES, language
from app.storage.settings import Place, Settings
from app.storage.settings_store import SettingsStore
from app.ui.main_window import MainWindow
from app.ui.startup import open_root, start_the_rest
from benchmarks.screenshots.ink import draw, draw_number
from benchmarks.screenshots.views import VIEWS, View

_SCALES = (1.0, 1.5, 2.0)
_THEMES = ("light", "dark")
_SCREEN = (1100, 800)
_SETTLE_MS = 250
_SHOW_MS = 900
_WAIT_MS = 50


def main() -> int:
    """Take the pictures: in one process for each scale and theme, which gets --one."""
    parser = argparse.ArgumentParser("python -m benchmarks.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(VIEWS))
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--scales", nargs="+", type=float, default=_SCALES)
    parser.add_argument("--one", nargs=2, metavar=("SCALE", "THEME"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    names = arguments.names or list(VIEWS)
    if arguments.one:
        scale, theme = float(arguments.one[0]), arguments.one[1]
        for name in names:
            if scale in (VIEWS[name].scales or (scale,)):
                take_screenshot(arguments.folder, name, scale, theme)
        return 0
    for scale in arguments.scales:
        for theme in _THEMES:
            _in_a_process(arguments.folder, names, scale, theme, arguments.language)
    return 0


def _in_a_process(
    folder: Path, names: Sequence[str], scale: float, theme: str, language: str
) -> None:
    largest = max((VIEWS[name].size or (0, 0) for name in names if scale == 1.0), default=(0, 0))
    screen = [max(round(one * scale), two + 40) for one, two in zip(_SCREEN, largest, strict=True)]
    with Display(visible=False, size=(screen[0], screen[1])):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "benchmarks.screenshots",
                str(folder),
                *names,
                "--one",
                str(scale),
                theme,
            ],
            env={**os.environ, "INKLING_SCALE": str(scale), "LANGUAGE": language},
            check=True,
        )


def take_screenshot(folder: Path, name: str, scale: float, theme: str) -> None:
    """Open a view in a fresh profile and save its picture in `folder`."""
    spoken = "" if language() == "en" else f"-{language()}"
    path = folder / f"{name}-{round(100 * scale)}-{theme}{spoken}.png"
    with tempfile.TemporaryDirectory() as profile:
        os.environ["INKLING_PROFILE"] = profile
        _settle(VIEWS[name], Path(profile), scale, theme)
        root = open_root()
        _Camera(MainWindow(root, Path(profile)), VIEWS[name], path).begin()
        root.mainloop()
    gc.collect()  # a picture of Tk's that another thread collects would end the process
    sys.stdout.write(f"{path}\n")


def _settle(view: View, profile: Path, scale: float, theme: str) -> None:
    width, height = (round(side * scale) for side in view.size or (0, 0))
    SettingsStore(profile / "settings.json").write(
        Settings(
            theme=theme,
            number=view.number,
            alphabet=view.alphabet,
            window=Place(0, 0, width, height) if view.size else None,
        )
    )


def _end(_kind: type[BaseException], error: BaseException, _trace: Any) -> None:
    """End the process: the window's own report would wait for somebody who closes it."""
    traceback.print_exception(error)
    os._exit(1)


class _Camera:
    """Waits until the window is ready, opens the view, and saves the picture."""

    def __init__(self, window: MainWindow, view: View, path: Path) -> None:
        self._window = window
        self._root = window.root
        self._view = view
        self._path = path
        self._opened: Any = None

    def begin(self) -> None:
        """Show the window; the other steps run in the main loop."""
        self._root.geometry("+0+0")
        self._root.deiconify()
        self._root.update()
        # Away from widgets, which the pointer would highlight.
        self._root.event_generate("<Motion>", warp=True, x=1, y=1)
        start_the_rest(self._window, self._window.profile)
        self._root.report_callback_exception = _end
        self._root.after(_WAIT_MS, self._draw)

    def _draw(self) -> None:
        if not self._window.recognition.is_ready:
            self._root.after(_WAIT_MS, self._draw)
            return
        if self._view.number and self._view.ink is not None:
            draw_number(self._window)
        elif self._view.ink is not None:
            draw(self._window, self._view.ink)
        self._root.after(_SETTLE_MS, self._open)

    def _open(self) -> None:
        # Scheduled first: Tk's own dialogs only return when they are answered.
        self._root.after(_SHOW_MS, self._take)
        self._opened = self._view.open(self._window)

    def _take(self) -> None:
        if self._window.recognition.is_busy or not getattr(self._opened, "is_ready", True):
            self._root.after(_WAIT_MS, self._take)
            return
        self._root.after(_SETTLE_MS, self._save)  # until the last change is drawn

    def _save(self) -> None:
        own = getattr(self._opened, "top", None)
        tops = [str(self._root), *_windows(self._root)] if own is None else [str(own)]
        whole = ImageGrab.grab(xdisplay=os.environ["DISPLAY"])
        whole.crop(self._box(whole, tops)).save(self._path)
        self._cancel_dialogs()
        self._root.after(_WAIT_MS, self._window.close)

    def _cancel_dialogs(self) -> None:
        """Cancel a modal dialog, if there is one, so that the program can end."""
        call = self._root.tk.call
        for variable in (
            "button",
            "selectFilePath",
        ):  # the variables that Tk's own dialogs wait for
            call("set", f"::tk::Priv({variable})", "cancel" if variable == "button" else "")
        for name in map(str, self._root.tk.splitlist(call("grab", "current"))):
            if "__tk" not in name:
                call("destroy", name)

    def _box(self, whole: Image.Image, tops: Sequence[str]) -> tuple[int, int, int, int]:
        """Return the box around these windows; the menu bar belongs to the main one."""
        boxes = []
        for top in tops:
            left, upper, width, height = (
                int(self._root.tk.call("winfo", what, top))
                for what in ("rootx", "rooty", "width", "height")
            )
            boxes.append((left, 0 if top == "." else upper, left + width, upper + height))
        left, upper = (max(min(box[side] for box in boxes), 0) for side in (0, 1))
        right, lower = (max(box[side] for box in boxes) for side in (2, 3))
        return left, upper, min(right, whole.width), min(lower, whole.height)


def _windows(root: tk.Tk, inside: str = ".") -> Iterator[str]:
    """Yield the names of the visible windows but the main one, with those that Tk makes."""
    call = root.tk.call
    for child in root.tk.splitlist(call("winfo", "children", inside)):
        is_window = (
            call("winfo", "toplevel", child) == child or call("winfo", "class", child) == "Menu"
        )
        in_the_main_one = (
            call("winfo", "class", child) == "Menu" and call(child, "cget", "-type") == "menubar"
        )
        if is_window and not in_the_main_one and int(call("winfo", "viewable", child)):
            yield str(child)
        yield from _windows(root, str(child))


if __name__ == "__main__":
    sys.exit(main())
