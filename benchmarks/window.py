"""The running window on a virtual screen: start, pen-up to bars, memory, dropped frames."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyvirtualdisplay.display import Display

from benchmarks.unseen_digits import unseen_digits

_STARTS = 15
_DIGITS, _SOME_DIGITS = 300, 40
_INSIDE = "--inside"
INSIDE_VIEWS = ("weights", "layers", "time", "why-not", "map")
_BARE = """
import tkinter, time, os
root = tkinter.Tk()
tkinter.Canvas(root, width=480, height=480, background="white").pack()
root.update()
fields = open("/proc/self/stat").read().rpartition(")")[2].split()
started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
print((time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000)
"""


def startup() -> list[tuple[str, str]]:
    """Return the time from start to a usable canvas, beside a bare Tk window, in turn."""
    bare, ours = [], []
    with screen():
        for _turn in range(_STARTS + 1):  # the first fills the disk cache
            bare.append(float(_output([sys.executable, "-c", _BARE])))
            line = _output([sys.executable, "-m", "app", "--trace-startup"])
            ours.append(json.loads(line))
    bare_ms = statistics.median(bare[1:])
    drawable = statistics.median(times["drawable_ms"] for times in ours[1:])
    ready = statistics.median(times["recogniser_ms"] for times in ours[1:])
    return [
        ("a bare Tk window with a canvas, median", f"{bare_ms:.0f} ms"),
        ("start to a canvas that takes ink, median", f"{drawable:.0f} ms"),
        ("ratio of the two", f"{drawable / bare_ms:.2f}×"),
        ("start to first recognition possible, median", f"{ready:.0f} ms"),
    ]


def pen_up() -> list[tuple[str, str]]:
    """Return the time from pen-up to bars drawn in the running window."""
    waits = sorted(_drive()["pen_up_ms"])
    return [
        (f"pen-up to bars drawn, {len(waits)} digits, median", f"{waits[len(waits) // 2]:.1f} ms"),
        ("pen-up to bars drawn, 99th percentile", f"{waits[int(len(waits) * 0.99)]:.1f} ms"),
    ]


def memory() -> list[tuple[str, str]]:
    """Return the resident memory of the window, ready and after many drawings."""
    driven = _drive()
    return [
        ("resident memory of the window, ready", f"{driven['ready_mb']:.0f} MB"),
        (f"the same after {_DIGITS} drawings", f"{driven['after_mb']:.0f} MB"),
        ("the same with the model of all characters", f"{driven['both_mb']:.0f} MB"),
    ]


def frames_while_training() -> list[tuple[str, str]]:
    """Return the frames that the window drops while drawing, alone and while a training runs."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        words = ["own-hand", "--data", "mnist,pen", "--epochs", "1", "--fit-only"]
        training = _drive([*words, "--out", str(Path(folder) / "run")])
    assert training["status"] == 0, "the training failed"
    for when, driven in (("alone", _drive()), ("while a training runs", training)):
        gaps, waits = driven["frame_ms"], sorted(driven["pen_up_ms"])
        dropped = sum(max(round(gap / 16.7) - 1, 0) for gap in gaps)
        value = f"{dropped} of {len(gaps):,}, longest {max(gaps):.0f} ms"
        rows.append((f"frames of 60 a second dropped, {when}", value))
        wait = f"{waits[int(len(waits) * 0.99)]:.1f} ms"
        rows.append((f"pen-up to bars drawn, 99th percentile, {when}", wait))
    return rows


def frames_inside() -> list[tuple[str, str]]:
    """Return the frames that are dropped while drawing with each view of "See inside" open."""
    rows = []
    for view in ("", *INSIDE_VIEWS):
        driven = _drive([_INSIDE, view] if view else [], count=_SOME_DIGITS)
        gaps, waits = driven["drawing_frame_ms"], sorted(driven["pen_up_ms"])
        when = f"with the view {view}" if view else "without the window"
        dropped = sum(max(round(gap / 16.7) - 1, 0) for gap in gaps)
        value = f"{dropped} of {len(gaps):,}, longest {max(gaps):.0f} ms"
        rows.append((f"frames of 60 a second dropped, {when}", value))
        wait = f"median {statistics.median(waits):.1f} ms, longest {waits[-1]:.1f}"
        rows.append((f"pen-up to bars drawn, {when}", wait))
    return rows


def _drive(arguments: Sequence[str] = (), count: int = _DIGITS) -> Any:
    """Return what `window_driver` measured in a process of its own.

    `arguments`: as it takes them; `count`: how many digits are drawn.
    """
    drawings = [
        [[[x, y, t] for x, y, t in stroke.points] for stroke in digit.strokes]
        for digit in unseen_digits()[:count]
    ]
    with screen():
        return json.loads(
            _output(
                [sys.executable, "-m", "benchmarks.window_driver", *arguments], json.dumps(drawings)
            )
        )


def _output(command: list[str], text: str | None = None) -> str:
    environment = dict(os.environ)
    # Bytecode is compiled at the first start, as for any user.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as profile:  # not the settings of the user who measures
        done = subprocess.run(
            command,
            input=text,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
            env={**environment, "INKLING_PROFILE": profile},
        )
    return done.stdout


@contextmanager
def screen() -> Iterator[None]:
    """Start a virtual screen for all that is started in the block."""
    with Display(visible=False, size=(1280, 1024)):
        yield
