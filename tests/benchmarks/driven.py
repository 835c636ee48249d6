"""The program's own window, drawn in by real strokes at their own pace; measures itself.

Reads drawings as JSON on standard input, prints {"pen_up_ms": […], "ready_mb", "after_mb"}.
Nothing is imported here that the program does not import: its memory is what is measured.
"""

import json
import sys
import time
from typing import Any

from app.window.main_window import MainWindow
from app.window.startup import open_root, start_the_rest


class Hand:
    """Draws one digit after another with pointer events, in the running main loop."""

    def __init__(self, window: MainWindow, drawings: list[Any]) -> None:
        self._window = window
        self._canvas = window.sketchpad.canvas
        self._drawings = iter(drawings)
        self._events: list[tuple[str, int, int, float]] = []
        self._lifted = 0.0
        self.waits: list[float] = []
        show = window.panel.bars.show

        def shown(*arguments: Any) -> None:
            show(*arguments)
            window.root.update_idletasks()  # now it is drawn
            if self._lifted and window.asking.answered >= self._request:
                self.waits.append((time.perf_counter() - self._lifted) * 1000)
                self._lifted = 0.0
                window.root.after(60, self.next_digit)

        window.panel.bars.show = shown  # type: ignore[method-assign,assignment]
        self._request = 0

    def next_digit(self) -> None:
        """Begin the next drawing, or end the program."""
        self._window.clear()
        strokes = next(self._drawings, None)
        if strokes is None:
            self._window.root.quit()
            return
        zoom = self._canvas.winfo_height() / 500
        for points in strokes:
            places = [(round(x * zoom), round(y * zoom), t) for x, y, t in points]
            names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(places) - 1)]
            self._events += [(n, *place) for n, place in zip(names, places, strict=True)]
            self._events.append(("<ButtonRelease-1>", *places[-1]))
        self._window.root.after(60, self._step)

    def _step(self) -> None:
        name, x, y, t = self._events.pop(0)
        last = not self._events
        if last:
            self._lifted = time.perf_counter()
            self._request = self._window.asking.answered + 1
        self._canvas.event_generate(name, x=x, y=y)
        if last:
            self._request = self._window.asking.asked
        else:
            self._window.root.after(max(int(self._events[0][3] - t), 1), self._step)


def main() -> None:
    """Open the window, draw everything, print what was measured."""
    drawings = json.load(sys.stdin)
    root = open_root()
    window = MainWindow(root)
    root.deiconify()
    root.update()
    start_the_rest(window, None)
    while not window.ready:
        root.update()
        time.sleep(0.005)
    ready = resident_mb()
    hand = Hand(window, drawings)
    root.after(200, hand.next_digit)
    root.mainloop()
    result = {"pen_up_ms": hand.waits, "ready_mb": ready, "after_mb": resident_mb()}
    sys.stdout.write(json.dumps(result))
    window.close()


def resident_mb() -> float:
    """Return this process's resident memory in MB (proc(5), VmRSS)."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main()
