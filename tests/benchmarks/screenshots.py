"""`python -m tests.benchmarks.screenshots FOLDER` draws a real digit and photographs the window.

At 100 % and 200 %, light and dark, in every language, each in a process of its own on a virtual
screen.
"""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

from PIL import ImageGrab
from pyvirtualdisplay.display import Display

from app.translation import LANGUAGES
from app.window.main_window import MainWindow
from app.window.startup import open_root, start_the_rest
from tests.benchmarks.strokes import unseen_digits
from training.data.pendigits import PenDigit

_SCALES = (1, 2)
_THEMES = ("light", "dark")


def main() -> int:
    """Take all pictures, or (called by itself with a scale and a theme) one."""
    if len(sys.argv) == 4:
        photograph(Path(sys.argv[1]), sys.argv[3] == "dark")
        return 0
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for scale, theme, language in product(_SCALES, _THEMES, LANGUAGES):
        path = folder / f"window-{100 * scale}-{theme}-{language}.png"
        with Display(visible=False, size=(900 * scale, 700 * scale)):
            subprocess.run(
                [sys.executable, "-m", __spec__.name, str(path), str(scale), theme],
                env={**os.environ, "INKLING_SCALE": str(scale), "LANGUAGE": language},
                check=True,
            )
        sys.stdout.write(f"{path}\n")
    return 0


def photograph(path: Path, dark: bool) -> None:
    """Open the window, draw a four by a writer whom no training saw, and save what is seen."""
    root = open_root()
    window = MainWindow(root)
    window.view.set_theme("dark" if dark else "light")
    root.geometry("+0+0")
    root.deiconify()
    root.update()
    start_the_rest(window, None)
    four = next(d for d in unseen_digits() if d.label == 4 and d.writer == 30)

    def begin() -> None:
        draw(window, four)
        root.after(600, finish)

    def finish() -> None:
        box = (0, 0, root.winfo_width(), root.winfo_rooty() + root.winfo_height())
        ImageGrab.grab(bbox=box, xdisplay=os.environ["DISPLAY"]).save(path)
        window.close()

    root.after(1500, begin)
    root.mainloop()


def draw(window: MainWindow, digit: PenDigit) -> None:
    """Draw a digit with pointer events."""
    canvas = window.sketchpad.canvas
    zoom = canvas.winfo_height() / 500
    for stroke in digit.strokes:
        names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(stroke.points) - 1)]
        for name, point in zip(names, stroke.points, strict=True):
            canvas.event_generate(name, x=round(point.x * zoom), y=round(point.y * zoom))
        canvas.event_generate(
            "<ButtonRelease-1>",
            x=round(stroke.points[-1].x * zoom),
            y=round(stroke.points[-1].y * zoom),
        )


if __name__ == "__main__":
    sys.exit(main())
