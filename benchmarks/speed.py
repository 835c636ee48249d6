"""Time of one recognition and throughput of `inkling recognise -`, without a window."""

import statistics
import subprocess
import time
from threading import Thread

import psutil

from app.ink.rasterize import rasterize
from app.recognition.model import Recogniser, characters_recogniser, shipped_recogniser
from benchmarks.recognise_command import RECOGNISE_COMMAND, strokes_line
from benchmarks.unseen_digits import unseen_digits

_DRAWINGS = 2_000


def recognition() -> list[tuple[str, str]]:
    """Return the median time of one recognition, with and without rasterizing."""
    rows = []
    for name, recogniser in (
        ("one recognition", shipped_recogniser()),
        ("one of a character among 94", characters_recogniser()),
    ):
        whole, alone = _recognition_times(recogniser)
        rows += [
            (f"{name}, raster included, median", f"{statistics.median(whole) * 1000:.2f} ms"),
            (f"{name} without the raster, median", f"{statistics.median(alone) * 1000:.2f} ms"),
        ]
    return rows


def _recognition_times(recogniser: Recogniser) -> tuple[list[float], list[float]]:
    """Return the seconds of recognitions, with and without rasterizing."""
    drawings = [digit.strokes for digit in unseen_digits()][:1000]
    whole, alone = [], []
    for strokes in drawings:
        started = time.perf_counter()
        image = rasterize(strokes)
        assert image is not None
        rastered = time.perf_counter()
        recogniser.predict(image)
        ended = time.perf_counter()
        whole.append(ended - started)
        alone.append(ended - rastered)
    return whole, alone


def throughput() -> list[tuple[str, str]]:
    """Return the drawings a second of `inkling recognise -`, and its memory."""
    digits = unseen_digits()
    lines = [strokes_line(i, digits[i % len(digits)].strokes) for i in range(_DRAWINGS)]
    rate, first, last = _throughput(lines)
    more = lines * 5
    rate_long, first_long, last_long = _throughput(more)
    return [
        (f"`inkling recognise -`, {len(lines):,} drawings, start included", f"{rate:.0f} a second"),
        ("its memory after the first and the last drawing", f"{first:.0f} MB, {last:.0f} MB"),
        (f"the same with {len(more):,} drawings", f"{rate_long:.0f} a second"),
        ("its memory then", f"{first_long:.0f} MB, {last_long:.0f} MB"),
    ]


def _throughput(lines: list[str]) -> tuple[float, float, float]:
    """Return the rate, and the memory in MB after a tenth and after all of the lines."""
    started = time.perf_counter()
    process = subprocess.Popen(
        RECOGNISE_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None and stdout is not None

    def feed() -> None:
        for text in lines:
            stdin.write(text + "\n")
        stdin.flush()

    feeder = Thread(target=feed)
    feeder.start()
    early = 0.0
    for number in range(len(lines)):
        assert stdout.readline()
        if number == len(lines) // 10:
            early = psutil.Process(process.pid).memory_info().rss / 1e6
    rate = len(lines) / (time.perf_counter() - started)
    late = psutil.Process(process.pid).memory_info().rss / 1e6
    feeder.join()
    process.communicate()
    return rate, early, late
