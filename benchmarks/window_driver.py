"""Draws in the program's window by pointer events at the pace of real strokes, and measures.

Reads drawings as JSON from standard input, prints {"pen_up_ms": […], "frame_ms": […],
"drawing_frame_ms": […], "ready_mb", "after_mb", "both_mb", "status"}. Arguments are
`--inside VIEW`, to open that view of "See inside", or those of a training that runs meanwhile,
until whose end the drawings are repeated. Imports only what the program imports, because its memory
is measured.
"""

import itertools
import json
import sys
import time
from typing import Any

from app.training_process import TrainingProcess
from app.ui.main_window import MainWindow
from app.ui.startup import open_root, start_the_rest

FRAME_MS = 16


_OF_CHARACTERS = 30
"""Drawings that are recognised as characters afterwards, by the second model; none with
`--inside`."""


class FrameTimer:
    """Measures the time between frames of the main loop, with 60 a second requested."""

    def __init__(self, pen: "Pen", window: MainWindow) -> None:
        self._pen = pen
        self._root = window.root
        self._before = 0.0
        self._was_drawing = False
        self.gaps: list[float] = []
        self.gaps_while_drawing: list[float] = []
        """Those of them at whose beginning or end a drawing was under way."""

    def tick(self) -> None:
        """Note the time of a frame and request the next one."""
        now, is_drawing = time.perf_counter(), self._pen.is_drawing
        if self._before:
            self.gaps.append((now - self._before) * 1000)
            if is_drawing or self._was_drawing:
                self.gaps_while_drawing.append(self.gaps[-1])
        self._before, self._was_drawing = now, is_drawing
        self._root.after(FRAME_MS, self.tick)


class Pen:
    """Draws one digit after another by pointer events; measures from pen-up to the bars.

    While a training runs, the drawings are repeated until it ends.
    """

    def __init__(
        self, window: MainWindow, drawings: list[Any], trainer: TrainingProcess | None
    ) -> None:
        self._window = window
        self._canvas = window.sketchpad.canvas
        self._drawings = iter(drawings if trainer is None else itertools.cycle(drawings))
        self._trainer = trainer
        self._events: list[tuple[str, int, int, float]] = []
        self._lifted = 0.0
        self.waits: list[float] = []
        show = window.panel.bars.show

        def shown(*arguments: Any) -> None:
            show(*arguments)
            window.root.update_idletasks()  # now it is drawn
            answer = window.recognition.answer
            if self._lifted and answer is not None and answer.request >= self._request:
                self.waits.append((time.perf_counter() - self._lifted) * 1000)
                self._lifted = 0.0
                window.root.after(60, self.next_digit)

        window.panel.bars.show = shown  # type: ignore[method-assign,assignment]
        self._request = 0

    @property
    def is_drawing(self) -> bool:
        """Whether a drawing has been begun and is not complete."""
        return bool(self._events)

    def next_digit(self) -> None:
        """Begin the next drawing, or quit the main loop after the last."""
        self._window.document.clear()
        strokes = next(self._drawings, None)
        if strokes is None or (self._trainer is not None and self._trainer.status is not None):
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
            self._request = self._window.recognition.last_asked + 1
        self._canvas.event_generate(name, x=x, y=y)
        if last:
            self._request = self._window.recognition.last_asked
        else:
            self._window.root.after(max(int(self._events[0][3] - t), 1), self._step)


def main() -> None:
    """Open the window, draw everything, print the measurements."""
    drawings = json.load(sys.stdin)
    root = open_root()
    window = MainWindow(root)
    root.deiconify()
    root.update()
    start_the_rest(window, None)
    while not window.recognition.is_ready:
        root.update()
        time.sleep(0.005)
    ready = resident_mb()
    arguments = sys.argv[1:]
    if is_inside := arguments[:1] == ["--inside"]:
        _open_inside(window, arguments[1])
        arguments = []
    trainer = TrainingProcess(arguments) if arguments else None
    pen = Pen(window, drawings, trainer)
    frames = FrameTimer(pen, window)
    root.after(200, pen.next_digit)
    root.after(200, frames.tick)
    root.mainloop()
    after = resident_mb()
    if not is_inside:
        window.preferences.change(alphabet="characters")
        others = Pen(window, drawings[:_OF_CHARACTERS], None)
        root.after(200, others.next_digit)
        root.mainloop()
    result = {
        "pen_up_ms": pen.waits,
        "frame_ms": frames.gaps,
        "drawing_frame_ms": frames.gaps_while_drawing,
        "ready_mb": ready,
        "after_mb": after,
        "both_mb": resident_mb(),
        "status": trainer.status if trainer else 0,
    }
    sys.stdout.write(json.dumps(result))
    window.close()


def _open_inside(window: MainWindow, view: str) -> None:
    shown: Any = window.features.show("inside")
    shown.chosen.set(view)
    shown.show_view()
    while not shown.is_ready:
        window.root.update()
        time.sleep(0.005)


def resident_mb() -> float:
    """Return this process's resident memory in MB (proc(5), VmRSS)."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main()
