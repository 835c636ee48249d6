"""Size, start and training time of the built editions beside the source; build them first."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.window import screen

DIST = Path(__file__).parents[1] / "dist"
_STARTS = 15
_TRAININGS = 3
_FOLDERS = {"lite": "inkling-lite", "full": "inkling"}


def sizes() -> list[tuple[str, str]]:
    """Return the size of each edition, unpacked and zipped."""
    rows = []
    for edition, name in _FOLDERS.items():
        unpacked = sum(p.stat().st_size for p in (DIST / name).rglob("*") if p.is_file())
        (archive,) = DIST.glob(f"{name}-[0-9]*.zip")
        zipped = archive.stat().st_size
        value = f"{unpacked / 1e6:,.0f} MB, {zipped / 1e6:,.0f} MB"
        rows.append((f"{edition} edition, unpacked and zipped", value))
    return rows


def starts() -> list[tuple[str, str]]:
    """Return the median times from start to a usable canvas, measured in turn, and their ratios."""
    commands = {
        "source": [sys.executable, "-m", "app"],
        **{edition: [str(DIST / name / name)] for edition, name in _FOLDERS.items()},
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with screen():
        for number in range(_STARTS + 1):
            for name, command in commands.items():
                done = subprocess.run(
                    [*command, "--trace-startup"], capture_output=True, check=True, text=True
                )
                if number:  # the first of each fills the disk cache
                    times[name].append(json.loads(done.stdout)["drawable_ms"])
    median = {name: statistics.median(taken) for name, taken in times.items()}
    lite, source, full = median["lite"], median["source"], median["full"]
    return [
        ("lite, start to a canvas that takes ink, beside the source", _ratio(lite, source)),
        ("full, the same, beside lite", _ratio(full, lite)),
    ]


def frozen_training() -> list[tuple[str, str]]:
    """Return the time of `train sprint` in the full edition and from source, measured in turn."""
    program = str(DIST / _FOLDERS["full"] / _FOLDERS["full"])
    commands = {"full": [program, "train"], "source": [sys.executable, "-m", "training", "train"]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _number in range(_TRAININGS):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                started = time.perf_counter()
                subprocess.run(
                    [*command, "sprint", "--out", folder],
                    capture_output=True,
                    check=True,
                    env={**os.environ, "INKLING_PROFILE": folder},
                )
                times[name].append(time.perf_counter() - started)
    full, source = (statistics.median(times[name]) for name in ("full", "source"))
    value = f"{full / source:.2f}× ({full:.1f} s beside {source:.1f} s)"
    return [("`train sprint` in the full edition, beside the source", value)]


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.2f}× ({one:.0f} ms beside {other:.0f} ms)"
